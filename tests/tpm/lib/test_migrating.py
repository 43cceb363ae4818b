"""A fresh database gets the tables that the migrations describe."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = pytest.mark.django_db
APPS = {"programs", "projects", "budgets", "risks"}


def test_tables_created_at_once_have_the_columns_constraints_indexes_and_triggers_of_the_last_migration() -> (
    None
):
    models = [
        model
        for model in MigrationLoader(connection).project_state().apps.get_models()
        if model._meta.app_label in APPS
    ]
    assert len(models) > 100
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        columns = set(cursor.fetchall())
        cursor.execute(
            "SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes WHERE schemaname = 'public'"
        )
        held = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {row[0] for row in cursor.fetchall()}
    for model in models:
        table = model._meta.db_table
        assert {(table, field.column) for field in model._meta.local_concrete_fields} <= columns, table
        rules = [*model._meta.constraints, *model._meta.indexes]
        assert {rule.name for rule in rules} <= held, table
        declared = model._meta.original_attrs.get("triggers", [])  # type: ignore[attr-defined]
        assert {trigger.sql.pgid for trigger in declared} <= triggers, table
