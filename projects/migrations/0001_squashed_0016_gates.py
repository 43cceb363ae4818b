import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import projects.engine.causes
import tpm.lib.fields
import tpm.lib.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as they are after the migrations that it replaces, created at once."""

    replaces = [
        ('projects', '0001_initial'),
        ('projects', '0002_say_what_is_wrong'),
        ('projects', '0003_keep_import_options'),
        ('projects', '0004_lean_result_tables'),
        ('projects', '0005_quality_gate'),
        ('projects', '0006_say_when_results_changed'),
        ('projects', '0007_assignments'),
        ('projects', '0008_scenarios'),
        ('projects', '0009_slippage_ledger'),
        ('projects', '0010_ledger_by_instant'),
        ('projects', '0011_links_of_several_kinds'),
        ('projects', '0012_tasks_of_a_program_by_id'),
        ('projects', '0014_commitments'),
        ('projects', '0015_alignments_and_limits'),
        ('projects', '0016_gates'),
    ]

    initial = True

    dependencies = [
        ('activity', '0001_initial'),
        ('programs', '0001_squashed_0008_actions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        tpm.lib.migrating.CreateAtOnce(
            operations=[migrations.CreateModel(
                name='BoardLimits',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('waiting', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most tasks waiting')),
                    ('in_progress', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most tasks in progress')),
                ],
                options={
                    'verbose_name': 'board limits',
                    'verbose_name_plural': 'board limits',
                },
            ), migrations.CreateModel(
                name='LedgerState',
                fields=[
                    ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='ledger', serialize=False, to='programs.program')),
                    ('posted_revision', models.BigIntegerField(default=0)),
                    ('posted_at', models.DateTimeField(null=True)),
                    ('outside', models.JSONField(default=dict)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_attempt_at', models.DateTimeField(null=True)),
                    ('error_message', models.TextField(blank=True)),
                ],
            ), migrations.CreateModel(
                name='Scenario',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='shared with all who read the plan')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('applied', 'Applied to the plan'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='state')),
                    ('based_on', models.BigIntegerField()),
                    ('edits', models.BigIntegerField(default=0)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('change_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.changeset')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='programs.program')),
                ],
            ), migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('position', models.BigIntegerField(default=0)),
                    ('name', models.CharField(max_length=500, verbose_name='name')),
                    ('is_milestone', models.BooleanField(default=False, verbose_name='milestone')),
                    ('duration', models.BigIntegerField(default=480, help_text='working minutes', verbose_name='duration')),
                    ('is_elapsed', models.BooleanField(default=False, verbose_name='elapsed duration')),
                    ('ignores_resource_calendars', models.BooleanField(default=False, verbose_name='works whenever its own calendar does, whoever is assigned')),
                    ('constraint', models.SmallIntegerField(choices=[(0, 'As soon as possible'), (1, 'As late as possible'), (2, 'Must start on'), (3, 'Must finish on'), (4, 'Start no earlier than'), (5, 'Start no later than'), (6, 'Finish no earlier than'), (7, 'Finish no later than')], default=0, verbose_name='constraint')),
                    ('constraint_at', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='constraint date')),
                    ('deadline', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='deadline')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('is_manual', models.BooleanField(default=False, verbose_name='manually scheduled')),
                    ('manual_start', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='manual start')),
                    ('manual_finish', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='manual finish')),
                    ('actual_start', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='actual start')),
                    ('actual_finish', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='actual finish')),
                    ('percent_complete', models.FloatField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='percent complete')),
                    ('remaining', models.BigIntegerField(blank=True, help_text='working minutes', null=True, verbose_name='remaining duration')),
                    ('resume', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='resumes')),
                    ('gap', models.BigIntegerField(default=0, help_text='working minutes in which nobody works', verbose_name='split')),
                    ('gap_ahead', models.BigIntegerField(default=0)),
                    ('priority', models.PositiveSmallIntegerField(default=500, validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='priority')),
                    ('responsible', models.CharField(blank=True, max_length=200, verbose_name='responsible')),
                    ('notes', models.TextField(blank=True, verbose_name='notes')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.workcalendar', verbose_name='calendar')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='projects.task')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='programs.program')),
                ],
            ), migrations.CreateModel(
                name='Alignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alignments', to='programs.objective')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ],
                options={
                    'verbose_name': 'alignment',
                    'verbose_name_plural': 'alignments',
                },
            ), migrations.CreateModel(
                name='Assignment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('units', models.DecimalField(decimal_places=4, default=1, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='units')),
                    ('work', models.BigIntegerField(blank=True, help_text='working minutes', null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='work')),
                    ('actual_work', models.BigIntegerField(default=0, help_text='working minutes', validators=[django.core.validators.MinValueValidator(0)], verbose_name='work done')),
                    ('delay', models.BigIntegerField(default=0, help_text='working minutes after the start of the task', verbose_name='delay')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                    ('resource', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='programs.resource')),
                ],
            ), migrations.CreateModel(
                name='Baseline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('revision', models.BigIntegerField()),
                    ('data_date', models.DateField(null=True)),
                    ('taken_at', models.DateTimeField(auto_now_add=True)),
                    ('quality_score', models.PositiveSmallIntegerField(null=True, verbose_name='quality score')),
                    ('failed_checks', models.JSONField(blank=True, default=list, verbose_name='failed checks')),
                    ('waiver', models.TextField(blank=True, verbose_name='waiver')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='baselines', to='programs.program')),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='BaselineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('revision', models.BigIntegerField()),
                    ('data_date', models.DateField(null=True)),
                    ('taken_at', models.DateTimeField(auto_now_add=True)),
                    ('quality_score', models.PositiveSmallIntegerField(null=True, verbose_name='quality score')),
                    ('failed_checks', models.JSONField(blank=True, default=list, verbose_name='failed checks')),
                    ('waiver', models.TextField(blank=True, verbose_name='waiver')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.baseline')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('taken_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='BaselineTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('task_id', models.BigIntegerField()),
                    ('project_id', models.BigIntegerField()),
                    ('parent_id', models.BigIntegerField(null=True)),
                    ('sequence', models.IntegerField()),
                    ('wbs', models.CharField(max_length=64)),
                    ('name', models.CharField(max_length=500)),
                    ('is_summary', models.BooleanField()),
                    ('is_milestone', models.BooleanField()),
                    ('start', tpm.lib.fields.WallTimeField()),
                    ('finish', tpm.lib.fields.WallTimeField()),
                    ('duration', models.BigIntegerField()),
                    ('baseline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='projects.baseline')),
                ],
            ), migrations.CreateModel(
                name='Commitment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('deliverable', models.CharField(blank=True, max_length=300, verbose_name='what is given')),
                    ('criteria', models.TextField(blank=True, verbose_name='how the taker knows that it is right')),
                    ('promised_on', models.DateField(blank=True, null=True, verbose_name='promised for')),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('delivered', 'Delivered')], default='proposed', max_length=10, verbose_name='state')),
                    ('delivered_on', models.DateField(blank=True, null=True, verbose_name='delivered on')),
                    ('giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owes it')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                    ('taker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='waits for it')),
                ],
                options={
                    'verbose_name': 'commitment',
                    'verbose_name_plural': 'commitments',
                },
            ), migrations.CreateModel(
                name='Dependency',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.SmallIntegerField(choices=[(0, 'Finish to start'), (1, 'Start to start'), (2, 'Finish to finish'), (3, 'Start to finish')], default=0, verbose_name='kind')),
                    ('lag', models.BigIntegerField(default=0, verbose_name='lag')),
                    ('lag_unit', models.SmallIntegerField(choices=[(0, 'working time'), (1, 'elapsed time'), (2, "percent of the predecessor's duration"), (3, "percent of the predecessor's duration, in elapsed time")], default=0, verbose_name='lag unit')),
                    ('predecessor_program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ],
            ), migrations.CreateModel(
                name='CommitmentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('deliverable', models.CharField(blank=True, max_length=300, verbose_name='what is given')),
                    ('criteria', models.TextField(blank=True, verbose_name='how the taker knows that it is right')),
                    ('promised_on', models.DateField(blank=True, null=True, verbose_name='promised for')),
                    ('state', models.CharField(choices=[('proposed', 'Proposed'), ('accepted', 'Accepted'), ('rejected', 'Rejected'), ('delivered', 'Delivered')], default='proposed', max_length=10, verbose_name='state')),
                    ('delivered_on', models.DateField(blank=True, null=True, verbose_name='delivered on')),
                    ('giver', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owes it')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.commitment')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('taker', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='waits for it')),
                    ('dependency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.dependency')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='commitment',
                name='dependency',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='commitment', to='projects.dependency'),
            ), migrations.CreateModel(
                name='Gate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='what it lets through')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('planned_on', models.DateField(blank=True, null=True, verbose_name='planned for')),
                    ('agreed_on', models.DateField(blank=True, null=True, verbose_name='agreed for')),
                    ('state', models.CharField(choices=[('pending', 'Not decided'), ('passed', 'Passed'), ('conditional', 'Passed with conditions'), ('held', 'Held'), ('stopped', 'Stopped')], default='pending', max_length=12, verbose_name='decision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                    ('note', models.TextField(blank=True, verbose_name='note or conditions')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gates', to='programs.program')),
                ],
                options={
                    'verbose_name': 'gate',
                    'verbose_name_plural': 'gates',
                },
            ), migrations.CreateModel(
                name='GateCriterion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('text', models.CharField(max_length=500, verbose_name='what must be met')),
                    ('state', models.CharField(choices=[('not_met', 'Not met'), ('met', 'Met'), ('waived', 'Waived')], default='not_met', max_length=8, verbose_name='state')),
                    ('reason', models.TextField(blank=True, verbose_name='evidence or reason')),
                    ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                    ('gate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='projects.gate')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                    ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
                ],
                options={
                    'verbose_name': 'gate criterion',
                    'verbose_name_plural': 'gate criteria',
                },
            ), migrations.CreateModel(
                name='GateCriterionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('text', models.CharField(max_length=500, verbose_name='what must be met')),
                    ('state', models.CharField(choices=[('not_met', 'Not met'), ('met', 'Met'), ('waived', 'Waived')], default='not_met', max_length=8, verbose_name='state')),
                    ('reason', models.TextField(blank=True, verbose_name='evidence or reason')),
                    ('settled_on', models.DateField(blank=True, null=True, verbose_name='settled on')),
                    ('gate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.gate')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.gatecriterion')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('settled_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='settled by')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=16)),
                    ('options', models.JSONField(default=dict)),
                    ('file_name', models.CharField(max_length=300)),
                    ('file_sha256', models.CharField(max_length=64)),
                    ('stored_at', models.CharField(blank=True, max_length=300)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('reading', 'Reading'), ('checked', 'Checked, nothing written yet'), ('writing', 'Writing'), ('applied', 'Applied'), ('reverted', 'Reverted'), ('refused', 'Refused')], default='waiting', max_length=12)),
                    ('progress', models.PositiveSmallIntegerField(default=0)),
                    ('counts', models.JSONField(default=dict)),
                    ('report', models.JSONField(default=list)),
                    ('message', models.TextField(blank=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('heartbeat_at', models.DateTimeField(null=True)),
                    ('change_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.changeset')),
                    ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio')),
                    ('program', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programs.program')),
                    ('reverted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.changeset')),
                    ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='LedgerEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('project_id', models.BigIntegerField(null=True)),
                    ('task_id', models.BigIntegerField(null=True)),
                    ('from_at', tpm.lib.fields.WallTimeField(null=True)),
                    ('to_at', tpm.lib.fields.WallTimeField(null=True)),
                    ('cause', models.SmallIntegerField(choices=[(projects.engine.causes.Cause['RECORD'], 'Before the record'), (projects.engine.causes.Cause['ACTUALS'], 'Actual dates and progress'), (projects.engine.causes.Cause['DATA_DATE'], 'Passing of the data date'), (projects.engine.causes.Cause['CALENDARS'], 'Calendar changed'), (projects.engine.causes.Cause['SCOPE'], 'Scope added or removed'), (projects.engine.causes.Cause['ESTIMATES'], 'Re-estimated'), (projects.engine.causes.Cause['DEPENDENCIES'], 'Dependencies changed'), (projects.engine.causes.Cause['CONSTRAINTS'], 'Constraints changed'), (projects.engine.causes.Cause['OPTIONS'], 'Schedule options changed'), (projects.engine.causes.Cause['OTHER_PROGRAM'], 'Another program'), (projects.engine.causes.Cause['UNEXPLAINED'], 'Outside the record')])),
                    ('first_revision', models.BigIntegerField()),
                    ('revision', models.BigIntegerField()),
                    ('at', models.DateTimeField()),
                    ('change_set', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.changeset')),
                    ('program', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ],
            ), migrations.CreateModel(
                name='Plan',
                fields=[
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='plan', serialize=False, to='programs.program')),
                    ('honour_constraints', models.BooleanField(default=True, verbose_name='constraint dates override links')),
                    ('progress', models.CharField(choices=[('retained_logic', 'Retained logic: remaining work waits for its predecessors'), ('progress_override', 'Progress override: remaining work goes on at the data date')], default='retained_logic', max_length=20, verbose_name='out-of-sequence work')),
                    ('critical_threshold', models.BigIntegerField(default=0, help_text='working minutes', verbose_name='critical up to this float')),
                    ('baseline_gate', models.BooleanField(default=False, verbose_name='a baseline needs a passing quality score or a written waiver')),
                    ('passing_score', models.PositiveSmallIntegerField(default=100, help_text='percent of the quality checks that apply', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='passing score')),
                    ('baseline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.baseline')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PlanEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('honour_constraints', models.BooleanField(default=True, verbose_name='constraint dates override links')),
                    ('progress', models.CharField(choices=[('retained_logic', 'Retained logic: remaining work waits for its predecessors'), ('progress_override', 'Progress override: remaining work goes on at the data date')], default='retained_logic', max_length=20, verbose_name='out-of-sequence work')),
                    ('critical_threshold', models.BigIntegerField(default=0, help_text='working minutes', verbose_name='critical up to this float')),
                    ('baseline_gate', models.BooleanField(default=False, verbose_name='a baseline needs a passing quality score or a written waiver')),
                    ('passing_score', models.PositiveSmallIntegerField(default=100, help_text='percent of the quality checks that apply', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='passing score')),
                    ('baseline', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.baseline')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.plan')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='programs.program')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Project',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='planned outcome')),
                    ('kind', models.CharField(choices=[('software', 'Software'), ('infrastructure', 'Infrastructure installation'), ('process', 'Business-process change'), ('capability', 'Organisational capability')], default='software', max_length=16, verbose_name='kind')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='not before')),
                    ('position', models.BigIntegerField(default=0)),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.workcalendar', verbose_name='calendar')),
                    ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='projects', to='programs.program')),
                ],
            ), migrations.AddField(
                model_name='gate',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='gates', to='projects.project', verbose_name='project'),
            ), migrations.CreateModel(
                name='BoardLimitsEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('waiting', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most tasks waiting')),
                    ('in_progress', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='most tasks in progress')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.boardlimits')),
                    ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='boardlimits',
                name='project',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='board_limits', to='projects.project'),
            ), migrations.CreateModel(
                name='AlignmentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('objective', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.objective')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.alignment')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='alignment',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alignments', to='projects.project'),
            ), migrations.CreateModel(
                name='ProjectEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='planned outcome')),
                    ('kind', models.CharField(choices=[('software', 'Software'), ('infrastructure', 'Infrastructure installation'), ('process', 'Business-process change'), ('capability', 'Organisational capability')], default='software', max_length=16, verbose_name='kind')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='not before')),
                    ('position', models.BigIntegerField(default=0)),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('calendar', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.workcalendar', verbose_name='calendar')),
                    ('manager', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.project')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ScenarioResult',
                fields=[
                    ('scenario', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='result', serialize=False, to='projects.scenario')),
                    ('edits', models.BigIntegerField(default=-1)),
                    ('revision', models.BigIntegerField(default=-1)),
                    ('tried_edits', models.BigIntegerField(default=-1)),
                    ('tried_revision', models.BigIntegerField(default=-1)),
                    ('problems', models.JSONField(default=list)),
                    ('figures', models.JSONField(default=dict)),
                    ('edited', models.JSONField(default=dict)),
                    ('links', models.JSONField(default=dict)),
                    ('outline', models.JSONField(null=True)),
                    ('computed_at', models.DateTimeField(null=True)),
                    ('duration_ms', models.PositiveIntegerField(null=True)),
                    ('wanted_at', models.DateTimeField(null=True)),
                    ('lease_until', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='ScenarioEdit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField()),
                    ('command', models.JSONField()),
                    ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='projects.scenario')),
                ],
            ), migrations.CreateModel(
                name='ScenarioEditEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField()),
                    ('command', models.JSONField()),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.scenarioedit')),
                    ('scenario', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.scenario')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ScenarioEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('is_shared', models.BooleanField(default=False, verbose_name='shared with all who read the plan')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('applied', 'Applied to the plan'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='state')),
                    ('based_on', models.BigIntegerField()),
                    ('edits', models.BigIntegerField(default=0)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('change_set', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activity.changeset')),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.scenario')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ScenarioTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('task_id', models.BigIntegerField()),
                    ('project_id', models.BigIntegerField()),
                    ('sequence', models.IntegerField()),
                    ('name', models.CharField(max_length=500)),
                    ('change', models.SmallIntegerField(choices=[(0, 'differs'), (1, 'added'), (2, 'deleted')])),
                    ('is_edited', models.BooleanField()),
                    ('is_listed', models.BooleanField()),
                    ('is_summary', models.BooleanField()),
                    ('is_milestone', models.BooleanField()),
                    ('start', tpm.lib.fields.WallTimeField(null=True)),
                    ('finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('late_start', tpm.lib.fields.WallTimeField(null=True)),
                    ('late_finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('duration', models.BigIntegerField(null=True)),
                    ('percent_complete', models.FloatField(null=True)),
                    ('total_float', models.BigIntegerField(null=True)),
                    ('free_float', models.BigIntegerField(null=True)),
                    ('is_critical', models.BooleanField()),
                    ('driver_task_id', models.BigIntegerField(null=True)),
                    ('finish_slip', models.BigIntegerField(null=True)),
                    ('finish_slip_days', models.BigIntegerField(null=True)),
                    ('bac', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                    ('eac', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                    ('plan_start', tpm.lib.fields.WallTimeField(null=True)),
                    ('plan_finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('plan_duration', models.BigIntegerField(null=True)),
                    ('plan_total_float', models.BigIntegerField(null=True)),
                    ('plan_is_critical', models.BooleanField()),
                    ('plan_bac', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                    ('plan_eac', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                    ('start_shift', models.BigIntegerField(null=True)),
                    ('finish_shift', models.BigIntegerField(null=True)),
                    ('scenario', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='projects.scenario')),
                ],
            ), migrations.CreateModel(
                name='TaskSchedule',
                fields=[
                    ('task', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='schedule', serialize=False, to='projects.task')),
                    ('project_id', models.BigIntegerField()),
                    ('sequence', models.IntegerField()),
                    ('depth', models.SmallIntegerField()),
                    ('wbs', models.CharField(max_length=64)),
                    ('is_summary', models.BooleanField()),
                    ('early_start', tpm.lib.fields.WallTimeField(null=True)),
                    ('early_finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('late_start', tpm.lib.fields.WallTimeField(null=True)),
                    ('late_finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('start', tpm.lib.fields.WallTimeField(null=True)),
                    ('finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('duration', models.BigIntegerField()),
                    ('percent_complete', models.FloatField()),
                    ('total_float', models.BigIntegerField(null=True)),
                    ('free_float', models.BigIntegerField(null=True)),
                    ('is_critical', models.BooleanField()),
                    ('driver_kind', models.SmallIntegerField()),
                    ('driver_task_id', models.BigIntegerField(null=True)),
                    ('driver_link_id', models.BigIntegerField(null=True)),
                    ('baseline_start', tpm.lib.fields.WallTimeField(null=True)),
                    ('baseline_finish', tpm.lib.fields.WallTimeField(null=True)),
                    ('start_slip', models.BigIntegerField(null=True)),
                    ('finish_slip', models.BigIntegerField(null=True)),
                    ('finish_slip_days', models.BigIntegerField(null=True)),
                    ('changed_at_revision', models.BigIntegerField(default=0)),
                ],
            ), migrations.AddField(
                model_name='task',
                name='project',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='projects.project'),
            ), migrations.CreateModel(
                name='GateEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='what it lets through')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='order')),
                    ('planned_on', models.DateField(blank=True, null=True, verbose_name='planned for')),
                    ('agreed_on', models.DateField(blank=True, null=True, verbose_name='agreed for')),
                    ('state', models.CharField(choices=[('pending', 'Not decided'), ('passed', 'Passed'), ('conditional', 'Passed with conditions'), ('held', 'Held'), ('stopped', 'Stopped')], default='pending', max_length=12, verbose_name='decision')),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                    ('note', models.TextField(blank=True, verbose_name='note or conditions')),
                    ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.gate')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project')),
                    ('task', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='milestone')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='gate',
                name='task',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='gates', to='projects.task', verbose_name='milestone'),
            ), migrations.CreateModel(
                name='DependencyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.SmallIntegerField(choices=[(0, 'Finish to start'), (1, 'Start to start'), (2, 'Finish to finish'), (3, 'Start to finish')], default=0, verbose_name='kind')),
                    ('lag', models.BigIntegerField(default=0, verbose_name='lag')),
                    ('lag_unit', models.SmallIntegerField(choices=[(0, 'working time'), (1, 'elapsed time'), (2, "percent of the predecessor's duration"), (3, "percent of the predecessor's duration, in elapsed time")], default=0, verbose_name='lag unit')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.dependency')),
                    ('predecessor_program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('predecessor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task')),
                    ('successor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='dependency',
                name='predecessor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='successor_links', to='projects.task'),
            ), migrations.AddField(
                model_name='dependency',
                name='successor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='predecessor_links', to='projects.task'),
            ), migrations.CreateModel(
                name='AssignmentEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('units', models.DecimalField(decimal_places=4, default=1, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='units')),
                    ('work', models.BigIntegerField(blank=True, help_text='working minutes', null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='work')),
                    ('actual_work', models.BigIntegerField(default=0, help_text='working minutes', validators=[django.core.validators.MinValueValidator(0)], verbose_name='work done')),
                    ('delay', models.BigIntegerField(default=0, help_text='working minutes after the start of the task', verbose_name='delay')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.assignment')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('resource', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.resource')),
                    ('task', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='assignment',
                name='task',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='projects.task'),
            ), migrations.CreateModel(
                name='TaskEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('position', models.BigIntegerField(default=0)),
                    ('name', models.CharField(max_length=500, verbose_name='name')),
                    ('is_milestone', models.BooleanField(default=False, verbose_name='milestone')),
                    ('duration', models.BigIntegerField(default=480, help_text='working minutes', verbose_name='duration')),
                    ('is_elapsed', models.BooleanField(default=False, verbose_name='elapsed duration')),
                    ('ignores_resource_calendars', models.BooleanField(default=False, verbose_name='works whenever its own calendar does, whoever is assigned')),
                    ('constraint', models.SmallIntegerField(choices=[(0, 'As soon as possible'), (1, 'As late as possible'), (2, 'Must start on'), (3, 'Must finish on'), (4, 'Start no earlier than'), (5, 'Start no later than'), (6, 'Finish no earlier than'), (7, 'Finish no later than')], default=0, verbose_name='constraint')),
                    ('constraint_at', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='constraint date')),
                    ('deadline', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='deadline')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('is_manual', models.BooleanField(default=False, verbose_name='manually scheduled')),
                    ('manual_start', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='manual start')),
                    ('manual_finish', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='manual finish')),
                    ('actual_start', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='actual start')),
                    ('actual_finish', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='actual finish')),
                    ('percent_complete', models.FloatField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='percent complete')),
                    ('remaining', models.BigIntegerField(blank=True, help_text='working minutes', null=True, verbose_name='remaining duration')),
                    ('resume', tpm.lib.fields.WallTimeField(blank=True, null=True, verbose_name='resumes')),
                    ('gap', models.BigIntegerField(default=0, help_text='working minutes in which nobody works', verbose_name='split')),
                    ('gap_ahead', models.BigIntegerField(default=0)),
                    ('priority', models.PositiveSmallIntegerField(default=500, validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='priority')),
                    ('responsible', models.CharField(blank=True, max_length=200, verbose_name='responsible')),
                    ('notes', models.TextField(blank=True, verbose_name='notes')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('calendar', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.workcalendar', verbose_name='calendar')),
                    ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='projects.task')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('project', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddConstraint(
                model_name='baseline',
                constraint=models.UniqueConstraint(fields=('program', 'number'), name='baseline_number_once', violation_error_message='The program has a baseline of this number already.'),
            ), migrations.AddConstraint(
                model_name='baseline',
                constraint=models.CheckConstraint(condition=models.Q(('number__lte', 10)), name='at_most_eleven_baselines', violation_error_message='A program keeps at most eleven baselines.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baseline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_baselineevent" ("data_date", "failed_checks", "id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "quality_score", "reason", "revision", "taken_at", "taken_by_id", "waiver") SELECT new_values."data_date", new_values."failed_checks", new_values."id", new_values."name", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."quality_score", new_values."reason", new_values."revision", new_values."taken_at", new_values."taken_by_id", new_values."waiver" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='19c6130f9aeab8aa24b97b013c681d473764e329', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1cfbc', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_baseline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baseline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_baselineevent" ("data_date", "failed_checks", "id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "quality_score", "reason", "revision", "taken_at", "taken_by_id", "waiver") SELECT new_values."data_date", new_values."failed_checks", new_values."id", new_values."name", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."quality_score", new_values."reason", new_values."revision", new_values."taken_at", new_values."taken_by_id", new_values."waiver" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8136cfe1d4aa6ce9366478b1a0e7df8affd3ebff', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0d185', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_baseline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baseline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_baselineevent" ("data_date", "failed_checks", "id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "quality_score", "reason", "revision", "taken_at", "taken_by_id", "waiver") SELECT old_values."data_date", old_values."failed_checks", old_values."id", old_values."name", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."quality_score", old_values."reason", old_values."revision", old_values."taken_at", old_values."taken_by_id", old_values."waiver" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8ab31178ee85013c4fb29f37f386f5b4a3918a9e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8e373', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_baseline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baselineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='118d4bc94e531136a83679bfae44994e0b969284', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7a48b', table='projects_baselineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baselineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='78f55a51c20b9459189726267c50dcc278c935af', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c4ac9', table='projects_baselineevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='baselinetask',
                constraint=models.UniqueConstraint(fields=('baseline', 'task_id'), name='baseline_task_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baselinetask',
                trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='5b86a4bc94fc1753616513fe45aef06e4cfff604', operation='UPDATE', pgid='pgtrigger_never_changed_ffa2b', table='projects_baselinetask', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baselinetask',
                trigger=pgtrigger.compiler.Trigger(name='goes_with_its_baseline', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM projects_baseline WHERE id = OLD.baseline_id) THEN RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME; END IF; RETURN OLD;", hash='9cf6cd70dbcf82a4aed301379dc8e7d2fbdeedb8', operation='DELETE', pgid='pgtrigger_goes_with_its_baseline_47d2f', table='projects_baselinetask', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='commitmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='4467842829b05eddf8ad27fd11989f9b5be0762d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bd457', table='projects_commitmentevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='commitmentevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='9445a5d63d5f3cdf3f2eb53fdf37deb522d6ae52', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_36377', table='projects_commitmentevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='commitment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('promised_on__isnull', False), _connector='OR'), name='accepted_commitment_has_date', violation_error_message='Nothing was promised yet that could be accepted.'),
            ), migrations.AddConstraint(
                model_name='commitment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivered_on__isnull', False), ('state', 'delivered')), models.Q(models.Q(('state', 'delivered'), _negated=True), ('delivered_on', None)), _connector='OR'), name='delivered_commitment_has_day', violation_error_message='What is delivered needs the day on which it was.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='commitment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_commitmentevent" ("criteria", "deliverable", "delivered_on", "dependency_id", "giver_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "promised_on", "state", "taker_id", "version") SELECT new_values."criteria", new_values."deliverable", new_values."delivered_on", new_values."dependency_id", new_values."giver_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."promised_on", new_values."state", new_values."taker_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3dc1cf49e46907f000ed0110c03f9efc3c26004e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_72193', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_commitment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='commitment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_commitmentevent" ("criteria", "deliverable", "delivered_on", "dependency_id", "giver_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "promised_on", "state", "taker_id", "version") SELECT new_values."criteria", new_values."deliverable", new_values."delivered_on", new_values."dependency_id", new_values."giver_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."promised_on", new_values."state", new_values."taker_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cae1557ce06345c419f85c8b0ca00edd6bcd534b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d6e8b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_commitment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='commitment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_commitmentevent" ("criteria", "deliverable", "delivered_on", "dependency_id", "giver_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "promised_on", "state", "taker_id", "version") SELECT old_values."criteria", old_values."deliverable", old_values."delivered_on", old_values."dependency_id", old_values."giver_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."promised_on", old_values."state", old_values."taker_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9a71bcb39fa0d00acdf596d7e193e543ca70ee45', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_514f3', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_commitment', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='gatecriterion',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waived'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='waived_criterion_says_why', violation_error_message='Say why this criterion is waived.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gatecriterion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_gatecriterionevent" ("gate_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "reason", "settled_by_id", "settled_on", "state", "text", "version") SELECT new_values."gate_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."program_id", new_values."reason", new_values."settled_by_id", new_values."settled_on", new_values."state", new_values."text", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dc92db1106b518dd6ed51b10c54a8392240ba31e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d2c84', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_gatecriterion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gatecriterion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_gatecriterionevent" ("gate_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "reason", "settled_by_id", "settled_on", "state", "text", "version") SELECT new_values."gate_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."program_id", new_values."reason", new_values."settled_by_id", new_values."settled_on", new_values."state", new_values."text", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bac1fd3e08622bacb5caac8925950b4417e9fa87', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6c85d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_gatecriterion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gatecriterion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_gatecriterionevent" ("gate_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "reason", "settled_by_id", "settled_on", "state", "text", "version") SELECT old_values."gate_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."program_id", old_values."reason", old_values."settled_by_id", old_values."settled_on", old_values."state", old_values."text", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8f99a66f58956d97dadf7098139ed234069ebf35', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_46529', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_gatecriterion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gatecriterionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='6d70f536e9853cbb9af8be98a05fac26a3aafaec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3872c', table='projects_gatecriterionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gatecriterionevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8c7b0be3296a81aae5cf03bc14722410e1fc1464', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_91657', table='projects_gatecriterionevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='ledgerentry',
                index=models.Index(fields=['program', 'task_id', 'project_id', 'id'], name='ledger_of_item'),
            ), migrations.AddIndex(
                model_name='ledgerentry',
                index=models.Index(fields=['program', 'at'], name='ledger_by_instant'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='plan',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_planevent" ("baseline_gate", "baseline_id", "critical_threshold", "honour_constraints", "passing_score", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "progress", "version") SELECT new_values."baseline_gate", new_values."baseline_id", new_values."critical_threshold", new_values."honour_constraints", new_values."passing_score", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."program_id", new_values."program_id", new_values."progress", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9d45b30f4f309adaa17cc3a0d6b63ffa2a45c7c2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e077b', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_plan', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='plan',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_planevent" ("baseline_gate", "baseline_id", "critical_threshold", "honour_constraints", "passing_score", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "progress", "version") SELECT new_values."baseline_gate", new_values."baseline_id", new_values."critical_threshold", new_values."honour_constraints", new_values."passing_score", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."program_id", new_values."program_id", new_values."progress", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."program_id") = (new_values."program_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3a9707ca004403f5c6a700015260675b3b50b8cf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3d894', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_plan', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='plan',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_planevent" ("baseline_gate", "baseline_id", "critical_threshold", "honour_constraints", "passing_score", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "progress", "version") SELECT old_values."baseline_gate", old_values."baseline_id", old_values."critical_threshold", old_values."honour_constraints", old_values."passing_score", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."program_id", old_values."program_id", old_values."progress", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='214f8c4593aa1deb05757b4ae845b39dea010277', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a183b', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_plan', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='planevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e9d72aebcfe6ea3c41bd3cc60afcd62612388ca7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a1c37', table='projects_planevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='planevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8ca8455320dde27a47528d9262c1be9a0888df6d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c3ab4', table='projects_planevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='project',
                constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('code'), models.F('program'), name='project_code_unique', violation_error_message='The program has a project with this code already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='project',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_projectevent" ("calendar_id", "code", "description", "external_key", "id", "kind", "manager_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "starts_on", "version") SELECT new_values."calendar_id", new_values."code", new_values."description", new_values."external_key", new_values."id", new_values."kind", new_values."manager_id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."program_id", new_values."starts_on", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bef7a7e22b3b3d483f9f04ebb35eeb7a806ca3c7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2e147', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_project', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='project',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_projectevent" ("calendar_id", "code", "description", "external_key", "id", "kind", "manager_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "starts_on", "version") SELECT new_values."calendar_id", new_values."code", new_values."description", new_values."external_key", new_values."id", new_values."kind", new_values."manager_id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."program_id", new_values."starts_on", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='37172683b67a0dc6e3556c4d59f740789a14c9fc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_804c3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_project', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='project',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_projectevent" ("calendar_id", "code", "description", "external_key", "id", "kind", "manager_id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "program_id", "starts_on", "version") SELECT old_values."calendar_id", old_values."code", old_values."description", old_values."external_key", old_values."id", old_values."kind", old_values."manager_id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."program_id", old_values."starts_on", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c7c134a1405ddef777d1cb532e577aea05006b60', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2192f', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_project', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='boardlimitsevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='710f7b193f9f7d97b5bb7f74676f13cd187328ea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f76e1', table='projects_boardlimitsevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='boardlimitsevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='db132894d57c8fe930451a4abca202498344526e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a219b', table='projects_boardlimitsevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='boardlimits',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_boardlimitsevent" ("id", "in_progress", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "version", "waiting") SELECT new_values."id", new_values."in_progress", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."project_id", new_values."version", new_values."waiting" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdec4d60ef48900fbd97bfd712c7e5ddca6304de', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dcfc3', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_boardlimits', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='boardlimits',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_boardlimitsevent" ("id", "in_progress", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "version", "waiting") SELECT new_values."id", new_values."in_progress", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."project_id", new_values."version", new_values."waiting" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='114221d421558f8d383d9fc60d69fd828bc77a6a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4109b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_boardlimits', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='boardlimits',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_boardlimitsevent" ("id", "in_progress", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "project_id", "version", "waiting") SELECT old_values."id", old_values."in_progress", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."project_id", old_values."version", old_values."waiting" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5679b293f60b434fbd4104d15e4b21a58638635e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ea86e', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_boardlimits', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='alignmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e2467c80fff752d1bb94a6a14222bd6883c80220', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fd859', table='projects_alignmentevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='alignmentevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2f7f6061a885109f2ad63e368c6444dabf8f6df5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2c742', table='projects_alignmentevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='alignment',
                constraint=models.UniqueConstraint(fields=('project', 'objective'), name='project_aligned_once', violation_error_message='The project is aligned to this objective already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='alignment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_alignmentevent" ("id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "version") SELECT new_values."id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='966fc93cd8e1f5b08614bde670c3fc0fbcb8588b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_eb56f', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_alignment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='alignment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_alignmentevent" ("id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "version") SELECT new_values."id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af137f1ba7c357b51df1c3101eeb73e2cf8971c1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_06825', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_alignment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='alignment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_alignmentevent" ("id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "version") SELECT old_values."id", old_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7e0b5dfc127aea5a99b1c77b17dde4a7228887b3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_904ba', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_alignment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='projectevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e55b34d6be919807be47bdecbc9f938655bbc9db', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bce67', table='projects_projectevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='projectevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='100511f17f3c9fef6583100cad55e834affd757c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_605ac', table='projects_projectevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='scenarioresult',
                index=models.Index(condition=models.Q(('wanted_at__isnull', False)), fields=['wanted_at'], name='scenario_wanted'),
            ), migrations.AddIndex(
                model_name='scenario',
                index=models.Index(fields=['program', 'state'], name='scenario_of_program'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenario',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_scenarioevent" ("based_on", "change_set_id", "created_at", "edits", "id", "is_shared", "name", "note", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "state", "version") SELECT new_values."based_on", new_values."change_set_id", new_values."created_at", new_values."edits", new_values."id", new_values."is_shared", new_values."name", new_values."note", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='503cde603f7c9a22031faf556429f3a9b8a95e33', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fba94', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_scenario', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenario',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_scenarioevent" ("based_on", "change_set_id", "created_at", "edits", "id", "is_shared", "name", "note", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "state", "version") SELECT new_values."based_on", new_values."change_set_id", new_values."created_at", new_values."edits", new_values."id", new_values."is_shared", new_values."name", new_values."note", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='75e2e4eacd8dddc1d7ab39080589dee1947f2da9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1cba7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_scenario', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenario',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_scenarioevent" ("based_on", "change_set_id", "created_at", "edits", "id", "is_shared", "name", "note", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "state", "version") SELECT old_values."based_on", old_values."change_set_id", old_values."created_at", old_values."edits", old_values."id", old_values."is_shared", old_values."name", old_values."note", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4e8f68384c619456bc1a886b641244888c6b2a04', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2dc18', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_scenario', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='scenarioedit',
                constraint=models.UniqueConstraint(fields=('scenario', 'number'), name='scenario_edit_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioedit',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_scenarioeditevent" ("command", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scenario_id", "version") SELECT new_values."command", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."scenario_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='595042882ec2b29cc135b8dd89b77f995360b266', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_20373', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_scenarioedit', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioedit',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_scenarioeditevent" ("command", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scenario_id", "version") SELECT new_values."command", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."scenario_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='753a996fef9bf874c680dd63667dda427c0ef127', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c2a0e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_scenarioedit', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioedit',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_scenarioeditevent" ("command", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scenario_id", "version") SELECT old_values."command", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."scenario_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fe76795ea4a124469fb501713252a7cd68a8402f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_860d2', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_scenarioedit', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioeditevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='80bc6a9936a9097897dfd918bec101e393616019', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36a9e', table='projects_scenarioeditevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioeditevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='d6a46de88bec26e8f03db181769eec7056f43cb6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7c18d', table='projects_scenarioeditevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='53a5d6811447ffb624c42e913c4dc071e24f87c2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_edbc1', table='projects_scenarioevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='scenarioevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='ec33345c0103ad4930dee3bd716a3233a7f1c384', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_fd8f8', table='projects_scenarioevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='scenariotask',
                constraint=models.UniqueConstraint(fields=('scenario', 'task_id'), name='scenario_task_once'),
            ), migrations.AddField(
                model_name='taskschedule',
                name='program',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddIndex(
                model_name='task',
                index=models.Index(fields=['program', 'project', 'parent', 'position'], name='task_outline'),
            ), migrations.AddIndex(
                model_name='task',
                index=models.Index(fields=['program', 'id'], name='task_by_program'),
            ), migrations.AddIndex(
                model_name='task',
                index=models.Index(condition=models.Q(('external_key', ''), _negated=True), fields=['project', 'external_key'], name='task_external_key'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('duration__gte', 0)), name='task_duration_not_negative', violation_error_message='A duration can not be negative.'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('remaining', None), ('remaining__gte', 0), _connector='OR'), name='task_remaining_not_negative', violation_error_message='Remaining work can not be negative.'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('percent_complete__range', (0, 100))), name='task_percent_in_range', violation_error_message='Percent complete lies between 0 and 100.'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('is_milestone', False), ('duration', 0), _connector='OR'), name='milestone_has_no_duration', violation_error_message='A milestone has no duration.'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('constraint__in', (0, 1)), ('constraint_at__isnull', False), _connector='OR'), name='task_constraint_has_date', violation_error_message='This kind of constraint needs a date.'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('actual_finish', None), models.Q(('actual_finish__gte', models.F('actual_start')), ('actual_start__isnull', False)), _connector='OR'), name='task_finishes_after_it_starts', violation_error_message='A task can not finish before it started.'),
            ), migrations.AddConstraint(
                model_name='task',
                constraint=models.CheckConstraint(condition=models.Q(('parent', None), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='task_is_not_its_own_parent', violation_error_message='A task can not be put below itself.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='task',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_taskevent" ("actual_finish", "actual_start", "calendar_id", "constraint", "constraint_at", "deadline", "duration", "external_key", "gap", "gap_ahead", "id", "ignores_resource_calendars", "is_active", "is_elapsed", "is_manual", "is_milestone", "manual_finish", "manual_start", "name", "notes", "parent_id", "percent_complete", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority", "program_id", "project_id", "remaining", "responsible", "resume", "version") SELECT new_values."actual_finish", new_values."actual_start", new_values."calendar_id", new_values."constraint", new_values."constraint_at", new_values."deadline", new_values."duration", new_values."external_key", new_values."gap", new_values."gap_ahead", new_values."id", new_values."ignores_resource_calendars", new_values."is_active", new_values."is_elapsed", new_values."is_manual", new_values."is_milestone", new_values."manual_finish", new_values."manual_start", new_values."name", new_values."notes", new_values."parent_id", new_values."percent_complete", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."priority", new_values."program_id", new_values."project_id", new_values."remaining", new_values."responsible", new_values."resume", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c5b18cf8ecdd1ee98b3afdcf89102d9ee3852434', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aa5e3', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_task', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='task',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_taskevent" ("actual_finish", "actual_start", "calendar_id", "constraint", "constraint_at", "deadline", "duration", "external_key", "gap", "gap_ahead", "id", "ignores_resource_calendars", "is_active", "is_elapsed", "is_manual", "is_milestone", "manual_finish", "manual_start", "name", "notes", "parent_id", "percent_complete", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority", "program_id", "project_id", "remaining", "responsible", "resume", "version") SELECT new_values."actual_finish", new_values."actual_start", new_values."calendar_id", new_values."constraint", new_values."constraint_at", new_values."deadline", new_values."duration", new_values."external_key", new_values."gap", new_values."gap_ahead", new_values."id", new_values."ignores_resource_calendars", new_values."is_active", new_values."is_elapsed", new_values."is_manual", new_values."is_milestone", new_values."manual_finish", new_values."manual_start", new_values."name", new_values."notes", new_values."parent_id", new_values."percent_complete", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."priority", new_values."program_id", new_values."project_id", new_values."remaining", new_values."responsible", new_values."resume", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0e4c2052582cd808541b0bd438939080031a5088', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e7492', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_task', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='task',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_taskevent" ("actual_finish", "actual_start", "calendar_id", "constraint", "constraint_at", "deadline", "duration", "external_key", "gap", "gap_ahead", "id", "ignores_resource_calendars", "is_active", "is_elapsed", "is_manual", "is_milestone", "manual_finish", "manual_start", "name", "notes", "parent_id", "percent_complete", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "priority", "program_id", "project_id", "remaining", "responsible", "resume", "version") SELECT old_values."actual_finish", old_values."actual_start", old_values."calendar_id", old_values."constraint", old_values."constraint_at", old_values."deadline", old_values."duration", old_values."external_key", old_values."gap", old_values."gap_ahead", old_values."id", old_values."ignores_resource_calendars", old_values."is_active", old_values."is_elapsed", old_values."is_manual", old_values."is_milestone", old_values."manual_finish", old_values."manual_start", old_values."name", old_values."notes", old_values."parent_id", old_values."percent_complete", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."priority", old_values."program_id", old_values."project_id", old_values."remaining", old_values."responsible", old_values."resume", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7574068700f857b65047ca348bac07531db82602', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e973b', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_task', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='a235a3b18752eba24be5ae5d39e7e39f56d19773', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_986de', table='projects_gateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gateevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='3754bd691498a53f0d2b5a40ccf918a026b7ed8b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b7db0', table='projects_gateevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='gate',
                index=models.Index(fields=['program', 'project', 'position'], name='gate_order'),
            ), migrations.AddConstraint(
                model_name='gate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('decided_on__isnull', False)), _connector='OR'), name='decided_gate_has_day', violation_error_message='A decision needs the day on which it was made.'),
            ), migrations.AddConstraint(
                model_name='gate',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ('pending', 'passed')), models.Q(('note', ''), _negated=True), _connector='OR'), name='gate_decision_says_why', violation_error_message='Say what the conditions are, or why it is held or stopped.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_gateevent" ("agreed_on", "decided_by_id", "decided_on", "description", "id", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "position", "program_id", "project_id", "state", "task_id", "version") SELECT new_values."agreed_on", new_values."decided_by_id", new_values."decided_on", new_values."description", new_values."id", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."planned_on", new_values."position", new_values."program_id", new_values."project_id", new_values."state", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4c51cbaf11422464f6f29bebf397827231f01bc0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3f1eb', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_gate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_gateevent" ("agreed_on", "decided_by_id", "decided_on", "description", "id", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "position", "program_id", "project_id", "state", "task_id", "version") SELECT new_values."agreed_on", new_values."decided_by_id", new_values."decided_on", new_values."description", new_values."id", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."planned_on", new_values."position", new_values."program_id", new_values."project_id", new_values."state", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fd163fb19360e3b467ea7ec018a88e9fc135a58a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_96936', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_gate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='gate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_gateevent" ("agreed_on", "decided_by_id", "decided_on", "description", "id", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "position", "program_id", "project_id", "state", "task_id", "version") SELECT old_values."agreed_on", old_values."decided_by_id", old_values."decided_on", old_values."description", old_values."id", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."planned_on", old_values."position", old_values."program_id", old_values."project_id", old_values."state", old_values."task_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0ce6a5d7358e993351509616a991ee4e9b5daca7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_76e49', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_gate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='dependencyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='625b914fe7dabc2ef76ffacec9ec3fbf65f7d4a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0f16', table='projects_dependencyevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='dependencyevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='784fdcf9209397c4be4153dce035ba7adf69d243', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2e540', table='projects_dependencyevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='dependency',
                index=models.Index(condition=models.Q(('predecessor_program', models.F('program')), _negated=True), fields=['predecessor_program', 'program'], name='dependency_crosses_programs'),
            ), migrations.AddConstraint(
                model_name='dependency',
                constraint=models.UniqueConstraint(fields=('predecessor', 'successor', 'kind'), name='one_link_of_a_kind_between_two_tasks', violation_error_message='These two tasks are linked in this way already.'),
            ), migrations.AddConstraint(
                model_name='dependency',
                constraint=models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='task_does_not_follow_itself', violation_error_message='A task can not follow itself.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='dependency',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_dependencyevent" ("id", "kind", "lag", "lag_unit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "predecessor_program_id", "program_id", "successor_id", "version") SELECT new_values."id", new_values."kind", new_values."lag", new_values."lag_unit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."predecessor_program_id", new_values."program_id", new_values."successor_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6836cd239b4abf85f368524561df6bf81c742549', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d1027', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_dependency', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='dependency',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_dependencyevent" ("id", "kind", "lag", "lag_unit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "predecessor_program_id", "program_id", "successor_id", "version") SELECT new_values."id", new_values."kind", new_values."lag", new_values."lag_unit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."predecessor_program_id", new_values."program_id", new_values."successor_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed5cd65f9c8aaa07ffae8333e869811b6cca5bfd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fa123', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_dependency', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='dependency',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_dependencyevent" ("id", "kind", "lag", "lag_unit", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "predecessor_program_id", "program_id", "successor_id", "version") SELECT old_values."id", old_values."kind", old_values."lag", old_values."lag_unit", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."predecessor_id", old_values."predecessor_program_id", old_values."program_id", old_values."successor_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='61f01dcf9368841f332c9481575fa6c31f041556', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1ecca', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_dependency', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='assignmentevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b711031a6d6f7698a95445ddc9b4f3f52b39bfcc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a068', table='projects_assignmentevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='assignmentevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e9bf4de36b9f3968b415a84706b12d9894735ea0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_80dd3', table='projects_assignmentevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='assignment',
                index=models.Index(fields=['program', 'resource'], name='assignment_by_resource'),
            ), migrations.AddConstraint(
                model_name='assignment',
                constraint=models.UniqueConstraint(fields=('task', 'resource'), name='assigned_once', violation_error_message='The resource is assigned to this task already.'),
            ), migrations.AddConstraint(
                model_name='assignment',
                constraint=models.CheckConstraint(condition=models.Q(('units__gte', 0)), name='assignment_units_not_negative', violation_error_message='Units are zero or more.'),
            ), migrations.AddConstraint(
                model_name='assignment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('work', None), ('work__gte', 0), _connector='OR'), ('actual_work__gte', 0)), name='assigned_work_not_negative', violation_error_message='Work can not be negative.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='assignment',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_assignmentevent" ("actual_work", "delay", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "resource_id", "task_id", "units", "version", "work") SELECT new_values."actual_work", new_values."delay", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."resource_id", new_values."task_id", new_values."units", new_values."version", new_values."work" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='831c92078f88c0610e7716ecb1d35ab779bfc74d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3b084', referencing='REFERENCING NEW TABLE AS new_values ', table='projects_assignment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='assignment',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_assignmentevent" ("actual_work", "delay", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "resource_id", "task_id", "units", "version", "work") SELECT new_values."actual_work", new_values."delay", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."resource_id", new_values."task_id", new_values."units", new_values."version", new_values."work" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='868fc89578aa4e89ad59e30b0d9f532ec8b263d4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_848c4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='projects_assignment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='assignment',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "projects_assignmentevent" ("actual_work", "delay", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "resource_id", "task_id", "units", "version", "work") SELECT old_values."actual_work", old_values."delay", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."resource_id", old_values."task_id", old_values."units", old_values."version", old_values."work" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4d18786bee904081ec3ab710ba5323ac0d11dfeb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1bcc9', referencing='REFERENCING OLD TABLE AS old_values ', table='projects_assignment', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='c281684e1bd22f59718d22c4b1393d9a7d80b1a4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d3f41', table='projects_taskevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='d14a222d592dc89b2dcb4c15e03194fb6f062c30', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_725c4', table='projects_taskevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='taskschedule',
                index=models.Index(fields=['program', 'sequence'], name='schedule_outline'),
            ), migrations.AddIndex(
                model_name='taskschedule',
                index=models.Index(fields=['project_id'], name='schedule_by_project'),
            )],
        ),
        # Half-empty pages: a row that is published anew fits beside its old version, and no index needs touching.
        migrations.RunSQL(
            sql='ALTER TABLE projects_taskschedule SET (fillfactor = 50)',
            reverse_sql='ALTER TABLE projects_taskschedule RESET (fillfactor)',
        ),
    ]
