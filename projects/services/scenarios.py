"""Start, edit, apply and drop what-if scenarios. None of it but ``apply`` touches the plan or its revision."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Program, RecomputeState
from projects import events
from projects.models import Scenario, ScenarioEdit, ScenarioResult
from projects.services import command_json, plan_edits, scenario_commands
from projects.services.commands import Applied, Command, EditRefused
from projects.services.scenario_commands import Json
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.writing import Change

MOST = 500  # edits of one scenario: each new one is tried with all before it, while the person waits
State = Scenario.State
wakers: list[Callable[[int], None]] = []  # the roof puts its wake-up call for a worker here


class ScenarioClosed(Exception):
    """The scenario was applied or dropped already."""

    def __init__(self) -> None:
        super().__init__(_("This scenario is closed: it was applied or dropped."))


class Outdated(Exception):
    """Somebody (or another window) changed the scenario's edits meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("The scenario was edited in another window meanwhile."))


@contextmanager
def rehearsal(*, actor: Actor, program: Program, commands: Sequence[Command]) -> Iterator[Applied]:
    """Carry commands out on the plan, let the caller look at the tables, and roll everything back.

    The program is locked meanwhile, if the commands change anything (``Applied.change_set``). ``Applied.revision`` is the
    plan's revision before the commands.

    :raises NotAllowed, EditRefused: as ``plan_edits.apply``.
    """
    with transaction.atomic():
        try:
            applied = plan_edits.apply(actor=actor, program=program, commands=commands)
            applied.revision -= 1
            yield applied
        finally:
            structlog.contextvars.unbind_contextvars("change_set")
            transaction.set_rollback(True)


def create(
    *,
    actor: Actor,
    program: Program,
    name: str,
    note: str = "",
    is_shared: bool = False,
    commands: Sequence[Json] = (),
) -> Scenario:
    """Start a scenario on the plan as it is now.

    :raises NotAllowed, ValidationError, EditRefused:
    """
    policies.authorize_within(actor, "scenario.edit", program)
    if actor.user is None:
        raise policies.NotAllowed("scenario.edit")
    based_on = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=program.pk)
    with transaction.atomic():
        scenario = Scenario(
            program=program, owner=actor.user, name=name, note=note, is_shared=is_shared, based_on=based_on
        )
        with _change(actor) as change:
            change.create(scenario)
        ScenarioResult.objects.create(scenario=scenario, wanted_at=timezone.now())
        if commands:
            append(actor=actor, scenario=scenario, commands=commands)
        else:
            _wake(scenario.pk)
    return scenario


def update(*, actor: Actor, scenario: Scenario, **new: Any) -> Scenario:
    """Set ``name``, ``note`` and ``is_shared``.

    :raises NotAllowed, ScenarioClosed, Conflict, ValidationError:
    """
    authorize(actor, scenario)
    with _change(actor) as change:
        change.update(scenario, **new)
    return scenario


def append(
    *, actor: Actor, scenario: Scenario, commands: Sequence[Json], after: int | None = None
) -> list[int]:
    """Add edits behind the others, tried together with them on the plan as it is; returns their numbers.

    :param after: the last edit's number as the person saw it.
    :raises NotAllowed, ScenarioClosed, ValidationError, Outdated:
    :raises EditRefused: if one of the new edits can not be carried out; its index is that among the new ones.
    """
    with _opened(actor, scenario) as (locked, steps):
        _check_last(steps, after)
        return _add(actor, locked, steps, commands)


def put(*, actor: Actor, scenario: Scenario, commands: Sequence[Json]) -> list[int]:
    """Replace all edits; the first gets number 1.

    :raises NotAllowed, ScenarioClosed, ValidationError, EditRefused: as ``append``.
    """
    with _opened(actor, scenario) as (locked, steps):
        with _counted(actor, locked) as change:
            for step in steps:
                change.delete(step)
        return _add(actor, locked, [], commands)


def cut(*, actor: Actor, scenario: Scenario, to: int, after: int) -> list[Json]:
    """Take back the edits behind number ``to``; returns them, so that they can be appended again (redo).

    :param after: the last edit's number as the person saw it.
    :raises NotAllowed, ScenarioClosed, Outdated:
    """
    with _opened(actor, scenario) as (locked, steps):
        _check_last(steps, after)
        gone = [step for step in steps if step.number > to]
        with _counted(actor, locked) as change:
            for step in gone:
                change.delete(step)
        return [step.command for step in gone]


def remove(*, actor: Actor, scenario: Scenario, number: int) -> list[int]:
    """Drop one edit, and those that need what it creates; returns their numbers.

    :raises NotAllowed, ScenarioClosed:
    :raises ScenarioEdit.DoesNotExist: if there is no such edit.
    """
    with _opened(actor, scenario) as (locked, steps):
        if number not in {step.number for step in steps}:
            raise ScenarioEdit.DoesNotExist
        gone = scenario_commands.dependants({step.number: step.command for step in steps}, number)
        with _counted(actor, locked) as change:
            for step in steps:
                if step.number in gone:
                    change.delete(step)
        return sorted(gone)


def keep_mine(*, actor: Actor, scenario: Scenario, number: int) -> None:
    """Let an edit stand although somebody changed its row: it (and others of the same row) take the present version.

    :raises NotAllowed, ScenarioClosed:
    :raises ScenarioEdit.DoesNotExist: if there is no such edit, or its row is gone.
    """
    with _opened(actor, scenario) as (locked, steps):
        mine = next((step for step in steps if step.number == number), None)
        row = scenario_commands.row_of(mine.command) if mine else None
        version = scenario_commands.version_now(row) if row else None
        if row is None or version is None:
            raise ScenarioEdit.DoesNotExist
        with _counted(actor, locked) as change:
            for step in steps:
                if scenario_commands.row_of(step.command) == row:
                    change.update(step, command={**step.command, "version": version})


def apply(*, actor: Actor, scenario: Scenario) -> Applied:
    """Make the scenario's edits edits of the plan: one change set, all or nothing. Whoever may edit scenarios and sees it may
    apply it, if the plan's own rights let them.

    :raises NotAllowed, ScenarioClosed, Conflict:
    :raises EditRefused: with the numbers of the edits as indexes, if one does not fit the plan any more; then nothing happened.
    """
    policies.authorize_within(actor, "scenario.edit", scenario.program)
    with transaction.atomic():
        locked = _lock(scenario)
        numbers, commands = _parsed(_steps(locked))
        reason = _("What-if “%(name)s”") % {"name": locked.name}
        try:
            done = plan_edits.apply(actor=actor, program=scenario.program, commands=commands, reason=reason)
        except EditRefused as refused:
            raise EditRefused(
                [replace(e, index=numbers[min(e.index, len(numbers) - 1)]) for e in refused.errors]
            ) from refused
        made = ChangeSet.objects.get(pk=done.change_set) if done.change_set else None
        with _change(actor, cause=made) as change:
            change.update(locked, state=State.APPLIED, change_set=made)
    _refresh(scenario, locked)
    return done


def drop(*, actor: Actor, scenario: Scenario) -> None:
    """Close a scenario without applying it; it stays in the list of closed ones.

    :raises NotAllowed, ScenarioClosed, Conflict:
    """
    authorize(actor, scenario)
    with transaction.atomic():
        locked = _lock(scenario)
        with _change(actor) as change:
            change.update(locked, state=State.DROPPED)
    _refresh(scenario, locked)


def want(scenario: Scenario) -> None:
    """Somebody looks at the scenario: have it computed, if it is open and its result is not that of edits and plan as they are."""
    if not scenario.is_open:
        return
    revision = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=scenario.program_id)
    stale = ~Q(tried_edits=scenario.edits, tried_revision=revision)
    if ScenarioResult.objects.filter(stale, pk=scenario.pk).update(wanted_at=timezone.now()):
        _wake(scenario.pk)


def authorize(actor: Actor, scenario: Scenario) -> None:
    """Let whoever may edit scenarios of the program change an open one; private ones are seen by their owner only.

    :raises NotAllowed, ScenarioClosed:
    """
    policies.authorize_within(actor, "scenario.edit", scenario.program)
    if not scenario.is_open:
        raise ScenarioClosed


def commands_of(scenario: Scenario) -> tuple[list[int], list[Command]]:
    """Return the numbers of the scenario's edits, and the edits as ``plan_edits.apply`` takes them."""
    return _parsed(_steps(scenario))


@contextmanager
def _opened(actor: Actor, scenario: Scenario) -> Iterator[tuple[Scenario, list[ScenarioEdit]]]:
    """Lock a scenario with its edits, and have it computed afterwards."""
    authorize(actor, scenario)
    with transaction.atomic():
        locked = _lock(scenario)
        yield locked, _steps(locked)
        ScenarioResult.objects.filter(pk=scenario.pk).update(wanted_at=timezone.now())
        _wake(scenario.pk)
    _refresh(scenario, locked)


@contextmanager
def _counted(actor: Actor, locked: Scenario) -> Iterator[Change]:
    """Open a change of the edits, which counts it."""
    with _change(actor) as change:
        yield change
        change.update(locked, edits=locked.edits + 1)


def _add(actor: Actor, locked: Scenario, steps: list[ScenarioEdit], given: Sequence[Json]) -> list[int]:
    if len(steps) + len(given) > MOST:
        raise ValidationError(_("A scenario holds at most %(most)s edits.") % {"most": MOST})
    _check(given)
    first = max((step.number for step in steps), default=0) + 1
    fresh = [
        ScenarioEdit(scenario=locked, number=first + i, command=dict(command))
        for i, command in enumerate(given)
    ]
    _try(actor, locked, [*steps, *fresh], len(steps))
    with _counted(actor, locked) as change:
        change.bulk_create(fresh)
    return [step.number for step in fresh]


def _check(given: Sequence[Any]) -> None:
    """Refuse what is no command, and what makes no sense in a scenario."""
    if any(isinstance(one, Mapping) and one.get("op") == "revert" for one in given):
        raise ValidationError(_("A change of the plan can not be taken back in a what-if."))
    command_json.parse({"commands": [dict(one) if isinstance(one, Mapping) else one for one in given]})


def _try(actor: Actor, scenario: Scenario, steps: Sequence[ScenarioEdit], known: int) -> None:
    """Carry all edits out and back. What is wrong with earlier ones (the plan has changed) does not stop new ones."""
    try:
        with rehearsal(actor=actor, program=scenario.program, commands=_parsed(steps)[1]):
            pass
    except EditRefused as refused:
        mine = [replace(error, index=error.index - known) for error in refused.errors if error.index >= known]
        if mine:
            raise EditRefused(mine) from refused


def _parsed(steps: Sequence[ScenarioEdit]) -> tuple[list[int], list[Command]]:
    given = scenario_commands.renumbered({step.number: step.command for step in steps})
    return [step.number for step in steps], command_json.parse({"commands": given})


def _steps(scenario: Scenario) -> list[ScenarioEdit]:
    return list(scenario.steps.order_by("number"))


def _check_last(steps: list[ScenarioEdit], after: int | None) -> None:
    if after is not None and after != max((step.number for step in steps), default=0):
        raise Outdated


def _lock(scenario: Scenario) -> Scenario:
    locked = (
        Scenario.objects.select_for_update(of=("self",))
        .select_related("program__portfolio")
        .get(pk=scenario.pk)
    )
    if not locked.is_open:
        raise ScenarioClosed
    return locked


def _refresh(scenario: Scenario, locked: Scenario) -> None:
    for name in ("edits", "version", "state", "change_set_id"):
        setattr(scenario, name, getattr(locked, name))


def _change(actor: Actor, cause: ChangeSet | None = None) -> Any:
    return activity.change(actor=actor, event=events.SCENARIO_CHANGED, cause=cause)


def _wake(scenario_id: int) -> None:
    for waker in wakers:
        transaction.on_commit(lambda call=waker: call(scenario_id), robust=True)  # type: ignore[misc]
