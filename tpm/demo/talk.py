"""What people of the demo say to each other about its troubles, what they watch, and what waits in their notifications."""

from budgets import events as budgets
from budgets.models import CapitalRequest
from programs import events as programs
from risks.models import Risk
from tpm.activity import comments, subjects
from tpm.activity.models import ChangeSet, Comment
from tpm.collaboration import movements, notices
from tpm.demo.building import World
from tpm.notify import progress, watching


def tell(world: World) -> None:
    """Let them watch, talk and be told. What the weeks before had to tell is read long ago."""
    progress.pass_over()
    task = world.work["METER.COMMS.delivery"].pk
    risk = Risk.objects.get(program=world.programs["METER"], title__startswith="Installation crews").pk
    request = CapitalRequest.objects.get(title="Communication modules, second lot").pk
    program = world.programs["METER"].pk
    for who in ("ingrid", "tomas"):
        _watch(world, who, "program", program)
    _watch(world, "marta", "task", world.work["METER.SWAP.pilot"].pk)
    movements.tell(program)  # it stands where it stands; the ledger, posted by the first worker, is news

    first = _say(
        world, "marta", "task", task,
        "The vendor's letter says eight weeks, because of the chip shortage. @Jonas Weber could the pilot begin with what is in stock?",
    )  # fmt: skip
    _say(
        world, "jonas", "task", task,
        "There are 2,000 modules of the first lot left over. That is enough, if those meters are read by hand until January.",
        first,
    )  # fmt: skip
    _say(world, "marta", "task", task, "Good. I take it to the committee on 5 November.", first)
    _say(
        world, "jonas", "risk", risk,
        "Their office calls every week. @Marta Kowalska a retainer for December would hold two of the three crews; I have the offer.",
    )  # fmt: skip
    asked = _say(
        world, "ingrid", "program", program,
        "@Marta Kowalska what does the air freight buy us, in days? The committee will ask.",
    )  # fmt: skip
    _say(
        world, "marta", "program", program,
        "Nine working days on the go-live, for 145,000. Without it we miss the tariff change in spring.", asked,
    )  # fmt: skip
    _say(
        world, "samuel", "capital_request", request,
        "@Marta Kowalska this and the first lot count together, so it needs the committee as well. Is the price still held?",
    )  # fmt: skip
    _told(programs.REPORT_PUBLISHED, budgets.APPROVAL_ASKED, budgets.APPROVAL_VOTED)


def _say(world: World, who: str, kind: str, pk: int, text: str, parent: Comment | None = None) -> Comment:
    seen = subjects.look(world.cast.actor(who), kind, pk)
    said = comments.write(seen=seen, text=text, parent=parent.pk if parent else None)
    _told("activity.comment.written", most=1)
    return said


def _told(*events: str, most: int = 20) -> None:
    """Tell what the newest acts of these kinds have to tell."""
    newest = ChangeSet.objects.filter(event__in=events).order_by("-pk").values_list("pk", flat=True)[:most]
    progress.give_back(list(newest))
    for pk in sorted(newest):
        notices.handle(pk)


def _watch(world: World, who: str, kind: str, pk: int) -> None:
    watching.watch(seen=subjects.look(world.cast.actor(who), kind, pk), is_on=True)
