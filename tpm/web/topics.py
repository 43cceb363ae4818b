"""What can be followed live, said to the foundation by the roof, which knows the apps."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import models
from django.db.models import Max

from programs.models import Action, Program, RecomputeState
from programs.selectors import computation
from projects.models import Gate, GateCriterion, Scenario
from projects.selectors import scenarios
from tpm.accounts.actors import Actor
from tpm.activity import comments, subjects
from tpm.activity.tracking import event_model
from tpm.live.topics import Message, Source, sources
from tpm.notify import inbox


def register() -> None:
    """Let programs be followed as ``program:ID``, their gates and actions as ``gates:ID`` and ``actions:ID``, what-if scenarios as ``scenario:ID``, one's own notifications as ``inbox:ID``,
    and the conversation about a thing as ``talk-task:ID``, for each kind of thing."""
    sources["program"] = Source(_allowed, _messages)
    sources["scenario"] = Source(_allowed_scenarios, scenarios.messages)
    sources["gates"] = Source(_allowed, partial(_written, "gates", (Gate, GateCriterion)))
    sources["actions"] = Source(_allowed, partial(_written, "actions", (Action,)))
    sources["inbox"] = Source(inbox.followed, inbox.messages)
    for kind in subjects.kinds():
        sources[f"talk-{kind}"] = Source(partial(_allowed_talk, kind), partial(_talk, kind))


def _allowed(actor: Actor, ids: Iterable[int]) -> set[int]:
    return set(Program.objects.visible_to(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


def _allowed_scenarios(actor: Actor, ids: Iterable[int]) -> set[int]:
    return set(Scenario.objects.visible_to(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


def _allowed_talk(kind: str, actor: Actor, ids: Iterable[int]) -> set[int]:
    return {pk for _kind, pk in subjects.look_all(actor, [(kind, pk) for pk in ids])}


def _talk(kind: str, ids: Iterable[int]) -> list[Message]:
    named = list(ids)
    revisions = comments.revisions(kind, named)
    told = [(f"talk-{kind}:{pk}", revisions.get(pk, 0)) for pk in named]
    return [
        {"topic": topic, "input": revision, "computed": revision, "state": "current"}
        for topic, revision in told
    ]


def _written(topic: str, tables: Sequence[type[models.Model]], ids: Iterable[int]) -> list[Message]:
    """What is no part of the plan has no revision: its newest version in the audit stands for one."""
    named = list(ids)
    newest = dict.fromkeys(named, 0)
    for model in tables:
        rows = event_model(model)._base_manager.filter(program_id__in=named).order_by()
        for pk, last in rows.values_list("program_id").annotate(last=Max("pgh_id")):
            newest[pk] += last
    return [
        {"topic": f"{topic}:{pk}", "input": last, "computed": last, "state": "current"}
        for pk, last in newest.items()
    ]


def _messages(ids: Iterable[int]) -> list[Message]:
    rows = RecomputeState.objects.filter(pk__in=list(ids)).order_by("pk")
    return [
        {
            "topic": f"program:{one.program_id}",
            "input": one.input_revision,
            "computed": one.computed_revision,
            "state": one.state,
        }
        for one in map(computation.describe, rows)
    ]
