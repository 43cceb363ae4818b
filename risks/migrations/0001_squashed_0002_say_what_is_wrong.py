import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import tpm.lib.migrating
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as they are after the migrations that it replaces, created at once."""

    replaces = [
        ('risks', '0001_initial'),
        ('risks', '0002_say_what_is_wrong'),
    ]

    initial = True

    dependencies = [
        ('programs', '0006_kpi_values'),
        ('projects', '0011_links_of_several_kinds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        tpm.lib.migrating.CreateAtOnce(
            operations=[migrations.CreateModel(
                name='Risk',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=300, verbose_name='title')),
                    ('description', models.TextField(blank=True, verbose_name='cause, event and effect')),
                    ('probability', models.FloatField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='probability')),
                    ('impact_days', models.FloatField(default=0, validators=[django.core.validators.MinValueValidator(0)], verbose_name='impact in working days')),
                    ('impact_cost', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='impact in money')),
                    ('response', models.CharField(choices=[('avoid', 'Avoid'), ('mitigate', 'Mitigate'), ('transfer', 'Transfer'), ('accept', 'Accept')], default='mitigate', max_length=10, verbose_name='response')),
                    ('response_plan', models.TextField(blank=True, verbose_name='what is done')),
                    ('trigger', models.CharField(blank=True, max_length=300, verbose_name='trigger')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                    ('status', models.CharField(choices=[('open', 'Open'), ('mitigating', 'Being mitigated'), ('occurred', 'Occurred'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='status')),
                    ('is_confidential', models.BooleanField(default=False, verbose_name='confidential')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='programs.program')),
                    ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='projects.project', verbose_name='project')),
                    ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='risks', to='projects.task', verbose_name='task')),
                ],
            ), migrations.CreateModel(
                name='RiskEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=300, verbose_name='title')),
                    ('description', models.TextField(blank=True, verbose_name='cause, event and effect')),
                    ('probability', models.FloatField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='probability')),
                    ('impact_days', models.FloatField(default=0, validators=[django.core.validators.MinValueValidator(0)], verbose_name='impact in working days')),
                    ('impact_cost', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='impact in money')),
                    ('response', models.CharField(choices=[('avoid', 'Avoid'), ('mitigate', 'Mitigate'), ('transfer', 'Transfer'), ('accept', 'Accept')], default='mitigate', max_length=10, verbose_name='response')),
                    ('response_plan', models.TextField(blank=True, verbose_name='what is done')),
                    ('trigger', models.CharField(blank=True, max_length=300, verbose_name='trigger')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                    ('status', models.CharField(choices=[('open', 'Open'), ('mitigating', 'Being mitigated'), ('occurred', 'Occurred'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='status')),
                    ('is_confidential', models.BooleanField(default=False, verbose_name='confidential')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='risks.risk')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project')),
                    ('task', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddConstraint(
                model_name='risk',
                constraint=models.UniqueConstraint(fields=('program', 'number'), name='risk_number_once', violation_error_message='The program has a risk of this number already.'),
            ), migrations.AddConstraint(
                model_name='risk',
                constraint=models.CheckConstraint(condition=models.Q(('probability__range', (0, 1))), name='risk_probability_in_range', violation_error_message='A probability lies between 0 and 1.'),
            ), migrations.AddConstraint(
                model_name='risk',
                constraint=models.CheckConstraint(condition=models.Q(('impact_cost__gte', 0), ('impact_days__gte', 0)), name='risk_impact_not_negative', violation_error_message='An impact can not be negative.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='risk',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "risks_riskevent" ("description", "external_key", "id", "impact_cost", "impact_days", "is_confidential", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "program_id", "project_id", "response", "response_plan", "review_on", "status", "task_id", "title", "trigger", "version") SELECT new_values."description", new_values."external_key", new_values."id", new_values."impact_cost", new_values."impact_days", new_values."is_confidential", new_values."number", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."probability", new_values."program_id", new_values."project_id", new_values."response", new_values."response_plan", new_values."review_on", new_values."status", new_values."task_id", new_values."title", new_values."trigger", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0fa5ecf4f260d47cd15722b87bb376a1d165d0d2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6e45a', referencing='REFERENCING NEW TABLE AS new_values ', table='risks_risk', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='risk',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "risks_riskevent" ("description", "external_key", "id", "impact_cost", "impact_days", "is_confidential", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "program_id", "project_id", "response", "response_plan", "review_on", "status", "task_id", "title", "trigger", "version") SELECT new_values."description", new_values."external_key", new_values."id", new_values."impact_cost", new_values."impact_days", new_values."is_confidential", new_values."number", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."probability", new_values."program_id", new_values."project_id", new_values."response", new_values."response_plan", new_values."review_on", new_values."status", new_values."task_id", new_values."title", new_values."trigger", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1c536c7ad9260c2cafb39f61a45b8ed6ee891034', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_72842', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='risks_risk', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='risk',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "risks_riskevent" ("description", "external_key", "id", "impact_cost", "impact_days", "is_confidential", "number", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "probability", "program_id", "project_id", "response", "response_plan", "review_on", "status", "task_id", "title", "trigger", "version") SELECT old_values."description", old_values."external_key", old_values."id", old_values."impact_cost", old_values."impact_days", old_values."is_confidential", old_values."number", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."probability", old_values."program_id", old_values."project_id", old_values."response", old_values."response_plan", old_values."review_on", old_values."status", old_values."task_id", old_values."title", old_values."trigger", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='88199d9a036a9eee7f2ad7cc647c31e6cec59100', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1766a', referencing='REFERENCING OLD TABLE AS old_values ', table='risks_risk', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='riskevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f428a428d215be3f40b1c05e5bbca5f8f5346da6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6aaa2', table='risks_riskevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='riskevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='32f729bc7542e72e424791aa7eee390b52f14986', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bfbcd', table='risks_riskevent', when='BEFORE')),
            )],
        ),
    ]
