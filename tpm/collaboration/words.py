"""Notifications in words: put together when they are read, in the reader's language, of what the reader still sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import Program
from projects.models.ledger import CAUSES
from projects.selectors import changes
from tpm.accounts.actors import Actor
from tpm.activity import subjects
from tpm.activity.models import ChangeSet, Comment
from tpm.activity.subjects import Seen
from tpm.collaboration.subjects import PROGRAM
from tpm.lib.templatetags.tpm_ui import day
from tpm.notify.models import Kind, Notification

ICONS = {
    Kind.MENTION: "comment", Kind.COMMENT: "comment", Kind.ASSIGNED: "user", Kind.APPROVAL: "seal",
    Kind.DECIDED: "check", Kind.DUE: "clock", Kind.MOVED: "calendar", Kind.OFF_TRACK: "rag-bad", Kind.STUCK: "warning",
    Kind.REPORT: "report", Kind.IMPORT: "upload", Kind.FILE: "download",
}  # fmt: skip
TONES = {
    Kind.DUE: "watch",
    Kind.OFF_TRACK: "bad",
    Kind.STUCK: "bad",
    Kind.APPROVAL: "watch",
    Kind.MENTION: "accent",
}
_LABELS = dict(CAUSES)


@dataclass(frozen=True)
class Told:
    """A notification as it is read. ``quote`` is what somebody wrote; ``address`` where it leads."""

    notification: Notification
    seen: Seen
    text: str
    quote: str
    address: str
    program: str
    icon: str
    tone: str

    @property
    def is_read(self) -> bool:
        return self.notification.read_at is not None


def told(actor: Actor, rows: Sequence[Notification]) -> list[Told]:
    """Return notifications in words, in the order given; those about what the actor does not see are left out. A query per
    kind of thing, and three more."""
    seen = subjects.look_all(actor, [(one.subject_kind, one.subject_id) for one in rows])
    said = _comments(actor, (one.data.get("comment") for one in rows))
    acts = _change_sets(
        one.data.get("change_set") for one in rows if (one.subject_kind, one.subject_id) in seen
    )
    names = Program.objects.visible_to(actor).in_bulk({one.program_id for one in rows if one.program_id})
    found = []
    for one in rows:
        about = seen.get((one.subject_kind, one.subject_id))
        if about is None:
            continue
        comment = said.get(one.data.get("comment") or 0)
        program = names.get(one.program_id or 0)
        address = about.address
        if one.kind == Kind.MOVED and one.subject_kind == PROGRAM:
            address = reverse("projects:milestone-list", args=[one.subject_id])
        if comment is not None:
            address = f"{address}#comment-{comment.pk}"
        found.append(
            Told(
                one, about, _text(one, about, acts.get(one.data.get("change_set") or 0)),
                Truncator(comment.text).chars(240) if comment else "", address, program.name if program else "",
                ICONS[Kind(one.kind)], TONES.get(Kind(one.kind), ""),
            )
        )  # fmt: skip
    return found


def _comments(actor: Actor, ids: Iterable[int | None]) -> dict[int, Comment]:
    wanted = {pk for pk in ids if pk}
    rows = Comment.objects.visible_to(actor).filter(pk__in=wanted) if wanted else []
    return {one.pk: one for one in rows}


def _change_sets(ids: Iterable[int | None]) -> dict[int, ChangeSet]:
    wanted = {pk for pk in ids if pk}
    return ChangeSet.objects.select_related("actor").in_bulk(wanted) if wanted else {}


def _text(one: Notification, about: Seen, act: ChangeSet | None) -> str:
    who = str(one.actor) if one.actor else _("The system")
    if one.kind == Kind.MOVED:
        return _moved(one.data, act)
    if one.kind == Kind.ASSIGNED:
        return _assigned(one, who)
    if one.kind == Kind.DUE:
        return _("Is due on %(day)s") % {"day": day(one.data.get("due"))}
    if one.kind == Kind.IMPORT:
        if one.data.get("state") == "refused":
            return _("The import was refused: %(why)s") % {"why": about.row.message}
        return _("The import was written.")
    if one.kind == Kind.FILE:
        if about.row.message:
            return _("The file could not be made: %(why)s") % {"why": about.row.message}
        return _("The file is ready to be fetched.")
    if one.kind == Kind.DECIDED:
        if one.data.get("state") == "approved":
            return _("Your request was approved.")
        return _("Your request was rejected.")
    return {
        Kind.MENTION: _("%(who)s mentioned you"),
        Kind.COMMENT: _("%(who)s commented"),
        Kind.APPROVAL: _("Waits for your approval, asked by %(who)s"),
        Kind.OFF_TRACK: _("Went off track."),
        Kind.STUCK: _("Can not be computed; the last good results stay on screen."),
        Kind.REPORT: _("%(who)s published the report"),
    }[Kind(one.kind)] % {"who": who}


def _assigned(one: Notification, who: str) -> str:
    count = int(one.data.get("count", 1))
    if one.subject_kind == "action":
        return _("%(who)s gave you this to do") % {"who": who}
    if one.subject_kind != "task":
        return _("%(who)s made you responsible") % {"who": who}
    if count == 1:
        return _("%(who)s assigned you") % {"who": who}
    more = ngettext(
        "%(who)s assigned you, to %(n)s more task too",
        "%(who)s assigned you, to %(n)s more tasks too",
        count - 1,
    )
    return more % {"who": who, "n": count - 1}


def _moved(data: dict[str, Any], act: ChangeSet | None) -> str:
    if "count" in data:
        count = int(data["count"])
        return ngettext("%(n)s milestone moved", "%(n)s milestones moved", count) % {"n": count}
    before, after = (datetime.fromisoformat(data[name]) for name in ("from", "to"))
    dates = {"before": day(before), "after": day(after)}
    text = (
        _("Finish moved later, from %(before)s to %(after)s")
        if after > before
        else _("Finish moved earlier, from %(before)s to %(after)s")
    ) % dates
    causes = [str(_LABELS[code]) for code in data.get("causes", []) if code in _LABELS]
    if not causes and act is not None:
        causes = [changes.title(act)]
    return f"{text} · {', '.join(causes)}" if causes else text
