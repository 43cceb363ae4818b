"""Post a program's slippage ledger: walk the change sets since the last posting and write down what each moved, and why.

Runs behind publishing, never in it. A posting reads in one snapshot and writes in one short transaction by compare-and-set on
the revision it began from: two postings at once, or one that is killed, leave a ledger that is merely shorter. See
docs/adr/0007-slippage-ledger.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models.functions import Now

from programs.models import Program, RecomputeState
from projects.engine import attribution
from projects.engine.attribution import Move, Positions
from projects.engine.causes import Cause
from projects.engine.hybrids import Plan
from projects.engine.network import NetworkError
from projects.models import LedgerEntry, LedgerState
from projects.selectors import ledger_sources as sources
from projects.selectors.ledger_sources import Outside, Step
from tpm.lib import locks, snapshots
from tpm.lib.failpoints import failpoint
from tpm.lib.walltime import to_datetime

log = structlog.get_logger(__name__)
PER_TRANSACTION = 40  # steps
MOST = 400  # steps of one backlog; beyond it consecutive change sets are posted as one
BATCH = 2000
posted: list[
    Callable[[int], None]
] = []  # who wants to know that a ledger went on: tpm.subscriptions, when the project starts


class NotYet(Exception):
    """What is published was computed with older dates of another program: the next computation is waited for."""


@dataclass
class Draft:
    """Entries that lead from one revision to another, not written yet."""

    program: Program
    begins: int
    ends: int
    outside: Outside
    entries: list[LedgerEntry] = field(default_factory=list)

    def add(self, moves: Iterable[Move], projects: dict[int, int], step: Step) -> None:
        """Note moves; ``projects`` names the project of each task."""
        self.entries += [
            LedgerEntry(
                program_id=self.program.pk,
                task_id=move.item if move.item > 0 else None,
                project_id=projects.get(move.item) if move.item > 0 else -move.item or None,
                from_at=to_datetime(move.before),
                to_at=to_datetime(move.after),
                cause=move.cause,
                change_set_id=step.change_set,
                first_revision=step.first_revision,
                revision=step.revision,
                at=step.at,
            )
            for move in moves
        ]


def post(program_id: int) -> int:
    """Bring a program's ledger up to its published results; returns how many entries were written.

    Never raises for what a plan may hold: a posting that fails is tried again later, ever less often.
    """
    written = 0
    try:
        while (draft := _draft(program_id)) is not None:
            failpoint("ledger_drafted")
            if not _write(draft):
                break
            written += len(draft.entries)
    except Exception as error:
        if transaction.get_connection().in_atomic_block:
            raise
        _failed(program_id, error)
        if not isinstance(error, NotYet):
            log.exception("ledger_failed", program=program_id)
    else:
        for listener in posted:
            listener(program_id)
    return written


def due(limit: int = 200) -> list[int]:
    """Return programs whose ledger is behind their published results and may be tried now: one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.program_id FROM programs_recomputestate AS r
              LEFT JOIN projects_ledgerstate AS l ON l.program_id = r.program_id
             WHERE r.computed_revision > coalesce(l.posted_revision, 0)
               AND (l.next_attempt_at IS NULL OR l.next_attempt_at <= clock_timestamp())
             ORDER BY l.posted_at NULLS FIRST LIMIT %s
            """,
            [limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _draft(program_id: int) -> Draft | None:
    """Work out the next entries; None if there is nothing to post, or somebody is at it.

    :raises NotYet:
    """
    with snapshots.one_instant():
        if not locks.try_hold("ledger", program_id):
            return None
        computation = RecomputeState.objects.select_related("program").filter(pk=program_id).first()
        state = LedgerState.objects.filter(pk=program_id).first() or LedgerState(program_id=program_id)
        if computation is None or computation.computed_revision <= state.posted_revision:
            return None
        computed = computation.computed_revision
        if sources.is_overtaken(program_id, computed):
            raise NotYet
        steps = sources.steps(program_id, state.posted_revision, computed, MOST)
        draft = Draft(computation.program, state.posted_revision, computed, state.outside)
        if computation.behind == 0 and _is_unmoved(draft, steps):
            return draft
        assert computation.computed_at is not None  # set with the first computed revision
        _walk(draft, steps, computation.computed_at)
        return draft


def _is_unmoved(draft: Draft, steps: list[Step]) -> bool:
    """Tell, without the engine, whether a single change set moved nothing: most do not."""
    single = len(steps) <= 1 and not any(step.is_boundary for step in steps)
    program_id = draft.program.pk
    return single and draft.begins > 0 and sources.published(program_id) == sources.last_positions(program_id)


def _walk(draft: Draft, steps: list[Step], computed_at: datetime) -> None:
    program, known = draft.program, draft.outside
    moved_outside = max((step.revision for step in steps if step.is_boundary), default=0)
    here = sources.last_positions(program.pk)
    closing = Step(draft.ends, draft.ends, None, computed_at)
    plan: Plan | None = None
    if draft.begins:
        plan = sources.plan_at(program, draft.begins, known if moved_outside else None)
        cause = Cause.UNEXPLAINED if sources.outside_of(plan) == known else Cause.OTHER_PROGRAM
        if not moved_outside:
            draft.outside = sources.outside_of(plan)
        here = _close(draft, here, attribution.positions(plan), plan, cause, steps[0] if steps else closing)
    waiting: Step | None = None  # a revision that can not be computed is posted with the next one that can
    for count, step in enumerate(steps, start=1):
        step = Step(
            (waiting or step).first_revision, step.revision, step.change_set, step.at, step.is_boundary
        )
        try:
            after = sources.plan_at(program, step.revision, known if step.revision < moved_outside else None)
            here = _step(draft, plan, after, here, step)
        except NetworkError:
            if count == len(steps):
                raise
            waiting = step
            continue
        plan, waiting = after, None
        draft.outside = sources.outside_of(plan)
        if count >= PER_TRANSACTION and count < len(steps):
            draft.ends = step.revision
            return
    milestones = sources.milestones_of(plan) if plan else set()
    _close(draft, here, sources.published(program.pk, milestones), plan, Cause.UNEXPLAINED, closing)


def _step(draft: Draft, before: Plan | None, after: Plan, here: Positions, step: Step) -> Positions:
    """Note what moved in one step; returns where the items stand after it."""
    if before is None:
        end = attribution.positions(after)
        first = attribution.moves(here, [(Cause.RECORD, end)])
        draft.add((move._replace(cause=Cause.RECORD) for move in first), _projects(after), step)
        return end
    found, end = attribution.attribute(before, after, here)
    if found:
        draft.add(found, {**_projects(before), **_projects(after)}, step)
    return end


def _close(
    draft: Draft, here: Positions, there: Positions, plan: Plan | None, cause: Cause, step: Step
) -> Positions:
    """Note a difference that no change set of this program explains."""
    if here != there:
        alone = Step(step.first_revision, step.first_revision, None, step.at)
        draft.add(attribution.moves(here, [(cause, there)]), _projects(plan) if plan else {}, alone)
    return there


def _projects(plan: Plan) -> dict[int, int]:
    """Return the project of each milestone."""
    chosen = plan.network.is_milestone
    projects = plan.project_id[plan.network.project[chosen]]
    return dict(zip(plan.network.task_id[chosen].tolist(), projects.tolist(), strict=True))


def _write(draft: Draft) -> bool:
    """Write the entries, if the ledger still ends where they begin; False if somebody else was faster or the program is gone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_ledgerstate (program_id, posted_revision, outside, attempts, error_message)"
            " SELECT id, 0, '{}', 0, '' FROM programs_program WHERE id = %s ON CONFLICT DO NOTHING",
            [draft.program.pk],
        )
        won = LedgerState.objects.filter(pk=draft.program.pk, posted_revision=draft.begins).update(
            posted_revision=draft.ends,
            posted_at=Now(),
            outside=draft.outside,
            attempts=0,
            next_attempt_at=None,
            error_message="",
        )
        if won:
            LedgerEntry.objects.bulk_create(draft.entries, batch_size=BATCH)
        return bool(won)


def _failed(program_id: int, error: Exception) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO projects_ledgerstate AS l
                   (program_id, posted_revision, outside, attempts, error_message, next_attempt_at)
            SELECT id, 0, '{}', 1, %(error)s, clock_timestamp() + interval '2 s' FROM programs_program WHERE id = %(program)s
                ON CONFLICT (program_id) DO UPDATE
               SET attempts = least(l.attempts + 1, 1000), error_message = excluded.error_message,
                   next_attempt_at = clock_timestamp() + make_interval(secs => least(power(2, least(l.attempts + 1, 12)), 3600))
            """,
            {"error": f"{type(error).__name__}: {error}"[:2000], "program": program_id},
        )
