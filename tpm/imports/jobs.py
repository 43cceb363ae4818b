"""Celery entry points of imports."""

from celery import shared_task

from tpm.collaboration import notices
from tpm.imports import runs


@shared_task(name="tpm.imports.jobs.check", soft_time_limit=1800, time_limit=1860)
def check(*, run_id: int, **_: object) -> None:
    """Read an upload and say what it would do."""
    runs.check(run_id)
    notices.import_finished(run_id)


@shared_task(name="tpm.imports.jobs.apply", soft_time_limit=1800, time_limit=1860)
def apply(*, run_id: int, **_: object) -> None:
    """Write an import that somebody ordered."""
    runs.apply(run_id)
    notices.import_finished(run_id)
