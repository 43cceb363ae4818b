"""Every supplier that a contract names becomes a vendor of its portfolio."""

import uuid

from django.db import migrations

# By name, however it is spelled: the numbers that contracts name beside it are often those of the contract, not the vendor's.
KEY = "left(coalesce(nullif(regexp_replace(lower(c.supplier), '[^[:alnum:]]+', '', 'g'), ''), 'unnamed'), 100)"


def make(apps, schema_editor):
    if not apps.get_model("budgets", "Contract").objects.exists():
        return
    change_set = apps.get_model("activity", "ChangeSet").objects.create(
        context_id=uuid.uuid4(),
        event="budgets.vendors.changed",
        via="system",
        reason="Suppliers of the contracts kept so far",
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', %s, true)", [str(change_set.context_id)])
        cursor.execute(
            "INSERT INTO budgets_vendor (version, portfolio_id, name, key, category, is_active, note, external_key)"
            f" SELECT DISTINCT ON (p.portfolio_id, {KEY}) 1, p.portfolio_id, c.supplier, {KEY}, '', true, '',"
            f" CASE WHEN c.external_key = '' THEN '' ELSE {KEY} END"
            " FROM budgets_contract AS c JOIN programs_program AS p ON p.id = c.program_id"
            f" ORDER BY p.portfolio_id, {KEY}, c.id"
        )
        cursor.execute(
            "UPDATE budgets_contract AS c SET vendor_id = v.id, version = c.version + 1"
            " FROM programs_program AS p, budgets_vendor AS v"
            f" WHERE p.id = c.program_id AND v.portfolio_id = p.portfolio_id AND v.key = {KEY}"
        )
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


class Migration(migrations.Migration):
    dependencies = [("budgets", "0007_procurement")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
