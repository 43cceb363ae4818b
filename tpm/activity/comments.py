"""Talk about something: write, answer, mend, take back, settle. Every function takes what the actor was seen to see."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity import events, mentions, subjects
from tpm.activity.models import ChangeSet, Comment
from tpm.activity.selectors import rows_changed
from tpm.activity.subjects import Seen
from tpm.activity.tracking import event_model

LONGEST = 10_000


class NotYours(PermissionError):
    """Only who wrote a comment changes it."""


# ---- reading --------------------------------------------------------------------------------------------------------


def about(seen: Seen) -> list[Comment]:
    """Return what was said about something, oldest first; one query."""
    rows = Comment.objects.visible_to(seen.actor).filter(subject_kind=seen.kind, subject_id=seen.pk)
    return list(rows.select_related("author", "resolved_by").order_by("pk"))


def get_for(actor: Actor, pk: int) -> Comment:
    """Return one comment.

    :raises Comment.DoesNotExist: if there is none about something that the actor sees.
    """
    found: Comment = Comment.objects.visible_to(actor).select_related("author").get(pk=pk)
    return found


def earlier(comment: Comment) -> list[tuple[datetime, str]]:
    """Return what a comment said before, oldest first, with when it was written; nothing of a deleted one."""
    if comment.is_deleted:
        return []
    rows = event_model(Comment)._base_manager.filter(pgh_obj_id=comment.pk).order_by("pgh_id")
    told = [
        (at or written, text) for at, written, text in rows.values_list("edited_at", "written_at", "text")
    ]
    found = [one for index, one in enumerate(told) if index == 0 or one[1] != told[index - 1][1]]
    return found[:-1]


def revisions(kind: str, ids: list[int]) -> dict[int, int]:
    """Return, by id of the subject, a number that grows with every change of its comments; the caller has asked who may know."""
    rows = Comment._base_manager.filter(subject_kind=kind, subject_id__in=ids).values_list("subject_id")
    return dict(rows.annotate(total=Sum("version")).order_by("subject_id"))


def of_change(change_set: ChangeSet) -> list[Comment]:
    """Return the comments that a change set wrote, for the system's own work behind it: one nobody's eyes look through."""
    ids = {row.pk for row in rows_changed(change_set, [Comment])}
    return list(Comment._base_manager.filter(pk__in=ids).select_related("author").order_by("pk"))


# ---- writing --------------------------------------------------------------------------------------------------------


def write(*, seen: Seen, text: str, parent: int | None = None) -> Comment:
    """Say something about what the actor sees; ``parent`` is the comment that it answers.

    :raises PermissionError: if the actor may not write about it.
    :raises ValidationError: for an empty text, a mention of somebody who can not see it, an answer to what is not there.
    """
    actor = seen.actor
    seen.subject.authorize(actor, seen.row)
    if actor.user is None:
        raise PermissionError("A comment has an author.")
    thread = _thread(seen, parent)
    text = _cleaned(text)
    named = mentions.resolve(seen, text)
    with activity.change(actor=actor, event=events.COMMENT_WRITTEN) as change:
        return change.create(
            Comment(
                subject_kind=seen.kind, subject_id=seen.pk, program_id=seen.program_id, parent=thread,
                author=actor.user, text=text, mentions=named,
            )
        )  # fmt: skip


def edit(*, actor: Actor, comment: Comment, text: str, at: datetime) -> Comment:
    """Mend one's own comment; what it said before stays readable.

    :raises PermissionError, ValidationError, Conflict:
    """
    seen = authorize_author(actor, comment)
    text = _cleaned(text)
    if text == comment.text:
        return comment
    named = mentions.resolve(seen, text)
    with activity.change(actor=actor, event=events.COMMENT_EDITED) as change:
        return change.update(comment, text=text, mentions=named, edited_at=at)


def delete(*, actor: Actor, comment: Comment, at: datetime) -> Comment:
    """Take one's own comment back: its place stays where somebody has answered.

    :raises PermissionError, Conflict:
    """
    authorize_author(actor, comment)
    with activity.change(actor=actor, event=events.COMMENT_EDITED) as change:
        return change.update(comment, text="", mentions=[], deleted_at=at)


def resolve(*, seen: Seen, comment: Comment, is_resolved: bool, at: datetime) -> Comment:
    """Settle a thread, or open it again. Whoever may write about the thing may.

    :raises PermissionError, ValidationError, Conflict:
    """
    seen.subject.authorize(seen.actor, seen.row)
    if (comment.subject_kind, comment.subject_id) != (seen.kind, seen.pk):
        raise Comment.DoesNotExist
    if comment.parent_id is not None or comment.is_deleted:
        raise ValidationError(_("A thread is settled at its first comment."))
    new: dict[str, Any] = {"resolved_at": None, "resolved_by": None}
    if is_resolved:
        new = {"resolved_at": at, "resolved_by": seen.actor.user}
    with activity.change(actor=seen.actor, event=events.COMMENT_RESOLVED) as change:
        return change.update(comment, **new)


def authorize_author(actor: Actor, comment: Comment) -> Seen:
    """Return what the comment is about, if the actor wrote it and may still write there.

    :raises PermissionError: if not.
    """
    seen = subjects.look(actor, comment.subject_kind, comment.subject_id)
    seen.subject.authorize(actor, seen.row)
    if actor.user_id is None or comment.author_id != actor.user_id:
        raise NotYours("Only who wrote a comment changes it.")
    if comment.is_deleted:
        raise Comment.DoesNotExist
    return seen


def _thread(seen: Seen, parent: int | None) -> Comment | None:
    """Return the first comment of the thread that is answered: an answer to an answer joins its thread."""
    if parent is None:
        return None
    rows = Comment.objects.visible_to(seen.actor).filter(subject_kind=seen.kind, subject_id=seen.pk)
    found: Comment | None = rows.select_related("parent").filter(pk=parent).first()
    if found is None or (found.is_deleted and found.parent_id is None):
        raise ValidationError({"parent": _("The comment that you answer is no longer there.")})
    return found.parent or found


def _cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": _("Write something first.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("A comment has at most %(n)s characters.") % {"n": LONGEST}})
    return text
