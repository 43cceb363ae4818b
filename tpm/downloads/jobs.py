"""Celery entry points of files that take long."""

from celery import shared_task

from tpm.collaboration import notices
from tpm.downloads import runs


@shared_task(name="tpm.downloads.jobs.make", soft_time_limit=900, time_limit=930)
def make(*, download_id: int, **_: object) -> None:
    """Make one file."""
    runs.make(download_id)
    notices.file_finished(download_id)


@shared_task(name="tpm.downloads.jobs.forget")
def forget(**_: object) -> None:
    """Delete files that nobody fetched in time."""
    runs.forget_old()
