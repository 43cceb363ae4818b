"""The life of an import: start → check → apply → revert. Everything it writes is one change set; or nothing is."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, BinaryIO

import structlog
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets import events as budget_events
from programs import policies
from programs.models import Portfolio, Program
from projects import events
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity
from projects.models import ImportRun
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import reverting
from tpm.activity.models import ChangeSet
from tpm.activity.reverting import RevertRefused
from tpm.imports import reading, spool, writing
from tpm.imports.reading import ACTUALS, CAPABILITY, EARNINGS, PORTFOLIO, Source
from tpm.imports.writing import CannotWrite, Prepared, Target
from tpm.lib.failpoints import failpoint

log = structlog.get_logger(__name__)
State = ImportRun.State
STALE = timedelta(seconds=60)  # a check whose worker has been silent for so long is taken over
CHECK, APPLY = "tpm.imports.jobs.check", "tpm.imports.jobs.apply"
EVENTS = {ACTUALS: budget_events.ACTUALS_POSTED, EARNINGS: budget_events.BUDGET_CHANGED}
REMEMBERED = 5  # earlier imports that tell what the source said before


class WrongState(Exception):
    """The import is not where this could be done: it is checked, applied or reverted already, or still at work."""


class Cancelled(Exception):
    """Somebody called the check off while it was under way."""


def start(
    *,
    actor: Actor,
    kind: str,
    portfolio: Portfolio,
    program: Program | None = None,
    project: str = "",
    files: Iterable[tuple[str, BinaryIO]],
) -> ImportRun:
    """Keep the files and queue their check; the caller wakes a worker (``tpm.imports.jobs.check``).

    :raises NotAllowed:
    :raises ImportRefused: if the files can not be taken.
    """
    if kind not in CAPABILITY or (kind == PORTFOLIO) != (program is None):
        raise ValidationError(_("A plan goes into a program, a portfolio's tables go into the portfolio."))
    policies.authorize(actor, CAPABILITY[kind], program or portfolio)
    kept = spool.keep(files)
    return ImportRun.objects.create(
        portfolio=portfolio,
        program=program,
        kind=kind,
        options={"project": project} if project else {},
        file_name=", ".join(kept.names)[:300],
        file_sha256=kept.sha256,
        stored_at=kept.place,
        started_by=actor.user,
    )


def check(run_id: int) -> None:
    """Read the files, compare them with what is there, and keep report and preview. Nothing else is written."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.READING, heartbeat_at__lt=now - STALE)
    mine = ImportRun.objects.filter(free, pk=run_id)
    if not mine.update(state=State.READING, heartbeat_at=now, progress=0):
        return
    run = _load(run_id)
    try:
        source = _source(run, report_progress=True)
        prepared = writing.prepare(source, _target(run), _earlier(run))
    except Cancelled:
        return
    except (ImportRefused, ValidationError, CannotWrite, FileNotFoundError) as refusal:
        _refuse(run, refusal, [State.READING])
        return
    except Exception:
        _refuse(run, CannotWrite(_("The check failed unexpectedly; the log says why.")), [State.READING])
        raise
    report, counts = _findings(source, prepared)
    ImportRun.objects.filter(pk=run_id, state=State.READING).update(
        state=State.CHECKED,
        progress=100,
        report=report,
        counts=counts,
        message="" if not prepared.is_empty else _("Nothing differs from what is there."),
        finished_at=timezone.now(),
    )


def order(*, actor: Actor, run: ImportRun) -> None:
    """Let a checked import be written; the caller wakes a worker (``tpm.imports.jobs.apply``).

    :raises NotAllowed, WrongState:
    """
    policies.authorize(actor, CAPABILITY[run.kind], run)
    checked = ImportRun.objects.filter(pk=run.pk, state=State.CHECKED)
    if not checked.update(state=State.WRITING, progress=0, started_by=actor.user, finished_at=None):
        raise WrongState(_("Only an import that was checked and not written yet can be applied."))


def apply(run_id: int) -> None:
    """Write an ordered import: one transaction, one change set. A worker that dies leaves no trace, and another may do it."""
    try:
        with transaction.atomic():
            run = (
                ImportRun.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("portfolio", "program", "started_by")
                .filter(pk=run_id, state=State.WRITING)
                .first()
            )
            if run is None:
                return
            actor = Actor(user=run.started_by, via=actors.IMPORT) if run.started_by else actors.system()
            policies.authorize(actor, CAPABILITY[run.kind], run)
            _write(run, actor)
    except (
        ImportRefused, ValidationError, CannotWrite, FileNotFoundError, policies.NotAllowed, activity.Conflict,
    ) as refusal:  # fmt: skip
        _refuse(_load(run_id), refusal, [State.WRITING])
    except DatabaseError:
        raise  # the transaction is gone; whoever finds the run may try again
    except Exception:
        _refuse(
            _load(run_id), CannotWrite(_("Writing failed unexpectedly; the log says why.")), [State.WRITING]
        )
        raise


def cancel(*, actor: Actor, run: ImportRun) -> None:
    """Call an import off before anything of it is written: while it waits, is read, is checked, or waits to be written.

    :raises NotAllowed:
    :raises WrongState: once it is being written, which is one piece, or done.
    """
    policies.authorize(actor, CAPABILITY[run.kind], run)
    with transaction.atomic():
        # A worker that writes holds the row: then it is too late, and nobody waits for it here.
        free = ImportRun.objects.select_for_update(skip_locked=True).filter(pk=run.pk).first()
        if free is None:
            raise WrongState(_("It is being written, in one piece. Take it back as soon as it is done."))
        if free.state not in (State.WAITING, State.READING, State.CHECKED, State.WRITING):
            raise WrongState(_("There is nothing to cancel: this import is done."))
        free.state, free.finished_at = State.REFUSED, timezone.now()
        free.message = _("Cancelled by %(who)s.") % {"who": actor.user or _("the system")}
        free.save(update_fields=["state", "message", "finished_at"])
        transaction.on_commit(lambda: spool.forget(free.stored_at), robust=True)


def revert(*, actor: Actor, run: ImportRun) -> None:
    """Take everything that an import wrote back, as one change set of its own.

    :raises NotAllowed, WrongState:
    :raises RevertRefused: if a row was changed since, or something made later depends on it.
    """
    policies.authorize(actor, CAPABILITY[run.kind], run)
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != State.APPLIED:
            raise WrongState(_("Only an import that was written can be taken back."))
        written = locked.change_set
        if written is not None:
            ids = written.revisions.values_list("program_id", flat=True)
            reason = _("Revert of the import of %(files)s") % {"files": locked.file_name}
            with activity.change(
                actor=actor,
                event=events.CHANGE_REVERTED,
                programs=Program.objects.filter(pk__in=list(ids)),
                reason=reason,
                cause=written,
            ) as change:
                reverting.revert(change, written)
                locked.reverted_by = change.change_set
        locked.state = State.REVERTED
        transaction.on_commit(lambda: spool.forget(locked.stored_at), robust=True)
        locked.finished_at = timezone.now()
        locked.save(update_fields=["state", "reverted_by", "finished_at"])


def waiting(*, older_than: timedelta = timedelta(seconds=5)) -> list[tuple[str, int]]:
    """Return jobs (name, run) whose wake-up call may have been lost, the oldest first.

    ``older_than``: how long an upload has waited for its check at least.
    """
    old = timezone.now() - older_than
    stale = timezone.now() - STALE
    rows = ImportRun.objects.filter(
        Q(state=State.WAITING, created_at__lte=old)
        | Q(state=State.READING, heartbeat_at__lt=stale)
        | Q(state=State.WRITING)
    )
    return [
        (APPLY if state == State.WRITING else CHECK, pk)
        for pk, state in rows.order_by("pk").values_list("pk", "state")[:20]
    ]


def _write(run: ImportRun, actor: Actor) -> None:
    source, target, earlier = _source(run), _target(run), _earlier(run)
    if run.kind in EVENTS:
        _post(run, actor, source, target)
        return
    prepared = writing.prepare(source, target, earlier)
    change_set = None
    if not prepared.is_empty:
        reason = _("Import of %(files)s") % {"files": run.file_name}
        with activity.change(
            actor=actor, event=events.PLAN_IMPORTED, programs=prepared.programs, reason=reason
        ) as change:
            # Now that the programs are locked, what differs is compared again: nobody can change it any more.
            locked = set(change.revisions)
            prepared = writing.prepare(source, target, earlier)
            if {program.pk for program in prepared.programs} - locked:
                raise CannotWrite(_("The plan was changed while the import began. Apply it again."))
            writing.write(change, prepared)
            failpoint("import_written")
            change_set = change.change_set
    _applied(run, source, prepared, change_set)


def _post(run: ImportRun, actor: Actor, source: Source, target: Target) -> None:
    """Write postings or earning rules: the program that they go into is known, so they are compared once, under its lock."""
    reason = _("Import of %(files)s") % {"files": run.file_name}
    with activity.change(
        actor=actor,
        event=EVENTS[run.kind],
        programs=[target.program] if target.program else [],
        reason=reason,
    ) as change:
        prepared = writing.prepare(source, target)
        writing.write(change, prepared)
        failpoint("import_written")
    _applied(run, source, prepared, change.change_set if change.touched else None)


def _applied(run: ImportRun, source: Source, prepared: Prepared, change_set: ChangeSet | None) -> None:
    run.counts = _findings(source, prepared)[1]
    run.state = State.APPLIED
    run.change_set = change_set
    run.message = "" if change_set else _("Nothing differed from what was there.")
    run.progress, run.finished_at = 100, timezone.now()
    run.save(update_fields=["counts", "state", "change_set", "message", "progress", "finished_at"])


def _source(run: ImportRun, *, report_progress: bool = False) -> Source:
    with spool.opened(run.stored_at) as files:
        return reading.read(run.kind, files, _told(run) if report_progress else None)


def _told(run: ImportRun) -> Callable[[int], None]:
    """Return what a reader says its progress to; it raises :class:`Cancelled` once the import is called off."""

    def told(percent: int) -> None:
        mine = ImportRun.objects.filter(pk=run.pk, state=State.READING)
        if not mine.update(progress=percent, heartbeat_at=timezone.now()):
            raise Cancelled

    return told


def _earlier(run: ImportRun) -> list[Source]:
    """Read again what was imported here before, the newest first; what is no longer kept is passed over."""
    if run.kind in EVENTS:
        return []  # a ledger tells what was spent, a table of rules what holds: it corrects what stands here
    before = ImportRun.objects.filter(
        state=State.APPLIED,
        kind=run.kind,
        portfolio=run.portfolio_id,
        program=run.program_id,
        options=run.options,
    ).exclude(pk=run.pk)
    found: dict[str, Source] = {}
    for earlier in before.order_by("-pk")[:REMEMBERED]:
        if earlier.file_sha256 not in found:
            try:
                found[earlier.file_sha256] = _source(earlier)
            except (ImportRefused, FileNotFoundError):
                continue
    return list(found.values())


def _target(run: ImportRun) -> Target:
    return Target(run.portfolio, run.program, str(run.options.get("project", "")))


def _load(run_id: int) -> ImportRun:
    return ImportRun.objects.select_related("portfolio", "program", "started_by").get(pk=run_id)


def _findings(source: Source, prepared: Prepared) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    report = Report()
    report.extend(source.report.entries)
    report.extend(prepared.notes)
    counts = source.report.counts + _counted(prepared.notes)
    codes = source.report.codes.copy()
    for entry in prepared.notes:
        codes[entry.code] += entry.count
    figures = {"findings": {str(k): v for k, v in counts.items()}, "codes": dict(codes.most_common())}
    return [reading.as_json(entry) for entry in report.entries], prepared.counts() | figures


def _counted(notes: list[ImportEntry]) -> Any:
    report = Report()
    report.extend(notes)
    return report.counts


def _refuse(run: ImportRun, refusal: Exception, states: list[str]) -> None:
    entries = (
        refusal.entries
        if isinstance(refusal, ImportRefused)
        else (ImportEntry(Severity.ERROR, type(refusal).__name__, _reason(refusal)),)
    )
    report = [reading.as_json(entry) for entry in entries[:100]]
    ImportRun.objects.filter(pk=run.pk, state__in=states).update(
        state=State.REFUSED,
        message=_reason(refusal),
        report=report + run.report[:900],
        finished_at=timezone.now(),
    )
    spool.forget(run.stored_at)
    log.warning("import_refused", run=run.pk, reason=_reason(refusal))


def _reason(refusal: Exception) -> str:
    if isinstance(refusal, FileNotFoundError):
        return _("The uploaded files are no longer kept. Upload them again.")
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    if isinstance(refusal, policies.NotAllowed):
        return _("You may no longer import here.")
    return str(refusal)


__all__ = ["RevertRefused", "WrongState", "apply", "cancel", "check", "order", "revert", "start", "waiting"]
