"""What a change set has to tell, and to whom. The audit is the queue: every change set is worked off once, in one transaction.

Runs in a worker, behind the commit. Who is told must see what it is about: a draft of a list of people is always cut down to
the readers of the thing (:func:`tpm.activity.subjects.readers`), and asked again whenever the notification is shown.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from budgets import events as budgets
from budgets.models import ApprovalRound, Delegation
from budgets.models.approvals import Kind as Asked
from budgets.selectors import approvals
from programs import events as programs
from programs.models import Action, StatusReport
from programs.policies import Role
from programs.selectors import actions, people
from projects import events as projects
from projects.models import Assignment, ImportRun, Project
from risks import events as risks
from risks.models import Risk
from tpm.accounts import actors
from tpm.activity import comments, subjects
from tpm.activity import events as activity
from tpm.activity.models import ChangeSet, Comment
from tpm.activity.selectors import RowChange, rows_changed
from tpm.activity.subjects import Seen, Unknown
from tpm.activity.tracking import DELETE
from tpm.collaboration.subjects import ACTION, FILE, IMPORT, PROJECT, PUBLISHED, REPORT, REQUEST, RISK, TASK
from tpm.downloads.models import Download
from tpm.notify import inbox, progress, watching
from tpm.notify.inbox import Notice
from tpm.notify.models import Kind, Notification, Watch

LOOK_BACK = timedelta(days=3)
"""So long after its day somebody is still told that an action was due, if nobody told them."""
AUDIENCE = (Role.PO, Role.ES, Role.SC, Role.SV)
"""Who waits for a published report, watching or not."""


def handle(change_set_id: int) -> None:
    """Tell what a change set has to tell, once: told again, nothing happens."""
    with transaction.atomic():
        change_set = ChangeSet.objects.select_related("actor").filter(pk=change_set_id).first()
        if change_set is None or change_set.event not in SOURCES or not progress.take(change_set_id):
            return
        notices = [one for source in SOURCES[change_set.event] for one in source(change_set)]
        put(notices)


def put(notices: Sequence[Notice]) -> None:
    """Put notices into inboxes, at this moment."""
    inbox.tell(notices, at=timezone.now(), by_mail=settings.SENDS_MAIL)


def waiting(limit: int = 200) -> list[int]:
    """Return change sets whose wake-up was lost, the oldest first: one statement."""
    return progress.untaken(sorted(SOURCES), limit)


def _seen(kind: str, pk: int) -> Seen | None:
    try:
        return subjects.look(actors.system(), kind, pk)
    except Unknown:  # it is gone by now
        return None


def _readers(seen: Seen, wanted: Iterable[int], *, but: int | None = None) -> set[int]:
    """Return those of the people wanted who see it, without the one who did it."""
    wanted = set(wanted) - {but}
    if not wanted:
        return set()
    return wanted & {one.pk for one in subjects.readers(seen)}


# ---- what is said ---------------------------------------------------------------------------------------------------


def _talk(change_set: ChangeSet) -> list[Notice]:
    """Those who are mentioned, and those who watch what is talked about. Taking part is watching from now on."""
    found = []
    for comment in comments.of_change(change_set):
        seen = _seen(comment.subject_kind, comment.subject_id)
        if seen is None or comment.is_deleted:
            continue
        named = {one["user"] for one in comment.mentions}
        watch = set()  # an edit is news for those alone whom it now mentions
        if change_set.event == activity.COMMENT_WRITTEN:
            watch = watching.watchers(comment.subject_kind, comment.subject_id, comment.program_id)
            watch |= _in_thread(comment) if comment.parent_id is not None else set()
        told = _readers(seen, named | watch, but=comment.author_id)
        found += [
            Notice(
                user, f"comment:{comment.pk}", Kind.MENTION if user in named else Kind.COMMENT,
                comment.subject_kind, comment.subject_id, comment.program_id, comment.author_id,
                {"comment": comment.pk},
            )
            for user in sorted(told)
        ]  # fmt: skip
        watching.watch_by_itself(seen=seen, users=[comment.author_id], why=Watch.Why.COMMENTED)
        watching.watch_by_itself(seen=seen, users=named & told, why=Watch.Why.MENTIONED)
    return found


def _in_thread(comment: Comment) -> set[int]:
    """Return who spoke in the thread that a comment answers, unless they asked to be left alone by the thing."""
    thread = Comment.objects.visible_to(actors.system()).filter(parent=comment.parent_id)
    spoke = {*thread.values_list("author", flat=True), comment.parent.author_id if comment.parent else None}
    silent = Watch.objects.visible_to(actors.system()).filter(
        subject_kind=comment.subject_kind, subject_id=comment.subject_id, is_on=False
    )
    return {pk for pk in spoke if pk} - set(silent.values_list("user", flat=True))


# ---- what becomes somebody's to do ----------------------------------------------------------------------------------


def _risks(change_set: ChangeSet) -> list[Notice]:
    return _owned(change_set, rows_changed(change_set, [Risk]), RISK, "owner_id")


def _actions(change_set: ChangeSet) -> list[Notice]:
    return _owned(change_set, rows_changed(change_set, [Action]), ACTION, "owner_id")


def actions_due(today: date) -> None:
    """Tell owners what is due today, or was in the last days while nobody was told: each day of each action once. Two statements
    where there is nothing to tell."""
    found = {f"due:{one.pk}:{one.due_on}": one for one in actions.due(today - LOOK_BACK, today)}
    told = Notification.objects.visible_to(actors.system()).filter(kind=Kind.DUE, key__in=list(found))
    known = set(told.values_list("user_id", "key"))
    notices = []
    for key, one in found.items():
        seen = _seen(ACTION, one.pk) if (one.owner_id, key) not in known else None
        if seen and one.owner_id and one.due_on and _readers(seen, [one.owner_id]):
            notices.append(
                Notice(
                    one.owner_id, key, Kind.DUE, ACTION, one.pk, one.program_id, data={"due": one.due_on.isoformat()}
                )
            )  # fmt: skip
    if notices:
        put(notices)


def _projects(change_set: ChangeSet) -> list[Notice]:
    return _owned(change_set, rows_changed(change_set, [Project]), PROJECT, "manager_id")


def _owned(change_set: ChangeSet, rows: Iterable[RowChange], kind: str, field: str) -> list[Notice]:
    """The new owner of a row."""
    found = []
    for row in rows:
        owner: int | None = row.after.get(field)
        seen = _seen(kind, row.pk) if owner and row.label != DELETE else None
        if owner is None or seen is None or not _readers(seen, [owner], but=change_set.actor_id):
            continue
        watching.watch_by_itself(seen=seen, users=[owner], why=Watch.Why.ASSIGNED)
        found.append(
            Notice(
                owner, f"assigned:{kind}:{row.pk}:{change_set.pk}", Kind.ASSIGNED, kind, row.pk,
                seen.program_id, change_set.actor_id,
            )
        )  # fmt: skip
    return found


def _assignments(change_set: ChangeSet) -> list[Notice]:
    """Those who were put on tasks: one notice a person, however many tasks."""
    ids = [row.pk for row in rows_changed(change_set, [Assignment]) if "resource_id" in row.after]
    rows = Assignment.objects.visible_to(actors.system()).filter(pk__in=ids, resource__person__isnull=False)
    tasks: dict[int, list[int]] = {}
    for task, person in rows.order_by("pk").values_list("task_id", "resource__person_id"):
        if task not in tasks.setdefault(person, []):
            tasks[person].append(task)
    found = []
    for person, theirs in sorted(tasks.items()):
        if person == change_set.actor_id:
            continue
        actor = next(iter(people.acting([person])), None)
        seen = subjects.look_all(actor, [(TASK, pk) for pk in theirs]) if actor else {}
        if not seen:
            continue
        for one in seen.values():
            watching.watch_by_itself(seen=one, users=[person], why=Watch.Why.ASSIGNED)
        first = next(iter(seen.values()))
        found.append(
            Notice(
                person, f"assigned:task:{change_set.pk}", Kind.ASSIGNED, TASK, first.pk, first.program_id,
                change_set.actor_id, {"count": len(seen)},
            )
        )  # fmt: skip
    return found


# ---- approvals ------------------------------------------------------------------------------------------------------


def _approvals(change_set: ChangeSet) -> list[Notice]:
    """Who can take the open step of a round, in their own right or by delegation; who asked, once it is decided."""
    found = []
    touched = change_set.revisions.values_list("program_id", flat=True)
    rounds = ApprovalRound.objects.visible_to(actors.system()).filter(
        program__in=list(touched), kind=Asked.CAPITAL_REQUEST
    )
    now = timezone.now()
    for one in rounds.filter(state=ApprovalRound.State.OPEN).select_related("program").order_by("pk"):
        step = next((step for step in approvals.steps_of(one, day=now.date()) if step.is_open), None)
        seen = _seen(REQUEST, one.subject_id) if step else None
        if step is None or seen is None:
            continue
        able = {user.pk for user in step.candidates}
        lent = Delegation.objects.filter(giver__in=able, revoked_at=None, starts_at__lte=now, ends_at__gt=now)
        out = approvals.kept_out(one.kind, one.subject_id).keys() | {
            user for vote in approvals.votes_of(one) for user in (vote.voter_id, vote.principal_id)
        }
        able |= set(lent.values_list("delegate", flat=True)) - out - {one.requester_id}
        found += [
            Notice(
                user, f"approval:{one.pk}:{step.number}", Kind.APPROVAL, REQUEST, one.subject_id,
                one.program_id, one.requester_id,
            )
            for user in sorted(_readers(seen, able))
        ]  # fmt: skip
    # Who voted, was overtaken by a withdrawal, or can no longer vote has nothing to do about it any more.
    inbox.settle(
        kind=Kind.APPROVAL, prefix="approval:", program_ids=list(touched), waiting={(one.user, one.key) for one in found}, at=now
    )  # fmt: skip
    for row in rows_changed(change_set, [ApprovalRound]):
        state = row.after.get("state")
        if row.label == DELETE or state not in (ApprovalRound.State.APPROVED, ApprovalRound.State.REJECTED):
            continue
        decided = rounds.get(pk=row.pk)
        seen = _seen(REQUEST, decided.subject_id)
        if seen and _readers(seen, [decided.requester_id], but=change_set.actor_id):
            found.append(
                Notice(
                    decided.requester_id, f"decided:{decided.pk}", Kind.DECIDED, REQUEST, decided.subject_id,
                    decided.program_id, change_set.actor_id, {"state": state},
                )
            )  # fmt: skip
    return found


# ---- reports, imports -----------------------------------------------------------------------------------------------


def _reports(change_set: ChangeSet) -> list[Notice]:
    """Those who wait for a published report: its audience, and who watches the program or the report."""
    found = []
    for row in rows_changed(change_set, [StatusReport]):
        report = StatusReport.objects.select_related("program").filter(pk=row.pk, state="published").first()
        seen = _seen(PUBLISHED, row.pk) if report else None
        if report is None or seen is None:
            continue
        wanted = watching.watchers(REPORT, report.pk, report.program_id)
        wanted |= people.holders(AUDIENCE, report.program.portfolio_id, report.program_id)
        found += [
            Notice(
                user, f"report:{report.pk}", Kind.REPORT, PUBLISHED, report.pk, report.program_id, change_set.actor_id
            )
            for user in sorted(_readers(seen, wanted, but=change_set.actor_id))
        ]  # fmt: skip
    return found


def import_finished(run_id: int) -> None:
    """Tell who ordered an import that it was written or refused."""
    run = ImportRun.objects.filter(pk=run_id, state__in=["applied", "refused"]).first()
    seen = _seen(IMPORT, run_id)
    if run is None or seen is None or run.started_by_id is None:
        return
    if _readers(seen, [run.started_by_id]):
        put(
            [
                Notice(
                    run.started_by_id, f"import:{run.pk}", Kind.IMPORT, IMPORT, run.pk, run.program_id,
                    data={"state": run.state},
                )
            ]
        )  # fmt: skip


def imports_waiting(limit: int = 50) -> list[int]:
    """Return imports that finished lately and that nobody was told of; one statement."""
    told = Notification.objects.visible_to(actors.system()).filter(
        subject_kind=IMPORT, subject_id=OuterRef("pk"), kind=Kind.IMPORT
    )
    late = timezone.now() - timedelta(hours=1)
    rows = ImportRun.objects.filter(
        ~Exists(told), state__in=["applied", "refused"], finished_at__gt=late, started_by__isnull=False
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def file_finished(download_id: int) -> None:
    """Tell who waits for a file that it is ready, or why there will be none."""
    made = Download.objects.filter(pk=download_id, state__in=["ready", "failed"]).first()
    if made is not None:
        put([Notice(made.user_id, f"file:{made.pk}", Kind.FILE, FILE, made.pk)])


def files_waiting(limit: int = 50) -> list[int]:
    """Return files that were finished lately and that nobody was told of; one statement."""
    told = Notification.objects.visible_to(actors.system()).filter(
        subject_kind=FILE, subject_id=OuterRef("pk"), kind=Kind.FILE
    )
    late = timezone.now() - timedelta(hours=1)
    rows = Download.objects.filter(~Exists(told), state__in=["ready", "failed"], finished_at__gt=late)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


Source = Callable[[ChangeSet], list[Notice]]
SOURCES: dict[str, tuple[Source, ...]] = {
    activity.COMMENT_WRITTEN: (_talk,),
    activity.COMMENT_EDITED: (_talk,),
    risks.REGISTER_CHANGED: (_risks,),
    projects.PLAN_CHANGED: (_projects, _assignments),
    budgets.APPROVAL_ASKED: (_approvals,),
    budgets.APPROVAL_VOTED: (_approvals,),
    budgets.CAPITAL_REQUEST_CHANGED: (_approvals,),
    programs.REPORT_PUBLISHED: (_reports,),
    programs.ACTIONS_CHANGED: (_actions,),
}
