"""Event → reaction: the whole reactive wiring of the system in one table.

Reactions run after the commit and must never raise: what they start is a row already, and losing them costs time only.
"""

from collections.abc import Callable

import kombu.exceptions
import redis
import structlog
from django.conf import settings
from django.db import models

from budgets import events as budgets
from programs import events as programs
from programs.models import Action
from projects import events as projects
from projects.models import Gate, GateCriterion
from risks import events as risks
from tpm import live
from tpm.activity import comments
from tpm.activity import events as activity
from tpm.activity.models import ChangeSet
from tpm.activity.tracking import event_model
from tpm.lib import broker

log = structlog.get_logger(__name__)


def kick(program_id: int) -> None:
    """Wake a worker for this program."""
    send("tpm.jobs.drain", queue="recompute", program_id=program_id)


def wake_scenario(scenario_id: int) -> None:
    """Wake a worker for this what-if scenario, and tell open screens that it has new edits."""
    send("tpm.jobs.compute_scenario", queue="recompute", scenario_id=scenario_id)
    live.tell(scenario_id, kind="scenario")


def send(job: str, *, queue: str = "default", **arguments: int) -> None:
    """Wake a worker for a job: bounded to fractions of a second, silent if the broker is away."""
    if not broker.is_reachable():
        return
    from tpm.celery import app  # loaded by workers anyway, by web processes with their first edit

    timeout = settings.BROKER_TIMEOUT_SECONDS
    options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
    }
    try:
        with app.connection_for_write(transport_options=options) as connection:
            app.send_task(
                job,
                kwargs=arguments,
                queue=queue,
                connection=connection,
                retry=False,
            )
    except (kombu.exceptions.OperationalError, redis.RedisError, OSError) as error:
        log.warning("kick_lost", job=job, error=str(error), **arguments)
        broker.rest()


def tell(program_id: int) -> None:
    """Tell open screens that the program's inputs have a new revision."""
    live.tell(program_id)


def notify(change_set: ChangeSet) -> None:
    """Wake a worker to tell people what concerns them."""
    send("tpm.collaboration.jobs.notify", change_set_id=change_set.pk)


def tell_readers(change_set: ChangeSet) -> None:
    """Tell open conversations that they have news."""
    for comment in comments.of_change(change_set):
        live.tell(comment.subject_id, kind=f"talk-{comment.subject_kind}")


def tell_actions(change_set: ChangeSet) -> None:
    """Tell open lists of actions that they have news."""
    _tell_programs(change_set, "actions", (Action,))


def tell_gates(change_set: ChangeSet) -> None:
    """Tell open pages of gates that they have news."""
    _tell_programs(change_set, "gates", (Gate, GateCriterion))


def _tell_programs(change_set: ChangeSet, topic: str, tables: tuple[type[models.Model], ...]) -> None:
    for model in tables:
        rows = event_model(model)._base_manager.filter(pgh_context_id=change_set.context_id).order_by()
        for program_id in rows.values_list("program_id", flat=True).distinct():
            live.tell(program_id, kind=topic)


def results_posted(program_id: int) -> None:
    """Wake a worker to tell people which of their dates moved."""
    send("tpm.collaboration.jobs.tell_results", program_id=program_id)


RECOMPUTE: tuple[Callable[[int], None], ...] = (kick, tell)
SUBSCRIPTIONS: dict[str, tuple[Callable[[int], None], ...]] = {
    programs.PORTFOLIO_CHANGED: RECOMPUTE,
    programs.PROGRAM_CHANGED: RECOMPUTE,
    programs.MEMBERS_CHANGED: (),
    programs.CALENDAR_CHANGED: RECOMPUTE,
    programs.RESOURCE_CHANGED: RECOMPUTE,
    programs.DATA_DATE_MOVED: RECOMPUTE,
    programs.REPORT_DRAFTED: (),
    programs.REPORT_PUBLISHED: (),
    programs.INDICATORS_CHANGED: (),
    programs.OBJECTIVES_CHANGED: (),
    programs.ACTIONS_CHANGED: (),
    projects.PLAN_CHANGED: RECOMPUTE,
    projects.PROGRESS_UPDATED: RECOMPUTE,
    projects.BASELINE_TAKEN: RECOMPUTE,
    projects.PLAN_IMPORTED: RECOMPUTE,
    projects.CHANGE_REVERTED: RECOMPUTE,
    projects.BOUNDARY_MOVED: RECOMPUTE,
    projects.SCENARIO_CHANGED: (),
    projects.COMMITMENT_CHANGED: RECOMPUTE,
    projects.ALIGNMENT_CHANGED: (),
    projects.BOARD_CHANGED: (),
    projects.GATES_CHANGED: (),
    budgets.BUDGET_CHANGED: RECOMPUTE,
    budgets.ACTUALS_POSTED: RECOMPUTE,
    budgets.RATES_CHANGED: RECOMPUTE,
    budgets.LABOUR_RATES_CHANGED: RECOMPUTE,
    budgets.TIME_CHANGED: (),
    budgets.ESTIMATES_CHANGED: (),
    budgets.PERIODS_CHANGED: RECOMPUTE,
    budgets.CATEGORIES_CHANGED: (),
    budgets.CAPITAL_REQUEST_CHANGED: RECOMPUTE,
    budgets.APPROVAL_ASKED: RECOMPUTE,
    budgets.APPROVAL_VOTED: RECOMPUTE,
    budgets.APPROVAL_POLICY_CHANGED: (),
    budgets.DELEGATION_CHANGED: (),
    budgets.VENDORS_CHANGED: (),
    budgets.PROCUREMENT_CHANGED: RECOMPUTE,
    budgets.TOLERANCE_CHANGED: (),
    risks.REGISTER_CHANGED: RECOMPUTE,
    activity.COMMENT_WRITTEN: (),
    activity.COMMENT_EDITED: (),
    activity.COMMENT_RESOLVED: (),
}
#: What follows from an act as a whole, whatever program it touched.
ACTS: dict[str, tuple[Callable[[ChangeSet], None], ...]] = {
    programs.REPORT_PUBLISHED: (notify,),
    programs.ACTIONS_CHANGED: (tell_actions, notify),
    projects.GATES_CHANGED: (tell_gates,),
    projects.PLAN_CHANGED: (notify,),
    budgets.APPROVAL_ASKED: (notify,),
    budgets.APPROVAL_VOTED: (notify,),
    budgets.CAPITAL_REQUEST_CHANGED: (notify,),
    risks.REGISTER_CHANGED: (notify,),
    activity.COMMENT_WRITTEN: (tell_readers, notify),
    activity.COMMENT_EDITED: (tell_readers, notify),
    activity.COMMENT_RESOLVED: (tell_readers,),
}


def react(change_set: ChangeSet, revisions: dict[int, int]) -> None:
    """Run the reactions of an event: for each program that it touched, then for the act as a whole."""
    for reaction in SUBSCRIPTIONS[change_set.event]:
        for program_id in revisions:
            reaction(program_id)
    for act in ACTS.get(change_set.event, ()):
        act(change_set)
