"""Celery entry points of plans. Each is a door: ids in, one call out."""

from celery import shared_task

from projects.services import ledger


@shared_task(name="projects.jobs.post_ledger", soft_time_limit=600, time_limit=660)
def post_ledger(*, program_id: int, **_: object) -> None:
    """Say why the program's dates moved."""
    ledger.post(program_id)
