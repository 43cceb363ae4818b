"""What a program's new results have to tell: dates that moved, with their cause from the slippage ledger; off track; stuck.

How far was told stands in one row a program, which is locked while more is told: a job that runs twice tells nothing twice.
Moves that a person has not read yet are told as one: from where they last knew it to where it is now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from programs.models import Program
from programs.policies import Role
from programs.selectors import computation, people, ratings
from projects.models import Baseline, LedgerEntry, LedgerState, Task, TaskSchedule
from tpm.accounts import actors
from tpm.activity import subjects
from tpm.activity.models import ChangeSetRevision
from tpm.activity.subjects import Unknown
from tpm.collaboration.subjects import PROGRAM, TASK
from tpm.notify import inbox, progress, watching
from tpm.notify.inbox import Notice
from tpm.notify.models import Kind, Notification, Told, Watch

FEW = 3
"""Milestones of a watched program that are told of one by one; more are told in one notice."""


@dataclass
class Move:
    """How far a task's finish went, and why: codes of causes, those that moved it first first."""

    task: int
    before: datetime | None
    after: datetime | None
    entry: int
    causes: list[int] = field(default_factory=list)
    change_set: int | None = None


def tell(program_id: int) -> None:
    """Tell what is new in a program's results; the first time it only takes note of where things stand."""
    with transaction.atomic():
        program = Program.objects.filter(pk=program_id).select_related("computation").first()
        if program is None:
            return
        told, is_new = progress.begin(program_id)
        state = LedgerState.objects.filter(pk=program_id).first()
        level = ratings.for_programs(actors.system(), [program_id])[program_id].level
        is_stuck = computation.describe(program.computation).state == "stuck"
        newest = LedgerEntry.objects.filter(program=program_id).aggregate(last=Max("pk"))["last"] or 0
        if not is_new:
            notices = _moved(program, told, newest) + _state(program, told, level, is_stuck=is_stuck)
            _together(notices)
        told.revision = state.posted_revision if state else 0
        told.entry_id, told.is_stuck = newest, is_stuck
        told.level = told.level if level == "none" else level  # not rated for a moment is not on track again
        progress.keep(told)


def due(limit: int = 50) -> list[int]:
    """Return programs whose results are ahead of what was told: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.program_id FROM programs_recomputestate AS r
              LEFT JOIN projects_ledgerstate AS l ON l.program_id = r.program_id
              LEFT JOIN notify_told AS t ON t.program_id = r.program_id
             WHERE t.program_id IS NULL OR coalesce(l.posted_revision, 0) > t.revision
                OR (r.computed_revision < r.input_revision AND r.attempts >= %s) <> t.is_stuck
             ORDER BY r.program_id LIMIT %s
            """,
            [computation.STUCK_ATTEMPTS, limit],
        )
        return [row[0] for row in cursor.fetchall()]


# ---- dates ----------------------------------------------------------------------------------------------------------


def _moved(program: Program, told: Told, newest: int) -> list[Notice]:
    moves = _moves(program.pk, told.entry_id, newest)
    watches = watching.of_kind(program.pk, TASK)
    moves |= _moves_of_tasks(program, told, [one for one in watches if one.subject_id not in moves])
    found = []
    for one in watches:
        if one.subject_id in moves:
            found.append(_notice(one.user_id, program, moves[one.subject_id]))
    followers = watching.followers(program.pk)
    agreed = Baseline.objects.filter(program=program).aggregate(first=Min("revision"))["first"]
    if followers and moves and agreed is not None:  # what moved while the plan was made was no promise
        milestones = _milestones(moves)
        if len(milestones) > FEW:
            data = {"count": len(milestones)}
            key = f"moved:program:{program.pk}:{newest}"
            found += [
                Notice(one, key, Kind.MOVED, PROGRAM, program.pk, program.pk, data=data)
                for one in sorted(followers)
            ]
        else:
            mine = {(one.user_id, one.subject_id) for one in watches}
            mine |= _left_alone(milestones)
            found += [
                _notice(one, program, moves[pk])
                for one in sorted(followers)
                for pk in milestones
                if (one, pk) not in mine
            ]
    return _seen_only(found)


def _moves(program_id: int, after: int, upto: int) -> dict[int, Move]:
    """Return what the ledger says of milestones since then: their chains, each as one move."""
    rows = LedgerEntry.objects.filter(
        program=program_id, pk__gt=after, pk__lte=upto, task_id__isnull=False
    ).order_by("pk")
    found: dict[int, Move] = {}
    for row in rows:
        assert row.task_id is not None  # by the filter
        move = found.setdefault(row.task_id, Move(row.task_id, row.from_at, row.to_at, row.pk))
        move.after, move.entry = row.to_at, row.pk
        if row.cause not in move.causes:
            move.causes.append(row.cause)
        move.change_set = row.change_set_id or move.change_set
    return {
        pk: move for pk, move in found.items() if move.before and move.after and move.before != move.after
    }


def _moves_of_tasks(program: Program, told: Told, watches: Sequence[Watch]) -> dict[int, Move]:
    """Return how far watched tasks moved that are no milestones: the ledger does not follow those, so what their watchers
    know is compared with what is published; why is said by the last change set in between."""
    finishes = dict(
        TaskSchedule.objects.filter(task_id__in={one.subject_id for one in watches}).values_list(
            "task_id", "finish"
        )
    )
    because = (
        ChangeSetRevision.objects.filter(program_id=program.pk, revision__gt=told.revision)
        .order_by("-revision")
        .first()
    )
    milestones = _milestones(one.subject_id for one in watches)
    found, known = {}, []
    for one in watches:
        finish = finishes.get(one.subject_id)
        if finish is None or finish.isoformat() == one.marker:
            continue
        if one.marker and one.subject_id not in milestones:
            found[one.subject_id] = Move(
                one.subject_id, datetime.fromisoformat(one.marker), finish, program.computation.computed_revision,
                change_set=because.change_set_id if because else None,
            )  # fmt: skip
        one.marker = finish.isoformat()
        known.append(one)
    watching.mark(known)
    return found


def _milestones(ids: Iterable[int]) -> list[int]:
    rows = Task.objects.filter(pk__in=list(ids), is_milestone=True, is_active=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _left_alone(ids: Iterable[int]) -> set[tuple[int, int]]:
    rows = Watch.objects.visible_to(actors.system()).filter(
        subject_kind=TASK, subject_id__in=list(ids), is_on=False
    )
    return set(rows.values_list("user_id", "subject_id"))


def _notice(user: int, program: Program, move: Move) -> Notice:
    data = {
        "from": move.before.isoformat() if move.before else "",
        "to": move.after.isoformat() if move.after else "",
        "causes": move.causes[:3],
        "change_set": move.change_set,
    }
    return Notice(user, f"moved:{move.task}:{move.entry}", Kind.MOVED, TASK, move.task, program.pk, data=data)


def _seen_only(notices: list[Notice]) -> list[Notice]:
    """Return the notices of those who see what they are about."""
    by_user: dict[int, list[Notice]] = {}
    for one in notices:
        by_user.setdefault(one.user, []).append(one)
    found = []
    for actor in people.acting(by_user):
        theirs = by_user[actor.user_id or 0]
        seen = subjects.look_all(actor, [(one.subject_kind, one.subject_id) for one in theirs])
        found += [one for one in theirs if (one.subject_kind, one.subject_id) in seen]
    return found


# ---- state ----------------------------------------------------------------------------------------------------------


def _state(program: Program, told: Told, level: str, *, is_stuck: bool) -> list[Notice]:
    """Off track or stuck, if it was not before: for who watches the program, and who answers for it."""
    became = []
    if level == "bad" and told.level != "bad" and not is_stuck:
        became.append((Kind.OFF_TRACK, program.computation.computed_revision))
    if is_stuck and not told.is_stuck:
        became.append((Kind.STUCK, program.computation.input_revision))
    if not became:
        return []
    wanted = watching.followers(program.pk) | people.holders([Role.TPM], program.portfolio_id, program.pk)
    try:
        seen = subjects.look(actors.system(), PROGRAM, program.pk)
    except Unknown:
        return []
    readers = wanted & {one.pk for one in subjects.readers(seen)}
    return [
        Notice(user, f"{kind}:{program.pk}:{revision}", kind, PROGRAM, program.pk, program.pk)
        for kind, revision in became
        for user in sorted(readers)
    ]


# ---- one at a time --------------------------------------------------------------------------------------------------


def _together(notices: Sequence[Notice]) -> None:
    """Tell, but add to what a person was told and has not read: a date that moves ten times is one unread line."""
    moves = [one for one in notices if one.kind == Kind.MOVED]
    unread: dict[tuple[int, str, int], Notification] = {}
    if moves:
        rows = Notification.objects.visible_to(actors.system()).filter(
            kind=Kind.MOVED, read_at=None, user__in={one.user for one in moves},
            subject_id__in={one.subject_id for one in moves},
        )  # fmt: skip
        unread = {(one.user_id, one.subject_kind, one.subject_id): one for one in rows.order_by("pk")}
    fresh: list[Notice] = []
    joined: list[Notification] = []
    for one in notices:
        there = unread.get((one.user, one.subject_kind, one.subject_id)) if one.kind == Kind.MOVED else None
        if there is None:
            fresh.append(one)
            continue
        there.data = _joined(there.data, one.data)
        joined.append(there)
    inbox.tell(fresh, at=timezone.now(), by_mail=settings.SENDS_MAIL)
    inbox.change(joined, at=timezone.now())


def _joined(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    causes = [*now.get("causes", []), *before.get("causes", [])]
    joined = {**before, **now}
    if "from" in before:
        joined["from"] = before["from"]
    if causes:
        joined["causes"] = list(dict.fromkeys(causes))[:3]
    return joined
