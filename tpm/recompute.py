"""Claim → snapshot → compute → publish: how a program's results follow its inputs.

Correctness rests on two things: all inputs are read in one snapshot together with their revision, and results are published
by compare-and-set on that revision. Leases and wake-ups only save work. See docs/architecture.md.
"""

from __future__ import annotations

import os
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import connection, transaction
from prometheus_client import Counter, Histogram

from budgets.selectors import inputs as cost_inputs
from budgets.services import earned_value
from programs.models import Program, RecomputeState
from programs.services import indicators
from programs.services.indicators import Readings
from projects import events
from projects.engine.network import NetworkError
from projects.selectors import networks
from projects.services import schedule
from risks.selectors import inputs as risk_inputs
from risks.services import exposure
from tpm import activity, live
from tpm.accounts import actors
from tpm.activity.recent import RecentRows
from tpm.lib import bulk, locks
from tpm.lib.failpoints import failpoint

log = structlog.get_logger(__name__)
DURATION = Histogram(
    "tpm_recompute_seconds", "Snapshot to publish", buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
)
OUTCOMES = Counter("tpm_recompute_total", "Computations by outcome", ["outcome"])
RECENT = schedule.Recent(most_tasks=150_000)
Mark = tuple[int, int, datetime]  # of one publication: revision, how many there were, when


class Written:
    """What the result tables hold of the programs that this process published last, so that it need not read it again.

    Only publishing writes there, and each publication moves the program's mark in the same transaction: while the mark is the one
    that we left, so are the rows. Holds a bounded number of tasks.
    """

    def __init__(self, most_tasks: int) -> None:
        self.most_tasks = most_tasks
        self._kept: dict[int, tuple[Mark, bulk.Known, int]] = {}

    def take(self, program_id: int) -> bulk.Known:
        """Return what is known to be there (nothing, if someone else published since). What fails after this is forgotten."""
        kept = self._kept.pop(program_id, None)
        if kept is None:
            return {}
        marks = RecomputeState.objects.values_list("computed_revision", "computations", "computed_at")
        mark, known, _tasks = kept
        return known if marks.get(pk=program_id) == mark else {}

    def keep(self, program_id: int, mark: Mark, known: bulk.Known, tasks: int) -> None:
        """Remember what a publication that is committed left."""
        self._kept[program_id] = (mark, known, tasks)
        while len(self._kept) > 1 and sum(kept[2] for kept in self._kept.values()) > self.most_tasks:
            del self._kept[next(iter(self._kept))]


BESIDE = ThreadPoolExecutor(max_workers=1, thread_name_prefix="money")
READ = RecentRows(most_rows=500_000)
WRITTEN = Written(most_tasks=150_000)
ROUNDS = 5  # edits that arrive while a program is computed are computed by the same job, so often


@dataclass(frozen=True)
class Lease:
    program_id: int
    token: int


@dataclass(frozen=True, eq=False)
class Inputs:
    """Everything a program's results are a function of, as it was at ``revision``."""

    program: Program
    revision: int
    plan: networks.PlanInputs
    cost: cost_inputs.CostInputs
    risk: risk_inputs.RiskInputs


@dataclass(frozen=True, eq=False)
class Results:
    """What the engines found. Money and figures may still be on their way: who asks for them waits."""

    revision: int
    plan: schedule.PlanResult
    rest: Future[tuple[earned_value.CostResult, Readings]]
    engine_ms: float

    @property
    def cost(self) -> earned_value.CostResult:
        return self.rest.result()[0]

    @property
    def readings(self) -> Readings:
        return self.rest.result()[1]


@dataclass(frozen=True, eq=False)
class Attempt:
    """What was read, what came of it, and the seconds that both took."""

    inputs: Inputs
    results: Results
    reading: float
    computing: float


def drain(program_id: int) -> int:
    """Bring a program's results up to date; returns how many computations were published (0: nothing to do here)."""
    published = 0
    for _ in range(ROUNDS):
        lease = claim(program_id)
        if lease is None:
            break
        failpoint("claimed")
        try:
            attempt = _compute_when_quiet(lease)
            ready = time.perf_counter()
            done = publish(lease, attempt.inputs, attempt.results, attempt.reading + attempt.computing)
        except Exception as error:
            READ.forget(program_id)  # the next attempt begins from scratch
            _failed(lease, error)
            OUTCOMES.labels("failed").inc()
            log.exception("recompute_failed", program=program_id)
            break
        OUTCOMES.labels("published" if done else "superseded").inc()
        if not done:
            break
        published += 1
        publishing = time.perf_counter() - ready
        DURATION.observe(attempt.reading + attempt.computing + publishing)
        log.info(
            "recomputed",
            program=program_id,
            revision=attempt.results.revision,
            reading_ms=round(attempt.reading * 1000),
            engines_ms=round(attempt.computing * 1000),
            publishing_ms=round(publishing * 1000),
        )
        failpoint("published")
        live.tell(program_id)
    return published


def claim(program_id: int) -> Lease | None:
    """Take the program for this worker, if there is something to do and nobody is at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE programs_recomputestate
               SET lease_token = lease_token + 1, lease_owner = %s, attempts = attempts + 1,
                   lease_until = clock_timestamp() + make_interval(secs => %s)
             WHERE program_id = %s AND computed_revision < input_revision AND attempts < %s
               AND (lease_until IS NULL OR lease_until < clock_timestamp())
               AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
            RETURNING lease_token
            """,
            [
                f"{socket.gethostname()}:{os.getpid()}",
                settings.RECOMPUTE_LEASE_SECONDS,
                program_id,
                settings.RECOMPUTE_MAX_ATTEMPTS,
            ],
        )
        row = cursor.fetchone()
    return Lease(program_id, row[0]) if row else None


def _compute_when_quiet(lease: Lease) -> Attempt:
    """Compute while a burst of edits may still go on, and once more if it did.

    After a single edit the pause costs no time; a burst costs at most one computation more than it publishes.
    """
    try:
        early = _attempt(lease)
    except NetworkError:  # the edit that mends it may be a moment away
        READ.forget(lease.program_id)
        early = None
    _wait_until_quiet(lease)
    latest = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=lease.program_id)
    return early if early and early.inputs.revision == latest else _attempt(lease)


def _attempt(lease: Lease) -> Attempt:
    started = time.perf_counter()
    inputs = snapshot(lease.program_id, READ)
    read = time.perf_counter()
    failpoint("snapshot")
    results = compute(inputs)
    computed = time.perf_counter()
    failpoint("computed")
    return Attempt(inputs, results, read - started, computed - read)


def _wait_until_quiet(lease: Lease) -> None:
    """Let a burst of edits pass: until there was none for a moment, or the oldest has waited long enough."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT extract(epoch FROM least(requested_at + make_interval(secs => %s),
                                                pending_since + make_interval(secs => %s)) - clock_timestamp())
                  FROM programs_recomputestate WHERE program_id = %s
                """,
                [settings.RECOMPUTE_QUIET_SECONDS, settings.RECOMPUTE_PATIENCE_SECONDS, lease.program_id],
            )
            row = cursor.fetchone()
        remaining = float(row[0]) if row and row[0] is not None else 0.0
        if remaining <= 0:
            return
        time.sleep(remaining)


def snapshot(program_id: int, recent: RecentRows | None = None) -> Inputs:
    """Read the revision, then all inputs, as of one instant; with ``recent``, only what was written since this process read last.

    (A scenario, whose edits are rolled back, reads without.)

    :raises NetworkError: if the plan can not be scheduled.
    """
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:  # isolation can only be chosen for a whole transaction
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        revision = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=program_id)
        program = Program.objects.select_related("portfolio").get(pk=program_id)
        rows = recent.at(program_id, revision) if recent else None
        plan = networks.load(program, rows=rows)
        inputs = Inputs(
            program=program,
            revision=revision,
            plan=plan,
            cost=cost_inputs.load(program, plan.baseline_id, rows),
            risk=risk_inputs.load(program),
        )
    if recent and rows:
        recent.keep(rows)
    return inputs


def compute(inputs: Inputs) -> Results:
    """Run the engines; a pure function of the inputs.

    Money is counted beside the caller, who can write the dates meanwhile: the database has a core of its own to do that.
    """
    started = time.perf_counter()
    plan = schedule.compute(inputs.plan, RECENT)
    engine_ms = (time.perf_counter() - started) * 1000
    return Results(inputs.revision, plan, BESIDE.submit(_count_money, inputs, plan), engine_ms)


def _count_money(inputs: Inputs, plan: schedule.PlanResult) -> tuple[earned_value.CostResult, Readings]:
    cost = earned_value.compute(plan, inputs.cost)
    readings = Readings()
    schedule.read_off(plan, readings)
    earned_value.read_off(cost, readings)
    exposure.read_off(inputs.risk, cost.scope_ids, readings)
    return cost, readings


def publish(lease: Lease, inputs: Inputs, results: Results, spent: float = 0.0) -> bool:
    """Write what differs and move ``computed_revision`` forward; False if a newer result is there already.

    ``spent`` are the seconds that reading and computing took; they are noted together with those of the writing.

    Programs that wait for a task which moved get a revision of their own, in the same transaction.
    """
    program = inputs.program
    started = time.perf_counter() - spent
    with transaction.atomic():
        locks.hold("publish", program.pk)  # two workers write the same rows one after the other
        known = WRITTEN.take(program.pk)
        waiting = schedule.boundary_before(program)
        schedule.publish(program, results.plan, results.revision, known)
        earned_value.publish(program, results.cost, known)
        indicators.publish(program, results.revision, results.readings, known)
        failpoint("publishing")
        tell = schedule.programs_to_tell(waiting, results.plan)
        _lock_in_order({program.pk, *tell})
        mark = _compare_and_set(lease, results, started)
        if mark is None:
            transaction.set_rollback(True)
            return False
        if tell:
            others = Program.objects.filter(pk__in=tell)
            reason = f"{program.code}: a date that this program waits for has moved"
            with activity.change(
                actor=actors.system(), event=events.BOUNDARY_MOVED, programs=others, reason=reason
            ) as change:
                change.wrote()
    WRITTEN.keep(program.pk, mark, known, len(results.plan.schedule.start))
    return True


def _lock_in_order(program_ids: set[int]) -> None:
    list(
        RecomputeState.objects.select_for_update().filter(pk__in=program_ids).order_by("pk").values_list("pk")
    )


def _compare_and_set(lease: Lease, results: Results, started: float) -> Mark | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE programs_recomputestate
               SET computed_revision = %(revision)s, lease_until = NULL, attempts = 0, next_attempt_at = clock_timestamp(),
                   error_code = '', error_message = '', error_at = NULL, computed_at = clock_timestamp(),
                   duration_ms = %(duration)s, engine_ms = %(engine)s, computations = computations + 1,
                   pending_since = CASE WHEN input_revision > %(revision)s THEN requested_at END
             WHERE program_id = %(program)s AND computed_revision < %(revision)s AND lease_token = %(token)s
            RETURNING computed_revision, computations, computed_at
            """,
            {
                "revision": results.revision,
                "duration": round((time.perf_counter() - started) * 1000),
                "engine": results.engine_ms,
                "program": lease.program_id,
                "token": lease.token,
            },
        )
        row: Mark | None = cursor.fetchone()
    return row


def _failed(lease: Lease, error: Exception) -> None:
    """Give the program back and try again later, ever less often; after the last attempt it is *stuck* until someone edits it.

    A plan that can not be scheduled will not get better by itself: it is stuck at once. The last good results stay.
    """
    if transaction.get_connection().in_atomic_block:
        raise RuntimeError("a failed computation must have left its transaction") from error
    hopeless = isinstance(error, NetworkError)
    code = error.code if isinstance(error, NetworkError) else type(error).__name__
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE programs_recomputestate
               SET lease_until = NULL, error_code = %s, error_message = %s, error_at = clock_timestamp(),
                   attempts = CASE WHEN %s THEN %s ELSE attempts END,
                   next_attempt_at = clock_timestamp() + make_interval(secs => least(power(2, attempts), 300))
             WHERE program_id = %s AND lease_token = %s
            """,
            [
                code[:64],
                str(error)[:2000],
                hopeless,
                settings.RECOMPUTE_MAX_ATTEMPTS,
                lease.program_id,
                lease.token,
            ],
        )
    live.tell(lease.program_id)


def due(limit: int = 200) -> list[int]:
    """Return programs that wait and that nobody is at, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT program_id FROM programs_recomputestate
             WHERE computed_revision < input_revision AND attempts < %s
               AND (lease_until IS NULL OR lease_until < clock_timestamp())
               AND (next_attempt_at IS NULL OR next_attempt_at <= clock_timestamp())
             ORDER BY pending_since NULLS FIRST LIMIT %s
            """,
            [settings.RECOMPUTE_MAX_ATTEMPTS, limit],
        )
        return [row[0] for row in cursor.fetchall()]
