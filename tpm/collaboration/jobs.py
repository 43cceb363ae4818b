"""Celery entry points of notifications. Each is a door: ids in, one call out."""

from celery import shared_task
from django.utils import timezone

from tpm.collaboration import mail, movements, notices
from tpm.notify import progress


@shared_task(name="tpm.collaboration.jobs.notify")
def notify(*, change_set_id: int, **_: object) -> None:
    """Tell what a change set has to tell."""
    notices.handle(change_set_id)
    mail.send_waiting()


@shared_task(name="tpm.collaboration.jobs.tell_results")
def tell_results(*, program_id: int, **_: object) -> None:
    """Tell what is new in a program's results."""
    movements.tell(program_id)


@shared_task(name="tpm.collaboration.jobs.sweep")
def sweep(**_: object) -> None:
    """Tell what a lost wake-up left untold, and mail what could not be mailed."""
    for change_set_id in notices.waiting():
        notices.handle(change_set_id)
    for program_id in movements.due():
        movements.tell(program_id)
    for run_id in notices.imports_waiting():
        notices.import_finished(run_id)
    for download_id in notices.files_waiting():
        notices.file_finished(download_id)
    notices.actions_due(timezone.localdate())
    mail.send_waiting()


@shared_task(name="tpm.collaboration.jobs.digests", soft_time_limit=540, time_limit=600)
def digests(**_: object) -> None:
    """Send the summaries that are due."""
    mail.send_digests()
    progress.forget_old()
