"""The budgets that were approved before revisions were kept become revision 1."""

import uuid

from django.db import migrations


def keep(apps, schema_editor):
    budgets = list(apps.get_model("budgets", "Budget").objects.order_by("pk"))
    if not budgets:
        return
    change_set = apps.get_model("activity", "ChangeSet").objects.create(
        context_id=uuid.uuid4(),
        event="budgets.budget.changed",
        via="system",
        reason="Budgets approved before revisions were kept",
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', %s, true)", [str(change_set.context_id)])
        cursor.execute(
            "INSERT INTO budgets_budgetrevision"
            " (program_id, project_id, number, kind, reason, amount, contingency, reserve, change_set_id)"
            " SELECT program_id, project_id, 1, 'approved', note, approved, contingency, 0, %s FROM budgets_budget",
            [change_set.pk],
        )
        cursor.execute(
            "INSERT INTO budgets_budgetrevisionline (revision_id, category, amount)"
            " SELECT id, '', amount FROM budgets_budgetrevision WHERE change_set_id = %s",
            [change_set.pk],
        )
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial"), ("budgets", "0004_money_structures")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
