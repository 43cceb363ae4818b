"""Celery entry points of the roof. Each is a door: ids in, one call out."""

from celery import shared_task

from projects.services import ledger, scenario_results
from tpm import recompute, scenarios, subscriptions
from tpm.downloads import runs as downloads
from tpm.imports import runs as imports
from tpm.lib import broker
from tpm.web.health import HEARTBEAT_KEY

LEDGERS = 8  # that one sweep wakes: a backlog of many is posted bit by bit


@shared_task(name="tpm.jobs.drain", queue="recompute")
def drain(*, program_id: int, **_: object) -> None:
    """Bring one program up to date; then let its ledger say why its dates moved."""
    if recompute.drain(program_id):
        subscriptions.send("projects.jobs.post_ledger", program_id=program_id)


@shared_task(name="tpm.jobs.compute_scenario", queue="recompute")
def compute_scenario(*, scenario_id: int, **_: object) -> None:
    """Bring one what-if scenario up to date."""
    scenarios.drain(scenario_id)


@shared_task(name="tpm.jobs.sweep")
def sweep(**_: object) -> None:
    """Wake programs, scenarios, imports, files and ledgers whose wake-up call was lost."""
    for program_id in recompute.due():
        subscriptions.kick(program_id)
    for scenario_id in scenario_results.waiting():
        subscriptions.wake_scenario(scenario_id)
    for job, run_id in imports.waiting():
        subscriptions.send(job, run_id=run_id)
    for download_id in downloads.waiting():
        subscriptions.send(downloads.JOB, download_id=download_id)
    for program_id in ledger.due(limit=LEDGERS):
        subscriptions.send("projects.jobs.post_ledger", program_id=program_id)


@shared_task(name="tpm.jobs.heartbeat")
def heartbeat(**_: object) -> None:
    """Show that beat, broker and a worker are alive."""
    broker.client().set(HEARTBEAT_KEY, "1", ex=60)
