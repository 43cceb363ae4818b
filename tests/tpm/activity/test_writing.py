"""The write idiom: one change set per act, versions checked, nothing written without a change."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError

from programs.models import Portfolio, Program, RecomputeState
from tests.factories import plans
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet, ChangeSetRevision
from tpm.activity.tracking import event_model

pytestmark = pytest.mark.django_db
EVENT = "programs.program.changed"


def _revision(program: Program) -> int:
    return RecomputeState.objects.get(pk=program.pk).input_revision


def test_an_update_writes_one_change_set_one_revision_and_the_rows_history() -> None:
    program, person = plans.program(), plans.user()
    actor = Actor(user=person, via=actors.API, request_id="req-1")
    before = _revision(program)
    with activity.change(actor=actor, event=EVENT, programs=[program], reason="why") as change:
        change.update(program, name="New name")
    change_set = ChangeSet.objects.latest("pk")
    assert (change_set.actor, change_set.via, change_set.request_id, change_set.reason) == (
        person,
        "api",
        "req-1",
        "why",
    )
    assert ChangeSetRevision.objects.get(change_set=change_set).revision == before + 1 == _revision(program)
    events = event_model(Program).objects.filter(pgh_context_id=change_set.context_id)
    assert [(event.pgh_label, event.name) for event in events] == [("update", "New name")]
    assert program.version == 2


def test_a_change_that_writes_nothing_leaves_no_trace() -> None:
    program = plans.program()
    before = ChangeSet.objects.count(), _revision(program)
    with activity.change(actor=actors.system(), event=EVENT, programs=[program]) as change:
        change.update(program, name=program.name)
    assert (ChangeSet.objects.count(), _revision(program)) == before


def test_a_stale_version_is_refused_and_rolls_everything_back() -> None:
    program = plans.program()
    stale = Program.objects.get(pk=program.pk)
    with activity.change(actor=actors.system(), event=EVENT, programs=[program]) as change:
        change.update(program, name="First")
    before = ChangeSet.objects.count(), _revision(program)
    with (
        pytest.raises(activity.Conflict) as caught,
        activity.change(actor=actors.system(), event=EVENT, programs=[program]) as change,
    ):
        change.update(stale, name="Second")
    assert caught.value.current.name == "First"
    assert (ChangeSet.objects.count(), _revision(program)) == before
    assert Program.objects.get(pk=program.pk).name == "First"


def test_a_deleted_row_conflicts_without_a_current_row() -> None:
    portfolio = plans.portfolio()
    ghost = Portfolio.objects.get(pk=portfolio.pk)
    with activity.change(actor=actors.system(), event=EVENT) as change:
        change.bulk_delete(Portfolio.objects.filter(pk=portfolio.pk))
    with (
        pytest.raises(activity.Conflict) as caught,
        activity.change(actor=actors.system(), event=EVENT) as change,
    ):
        change.update(ghost, name="X")
    assert caught.value.current is None


def test_a_value_that_is_not_allowed_is_refused() -> None:
    program = plans.program()
    with pytest.raises(ValidationError), activity.change(actor=actors.system(), event=EVENT) as change:
        change.update(program, time_zone="Mars/Olympus")


def test_a_read_only_token_can_not_open_a_change() -> None:
    with (
        pytest.raises(PermissionError),
        activity.change(actor=Actor(user=plans.user(), via=actors.API, may_write=False), event=EVENT),
    ):
        pass


def test_changes_do_not_nest() -> None:
    with activity.change(actor=actors.system(), event=EVENT) as change:
        with pytest.raises(RuntimeError), activity.change(actor=actors.system(), event=EVENT):
            pass
        change.wrote()


@pytest.mark.parametrize(
    "statement", ["UPDATE programs_program SET name = 'x'", "DELETE FROM programs_grant"]
)
def test_a_write_outside_a_change_fails_in_the_database(statement: str) -> None:
    plans.program()
    with (
        pytest.raises(IntegrityError, match="pgh_context_id"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "table", ["activity_changeset", "activity_changesetrevision", "programs_programevent"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_audit_can_not_be_changed_even_in_sql(table: str, statement: str) -> None:
    plans.project(plans.program())
    sql = statement.format(table).replace(
        "SET id = id", "SET pgh_id = pgh_id" if "event" in table else "SET id = id"
    )
    with (
        pytest.raises(InternalError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE wants no row that is still to be checked
        cursor.execute(sql)


def test_raw_sql_and_copy_within_a_change_are_in_the_history() -> None:
    program = plans.program()
    with activity.change(actor=actors.system(), event=EVENT, programs=[program]) as change:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE programs_program SET name = 'raw' WHERE id = %s", [program.pk])
        change.wrote()
    events = event_model(Program).objects.filter(pgh_context_id=change.change_set.context_id)
    assert [event.name for event in events] == ["raw"]
