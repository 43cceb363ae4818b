"""Set gates up, settle their criteria, decide them, open them again."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs import policies
from programs.models import Program
from projects import events
from projects.models import Gate, GateCriterion, Project
from projects.services import gate_templates
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change
from tpm.lib import locks

EDIT, DECIDE, REOPEN = "gate.edit", "gate.decide", "gate.reopen"
State = Gate.State
FINAL = (State.PASSED, State.CONDITIONAL, State.STOPPED)
"""Decisions that are taken back only by opening the gate again."""


def create(*, actor: Actor, program: Program, project: Project | None = None, **fields: Any) -> Gate:
    """Add a gate behind those that there are.

    :raises NotAllowed, ValidationError:
    """
    gate = Gate(program=program, project=project, **_dated(None, fields))
    policies.authorize(actor, EDIT, gate)
    _check(gate, {"project": project, **fields})
    with _change(actor) as change:
        if "position" not in fields:
            gate.position = _next_position(program, project)
        return change.create(gate)


def copy_template(
    *, actor: Actor, program: Program, project: Project | None = None, kind: str = ""
) -> list[Gate]:
    """Give a program or a project the gates that are usual for its kind, with their criteria, undated.

    :raises NotAllowed:
    :raises ValidationError: if it has gates already.
    """
    policies.authorize(actor, EDIT, Gate(program=program, project=project))
    _check(Gate(program=program), {"project": project})
    if Gate.objects.filter(program=program, project=project).exists():
        raise ValidationError(_("There are gates already. Add what is missing one by one."))
    made = []
    with _change(actor) as change:
        for position, (name, description, criteria) in enumerate(
            gate_templates.gates(kind or (project.kind if project else "")), 1
        ):
            gate = change.create(
                Gate(
                    program=program,
                    project=project,
                    name=name,
                    description=description,
                    position=position,
                )
            )
            for at, text in enumerate(criteria, 1):
                change.create(GateCriterion(program=program, gate=gate, position=at, text=text))
            made.append(gate)
    return made


def update(*, actor: Actor, gate: Gate, **new: Any) -> Gate:
    """Change what a gate is called, its place in the order, its milestone or date.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, EDIT, gate)
    _check(gate, new)
    with _change(actor) as change:
        return change.update(gate, **_dated(gate, new))


def delete(*, actor: Actor, gate: Gate) -> None:
    """Delete a gate on which nothing was decided, with its criteria.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if something was decided on it.
    """
    policies.authorize(actor, EDIT, gate)
    if gate.state != State.PENDING:
        raise ValidationError(
            _("Something was decided on this gate: it stays. Open it again first, if it was a mistake.")
        )
    with _change(actor) as change:
        change.delete(gate)


def add_criterion(*, actor: Actor, gate: Gate, text: str) -> GateCriterion:
    """Add what must be met.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, EDIT, gate)
    with _in_turn(actor, gate) as change:
        _still_open(gate)
        last = gate.criteria.aggregate(last=Max("position"))["last"] or 0
        return change.create(
            GateCriterion(program_id=gate.program_id, gate=gate, position=last + 1, text=text.strip())
        )


def update_criterion(*, actor: Actor, criterion: GateCriterion, today: date, **new: Any) -> GateCriterion:
    """Say a criterion better, or settle it: met (with what shows it), waived with the reason, or not met after all.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, EDIT, criterion)
    state = new.get("state", criterion.state)
    if state == GateCriterion.State.WAIVED and not new.get("reason", criterion.reason).strip():
        raise ValidationError({"reason": _("Say why this criterion is waived.")})
    if state != criterion.state:
        settled = state != GateCriterion.State.NOT_MET
        new |= {
            "settled_on": today if settled else None,
            "settled_by": actor.user if settled else None,
        }
        if not settled:
            new.setdefault("reason", "")
    with _in_turn(actor, criterion.gate) as change:
        _still_open(criterion.gate)
        return change.update(criterion, **new)


def drop_criterion(*, actor: Actor, criterion: GateCriterion) -> None:
    """Take a criterion off that does not belong to the gate; one that is not needed this time is waived instead.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, EDIT, criterion)
    with _in_turn(actor, criterion.gate) as change:
        _still_open(criterion.gate)
        change.delete(criterion)


def decide(
    *, actor: Actor, gate: Gate, state: str, decided_on: date, note: str = "", today: date | None = None
) -> Gate:
    """Decide a gate: passed, passed with conditions, held, stopped.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if criteria are open and it is to pass without conditions; if a gate before it is not behind yet; if a
        reason is missing; if it is decided already.
    """
    policies.authorize(actor, DECIDE, gate)
    if state not in State.values or state == State.PENDING:
        raise ValidationError({"state": _("Choose a decision.")})
    if gate.state in FINAL:
        raise ValidationError(_("This gate is decided. Who may can open it again, with a reason."))
    if today is not None and decided_on > today:
        raise ValidationError({"decided_on": _("A decision can not lie in the future.")})
    if state != State.PASSED and not note.strip():
        raise ValidationError({"note": _("Say what the conditions are, or why it is held or stopped.")})
    with _in_turn(actor, gate) as change:
        if state in (State.PASSED, State.CONDITIONAL):
            _nothing_before(gate)
        if state == State.PASSED:
            _nothing_open(gate)
        return change.update(
            gate, state=state, decided_on=decided_on, decided_by=actor.user, note=note.strip()
        )


def reopen(*, actor: Actor, gate: Gate, reason: str) -> Gate:
    """Take a decision back; it stays in the history, with the reason.

    :raises NotAllowed, Conflict:
    :raises ValidationError: without a reason, or if nothing was decided, or a later gate rests on it.
    """
    policies.authorize(actor, REOPEN, gate)
    if gate.state == State.PENDING:
        raise ValidationError(_("Nothing was decided on this gate."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the decision is taken back.")})
    with _in_turn(actor, gate, reason.strip()) as change:
        _nothing_after(gate)
        return change.update(gate, state=State.PENDING, decided_on=None, decided_by=None, note="")


def _siblings(gate: Gate) -> Any:
    return Gate.objects.filter(program=gate.program_id, project=gate.project_id).exclude(pk=gate.pk)


def _nothing_before(gate: Gate) -> None:
    before = (
        _siblings(gate)
        .filter(position__lt=gate.position)
        .exclude(state__in=(State.PASSED, State.CONDITIONAL))
        .order_by("position")
        .first()
    )
    if before is not None:
        raise ValidationError(
            _("“%(name)s” comes before it and is not passed. Decide that one first.") % {"name": before.name}
        )


def _nothing_after(gate: Gate) -> None:
    after = _siblings(gate).filter(position__gt=gate.position, state__in=FINAL).order_by("position").first()
    if after is not None:
        raise ValidationError(
            _("“%(name)s” was decided on the strength of this gate. Open that one again first.")
            % {"name": after.name}
        )


def _nothing_open(gate: Gate) -> None:
    count = gate.criteria.filter(state=GateCriterion.State.NOT_MET).count()
    if count:
        said = ngettext(
            "%(n)s criterion is not met. Settle it, or pass the gate with conditions.",
            "%(n)s criteria are not met. Settle them, or pass the gate with conditions.",
            count,
        )
        raise ValidationError({"state": said % {"n": count}})


def _still_open(gate: Gate) -> None:
    """Conditions may be met after a gate was passed with them; what was passed or stopped rests on what was seen then."""
    if gate.state in (State.PASSED, State.STOPPED):
        raise ValidationError(_("This gate is decided: its criteria stay as they were seen then."))


def _dated(gate: Gate | None, fields: dict[str, Any]) -> dict[str, Any]:
    """The first date of its own is what was agreed, unless another is given; a milestone makes both unnecessary."""
    if fields.get("task") is not None:
        return {**fields, "planned_on": None, "agreed_on": None}
    agreed = fields.get("agreed_on", gate.agreed_on if gate else None)
    if fields.get("planned_on") and not agreed:
        return {**fields, "agreed_on": fields["planned_on"]}
    return fields


def _check(gate: Gate, fields: dict[str, Any]) -> None:
    project, task = fields.get("project", gate.project), fields.get("task")
    if project is not None and project.program_id != gate.program_id:
        raise ValidationError(
            {"project": _("“%(name)s” belongs to another program.") % {"name": project.name}}
        )
    if task is None:
        return
    if task.program_id != gate.program_id:
        raise ValidationError({"task": _("“%(name)s” belongs to another program.") % {"name": task.name}})
    if project is not None and task.project_id != project.pk:
        raise ValidationError(
            {"task": _("“%(name)s” belongs to another project of the program.") % {"name": task.name}}
        )


def _next_position(program: Program, project: Project | None) -> int:
    rows = Gate.objects.filter(program=program, project=project)
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


@contextmanager
def _in_turn(actor: Actor, gate: Gate, reason: str = "") -> Iterator[Change]:
    """Decisions rest on each other and on criteria: those of a program's gates are made one after the other, on what is true then."""
    with _change(actor, reason) as change:
        locks.hold("gates", gate.program_id)
        gate.refresh_from_db(fields=["state"])
        yield change


def _change(actor: Actor, reason: str = "") -> AbstractContextManager[Change]:
    """A gate is no change of the plan: its date follows from the plan, and no date from it. It counts no revision."""
    return activity.change(actor=actor, event=events.GATES_CHANGED, reason=reason)
