"""What can be followed live, said to the foundation by the roof, which knows the apps."""

from collections.abc import Iterable

from programs.models import Program, RecomputeState
from programs.selectors import computation
from projects.models import Scenario
from projects.selectors import scenarios
from tpm.accounts.actors import Actor
from tpm.live.topics import Message, Source, sources


def register() -> None:
    """Let programs be followed as ``program:ID``, what-if scenarios as ``scenario:ID``."""
    sources["program"] = Source(_allowed, _messages)
    sources["scenario"] = Source(_allowed_scenarios, scenarios.messages)


def _allowed(actor: Actor, ids: Iterable[int]) -> set[int]:
    return set(Program.objects.visible_to(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


def _allowed_scenarios(actor: Actor, ids: Iterable[int]) -> set[int]:
    return set(Scenario.objects.visible_to(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


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
