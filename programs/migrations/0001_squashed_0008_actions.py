import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import programs.models.calendars
import programs.models.programs
import programs.models.resources
import tpm.lib.migrating
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as they are after the migrations that it replaces, created at once."""

    replaces = [
        ('programs', '0001_initial'),
        ('programs', '0002_say_what_is_wrong'),
        ('programs', '0003_report_supersedes'),
        ('programs', '0004_lean_result_tables'),
        ('programs', '0005_resources'),
        ('programs', '0006_kpi_values'),
        ('programs', '0007_objectives'),
        ('programs', '0008_actions'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        tpm.lib.migrating.CreateAtOnce(
            operations=[migrations.CreateModel(
                name='CalendarException',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                    ('first_on', models.DateField(verbose_name='first day')),
                    ('last_on', models.DateField(verbose_name='last day')),
                    ('intervals', models.JSONField(blank=True, default=list, validators=[programs.models.calendars.working_day], verbose_name='hours')),
                ],
            ), migrations.CreateModel(
                name='KeyResult',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=300, verbose_name='key result')),
                    ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                    ('start', models.DecimalField(decimal_places=6, default=0, max_digits=24, verbose_name='start value')),
                    ('target', models.DecimalField(decimal_places=6, max_digits=24, verbose_name='target')),
                    ('current', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='present value')),
                    ('measured_on', models.DateField(blank=True, null=True, verbose_name='measured on')),
                ],
                options={
                    'verbose_name': 'key result',
                    'verbose_name_plural': 'key results',
                },
            ), migrations.CreateModel(
                name='Kpi',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('category', models.CharField(blank=True, max_length=200, verbose_name='category')),
                    ('description', models.TextField(verbose_name='description')),
                    ('result', models.CharField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('open', 'Open')], default='open', max_length=8, verbose_name='result')),
                    ('unit', models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='unit')),
                    ('higher_is_better', models.BooleanField(db_default=True, default=True, verbose_name='higher is better')),
                    ('target', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='target')),
                    ('watch_at', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='watch beyond')),
                    ('bad_at', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='bad beyond')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
            ), migrations.CreateModel(
                name='PastReading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('project_id', models.BigIntegerField(default=0)),
                    ('key', models.CharField(max_length=64)),
                    ('value', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                    ('text', models.CharField(blank=True, max_length=64)),
                    ('revision', models.BigIntegerField()),
                    ('data_date', models.DateField()),
                ],
            ), migrations.CreateModel(
                name='PortfolioEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='description')),
                    ('currency', models.CharField(default='EUR', max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Program',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.CharField(max_length=40, verbose_name='code')),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='description')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, validators=[programs.models.programs.known_time_zone], verbose_name='time zone')),
                    ('starts_on', models.DateField(verbose_name='start')),
                    ('data_date', models.DateField(blank=True, null=True, verbose_name='data date')),
                    ('sponsor_note', models.CharField(blank=True, max_length=200, verbose_name='sponsor')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
            ), migrations.CreateModel(
                name='ProgramEvent',
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
                    ('description', models.TextField(blank=True, verbose_name='description')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, validators=[programs.models.programs.known_time_zone], verbose_name='time zone')),
                    ('starts_on', models.DateField(verbose_name='start')),
                    ('data_date', models.DateField(blank=True, null=True, verbose_name='data date')),
                    ('sponsor_note', models.CharField(blank=True, max_length=200, verbose_name='sponsor')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='RagPolicy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(default='Standard', max_length=100, verbose_name='name')),
                    ('number', models.PositiveIntegerField(default=1)),
                    ('thresholds', models.JSONField(blank=True, default=dict)),
                ],
            ), migrations.CreateModel(
                name='RagPolicyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(default='Standard', max_length=100, verbose_name='name')),
                    ('number', models.PositiveIntegerField(default=1)),
                    ('thresholds', models.JSONField(blank=True, default=dict)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('project_id', models.BigIntegerField(default=0)),
                    ('key', models.CharField(max_length=64)),
                    ('value', models.DecimalField(decimal_places=6, max_digits=24, null=True)),
                    ('text', models.CharField(blank=True, max_length=64)),
                    ('revision', models.BigIntegerField()),
                ],
            ), migrations.CreateModel(
                name='Resource',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('code', models.CharField(blank=True, max_length=100, verbose_name='code')),
                    ('initials', models.CharField(blank=True, max_length=40, verbose_name='initials')),
                    ('kind', models.CharField(choices=[('work', 'Work (people, roles, machines)'), ('material', 'Material'), ('cost', 'Expense')], default='work', max_length=8, verbose_name='kind')),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role or skill')),
                    ('team', models.CharField(blank=True, max_length=200, verbose_name='team')),
                    ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('max_units', models.DecimalField(decimal_places=4, default=1, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='units available')),
                    ('availability', models.JSONField(blank=True, default=list, validators=[programs.models.resources.availability_periods], verbose_name='availability by period')),
                    ('is_generic', models.BooleanField(default=False, verbose_name='stands for a role, not for a person')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('notes', models.TextField(blank=True, verbose_name='notes')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
            ), migrations.CreateModel(
                name='ResourceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('code', models.CharField(blank=True, max_length=100, verbose_name='code')),
                    ('initials', models.CharField(blank=True, max_length=40, verbose_name='initials')),
                    ('kind', models.CharField(choices=[('work', 'Work (people, roles, machines)'), ('material', 'Material'), ('cost', 'Expense')], default='work', max_length=8, verbose_name='kind')),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role or skill')),
                    ('team', models.CharField(blank=True, max_length=200, verbose_name='team')),
                    ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('max_units', models.DecimalField(decimal_places=4, default=1, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='units available')),
                    ('availability', models.JSONField(blank=True, default=list, validators=[programs.models.resources.availability_periods], verbose_name='availability by period')),
                    ('is_generic', models.BooleanField(default=False, verbose_name='stands for a role, not for a person')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('notes', models.TextField(blank=True, verbose_name='notes')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='StatusReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField()),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('data_date', models.DateField(verbose_name='data date')),
                    ('headline', models.TextField(blank=True, verbose_name='headline')),
                    ('achievements', models.TextField(blank=True, verbose_name='what was achieved')),
                    ('outlook', models.TextField(blank=True, verbose_name='what comes next')),
                    ('decisions', models.TextField(blank=True, verbose_name='decisions asked of the committee')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=12)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('revision', models.BigIntegerField(blank=True, null=True)),
                    ('content', models.JSONField(blank=True, null=True)),
                    ('content_sha256', models.CharField(blank=True, max_length=64)),
                ],
            ), migrations.CreateModel(
                name='StatusReportEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField()),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('data_date', models.DateField(verbose_name='data date')),
                    ('headline', models.TextField(blank=True, verbose_name='headline')),
                    ('achievements', models.TextField(blank=True, verbose_name='what was achieved')),
                    ('outlook', models.TextField(blank=True, verbose_name='what comes next')),
                    ('decisions', models.TextField(blank=True, verbose_name='decisions asked of the committee')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=12)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                    ('published_at', models.DateTimeField(blank=True, null=True)),
                    ('revision', models.BigIntegerField(blank=True, null=True)),
                    ('content', models.JSONField(blank=True, null=True)),
                    ('content_sha256', models.CharField(blank=True, max_length=64)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='WorkCalendar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('week', models.JSONField(default=programs.models.calendars.standard_week, validators=[programs.models.calendars.working_week], verbose_name='working week')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
            ), migrations.CreateModel(
                name='WorkCalendarEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('week', models.JSONField(default=programs.models.calendars.standard_week, validators=[programs.models.calendars.working_week], verbose_name='working week')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Action',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('project_id', models.BigIntegerField(blank=True, null=True, verbose_name='project')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=300, verbose_name='what is to be done')),
                    ('detail', models.TextField(blank=True, verbose_name='detail')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('in_progress', 'In progress'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=12, verbose_name='state')),
                    ('priority', models.PositiveSmallIntegerField(choices=[(1, 'High'), (2, 'Medium'), (3, 'Low')], default=2, verbose_name='priority')),
                    ('origin_kind', models.CharField(blank=True, editable=False, max_length=24)),
                    ('origin_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                    ('raised_at', models.DateTimeField(auto_now_add=True, verbose_name='raised')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                    ('outcome', models.TextField(blank=True, verbose_name='what came of it')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('raised_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by')),
                ],
                options={
                    'verbose_name': 'action',
                    'verbose_name_plural': 'actions',
                },
            ), migrations.CreateModel(
                name='ActionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('project_id', models.BigIntegerField(blank=True, null=True, verbose_name='project')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=300, verbose_name='what is to be done')),
                    ('detail', models.TextField(blank=True, verbose_name='detail')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('in_progress', 'In progress'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=12, verbose_name='state')),
                    ('priority', models.PositiveSmallIntegerField(choices=[(1, 'High'), (2, 'Medium'), (3, 'Low')], default=2, verbose_name='priority')),
                    ('origin_kind', models.CharField(blank=True, editable=False, max_length=24)),
                    ('origin_id', models.BigIntegerField(blank=True, editable=False, null=True)),
                    ('raised_at', models.DateTimeField(auto_now_add=True, verbose_name='raised')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed on')),
                    ('outcome', models.TextField(blank=True, verbose_name='what came of it')),
                    ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.action')),
                    ('raised_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='raised by')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CalendarExceptionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                    ('first_on', models.DateField(verbose_name='first day')),
                    ('last_on', models.DateField(verbose_name='last day')),
                    ('intervals', models.JSONField(blank=True, default=list, validators=[programs.models.calendars.working_day], verbose_name='hours')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.calendarexception')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Favourite',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='favourites', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='Grant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('role', models.CharField(choices=[('PO', 'Portfolio owner'), ('ES', 'Executive sponsor'), ('SC', 'Steering committee'), ('TPM', 'Technical program manager'), ('PM', 'Project manager'), ('CO', 'Contributor'), ('FC', 'Finance controller'), ('AU', 'Auditor'), ('SV', 'Stakeholder'), ('SA', 'Service account')], max_length=3, verbose_name='role')),
                    ('project_id', models.BigIntegerField(blank=True, null=True)),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='KpiEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('category', models.CharField(blank=True, max_length=200, verbose_name='category')),
                    ('description', models.TextField(verbose_name='description')),
                    ('result', models.CharField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('open', 'Open')], default='open', max_length=8, verbose_name='result')),
                    ('unit', models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='unit')),
                    ('higher_is_better', models.BooleanField(db_default=True, default=True, verbose_name='higher is better')),
                    ('target', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='target')),
                    ('watch_at', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='watch beyond')),
                    ('bad_at', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='bad beyond')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.kpi')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='KpiValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('measured_on', models.DateField(verbose_name='measured on')),
                    ('value', models.DecimalField(decimal_places=6, max_digits=24, verbose_name='value')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('kpi', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='programs.kpi')),
                ],
            ), migrations.CreateModel(
                name='KpiValueEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('measured_on', models.DateField(verbose_name='measured on')),
                    ('value', models.DecimalField(decimal_places=6, max_digits=24, verbose_name='value')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('kpi', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.kpi')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.kpivalue')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Objective',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=300, verbose_name='objective')),
                    ('description', models.TextField(blank=True, verbose_name='why it matters')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('reached', 'Reached'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='state')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ],
                options={
                    'verbose_name': 'objective',
                    'verbose_name_plural': 'objectives',
                },
            ), migrations.CreateModel(
                name='KeyResultEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=300, verbose_name='key result')),
                    ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                    ('start', models.DecimalField(decimal_places=6, default=0, max_digits=24, verbose_name='start value')),
                    ('target', models.DecimalField(decimal_places=6, max_digits=24, verbose_name='target')),
                    ('current', models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name='present value')),
                    ('measured_on', models.DateField(blank=True, null=True, verbose_name='measured on')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.keyresult')),
                    ('objective', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.objective')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='keyresult',
                name='objective',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='programs.objective'),
            ), migrations.CreateModel(
                name='Portfolio',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('description', models.TextField(blank=True, verbose_name='description')),
                    ('currency', models.CharField(default='EUR', max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='portfolio_name_unique', violation_error_message='There is a portfolio of this name already.')],
                },
            ), migrations.CreateModel(
                name='ObjectiveEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=300, verbose_name='objective')),
                    ('description', models.TextField(blank=True, verbose_name='why it matters')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('reached', 'Reached'), ('dropped', 'Dropped')], default='open', max_length=8, verbose_name='state')),
                    ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.objective')),
                    ('portfolio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='objective',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='programs.portfolio'),
            ), migrations.CreateModel(
                name='GrantEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('role', models.CharField(choices=[('PO', 'Portfolio owner'), ('ES', 'Executive sponsor'), ('SC', 'Steering committee'), ('TPM', 'Technical program manager'), ('PM', 'Project manager'), ('CO', 'Contributor'), ('FC', 'Finance controller'), ('AU', 'Auditor'), ('SV', 'Stakeholder'), ('SA', 'Service account')], max_length=3, verbose_name='role')),
                    ('project_id', models.BigIntegerField(blank=True, null=True)),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.grant')),
                    ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('portfolio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='grant',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='programs.portfolio'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='portfolio',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_portfolioevent" ("currency", "description", "external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."currency", new_values."description", new_values."external_key", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5528259de134bb0e5f58cdde8f3a92a1b5a96f80', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0c0cf', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_portfolio', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='portfolio',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_portfolioevent" ("currency", "description", "external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."currency", new_values."description", new_values."external_key", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9dbd111edbcbe62f12c3d5ef63e854a2f0ebf1d9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5092f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_portfolio', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='portfolio',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_portfolioevent" ("currency", "description", "external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."currency", old_values."description", old_values."external_key", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5da9c42757285f6588e42250b8a03267b9d4ebd7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_193ed', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_portfolio', when='AFTER')),
            ), migrations.AddField(
                model_name='portfolioevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.portfolio'),
            ), migrations.CreateModel(
                name='RecomputeState',
                fields=[
                    ('program', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='computation', serialize=False, to='programs.program')),
                    ('input_revision', models.BigIntegerField(default=0)),
                    ('computed_revision', models.BigIntegerField(default=0)),
                    ('requested_at', models.DateTimeField(null=True)),
                    ('pending_since', models.DateTimeField(null=True)),
                    ('lease_token', models.BigIntegerField(default=0)),
                    ('lease_owner', models.CharField(blank=True, max_length=120)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_attempt_at', models.DateTimeField(null=True)),
                    ('error_code', models.CharField(blank=True, max_length=64)),
                    ('error_message', models.TextField(blank=True)),
                    ('error_at', models.DateTimeField(null=True)),
                    ('computed_at', models.DateTimeField(null=True)),
                    ('duration_ms', models.PositiveIntegerField(null=True)),
                    ('engine_ms', models.FloatField(null=True)),
                    ('computations', models.BigIntegerField(default=0)),
                ],
            ), migrations.AddField(
                model_name='program',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programs', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='pastreading',
                name='program',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='objectiveevent',
                name='program',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='objective',
                name='program',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='programs.program'),
            ), migrations.AddField(
                model_name='kpievent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='kpi',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kpis', to='programs.program'),
            ), migrations.AddField(
                model_name='grantevent',
                name='program',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='grant',
                name='program',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='programs.program'),
            ), migrations.AddField(
                model_name='favourite',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='actionevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='action',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='programs.program'),
            ), migrations.AddField(
                model_name='programevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.program'),
            ), migrations.AddField(
                model_name='programevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='ragpolicy',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rag_policies', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='ragpolicyevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.ragpolicy'),
            ), migrations.AddField(
                model_name='ragpolicyevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='reading',
                name='program',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='resource',
                name='person',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ), migrations.AddField(
                model_name='resource',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resources', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='resource',
                name='program',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_resources', to='programs.program'),
            ), migrations.AddField(
                model_name='resourceevent',
                name='person',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person'),
            ), migrations.AddField(
                model_name='resourceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.resource'),
            ), migrations.AddField(
                model_name='resourceevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='resourceevent',
                name='program',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='statusreport',
                name='composed_by',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='statusreport',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programs.program'),
            ), migrations.AddField(
                model_name='statusreport',
                name='published_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='statusreport',
                name='supersedes',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='programs.statusreport', verbose_name='corrects'),
            ), migrations.AddField(
                model_name='statusreportevent',
                name='composed_by',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='statusreportevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.statusreport'),
            ), migrations.AddField(
                model_name='statusreportevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='statusreportevent',
                name='published_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='statusreportevent',
                name='supersedes',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.statusreport', verbose_name='corrects'),
            ), migrations.AddField(
                model_name='workcalendar',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendars', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='workcalendar',
                name='program',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='own_calendars', to='programs.program'),
            ), migrations.AddField(
                model_name='resourceevent',
                name='calendar',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.workcalendar', verbose_name='calendar'),
            ), migrations.AddField(
                model_name='resource',
                name='calendar',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.workcalendar', verbose_name='calendar'),
            ), migrations.AddField(
                model_name='programevent',
                name='calendar',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.workcalendar', verbose_name='calendar'),
            ), migrations.AddField(
                model_name='program',
                name='calendar',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.workcalendar', verbose_name='calendar'),
            ), migrations.AddField(
                model_name='calendarexceptionevent',
                name='calendar',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.workcalendar'),
            ), migrations.AddField(
                model_name='calendarexception',
                name='calendar',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='programs.workcalendar'),
            ), migrations.AddField(
                model_name='workcalendarevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='programs.workcalendar'),
            ), migrations.AddField(
                model_name='workcalendarevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='workcalendarevent',
                name='program',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddConstraint(
                model_name='kpivalue',
                constraint=models.UniqueConstraint(fields=('kpi', 'measured_on'), name='kpi_value_once_a_day', violation_error_message='There is a value of this day already. Change that one.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpivalue',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_kpivalueevent" ("id", "kpi_id", "measured_on", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") SELECT new_values."id", new_values."kpi_id", new_values."measured_on", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='634ff1ea26b14ed450770d9fb002bf10b41fd19c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6169b', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_kpivalue', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpivalue',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_kpivalueevent" ("id", "kpi_id", "measured_on", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") SELECT new_values."id", new_values."kpi_id", new_values."measured_on", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c8ea380fe8b08ffc06be61819a70c60cc150e86f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d3e2d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_kpivalue', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpivalue',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_kpivalueevent" ("id", "kpi_id", "measured_on", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "version") SELECT old_values."id", old_values."kpi_id", old_values."measured_on", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."value", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fde0dcc4a6f304b8af239acafe15a4af59cf4e7b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_656cb', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_kpivalue', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpivalueevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='30dae1c846d393c5913ac83a7a698170afddd448', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_432aa', table='programs_kpivalueevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpivalueevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8043d64e0c9d5278c086663536fbfc59a76d3221', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7684e', table='programs_kpivalueevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='keyresultevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='0005c05ae2c26e37713c4657ca5b1aa664c42b9f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cfd5a', table='programs_keyresultevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='keyresultevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e1a6e7219bcbc0eccc9114e7471b1ccd7a98e40e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a66b2', table='programs_keyresultevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='keyresult',
                constraint=models.CheckConstraint(condition=models.Q(('start', models.F('target')), _negated=True), name='key_result_leads_somewhere', violation_error_message='Start value and target are the same: there is nothing to reach.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='keyresult',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_keyresultevent" ("current", "id", "measured_on", "name", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "target", "unit", "version") SELECT new_values."current", new_values."id", new_values."measured_on", new_values."name", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."start", new_values."target", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3c30773b4e24c2127b6bf2f00d6be0ec17e445eb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0a162', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_keyresult', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='keyresult',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_keyresultevent" ("current", "id", "measured_on", "name", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "target", "unit", "version") SELECT new_values."current", new_values."id", new_values."measured_on", new_values."name", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."start", new_values."target", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a47dd145084e5468e2e83b7e928e4fee7ef7ac81', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4aa47', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_keyresult', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='keyresult',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_keyresultevent" ("current", "id", "measured_on", "name", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "start", "target", "unit", "version") SELECT old_values."current", old_values."id", old_values."measured_on", old_values."name", old_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."start", old_values."target", old_values."unit", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c85813d0d092bbab1d427acadba491e5948a3c39', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ebb3e', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_keyresult', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='portfolioevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='bc32e304cf5e97e9675cdb50732c9d348db05c62', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73cc8', table='programs_portfolioevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='portfolioevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2c09726d1210f81b0478e239687708a1c273cd20', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4a116', table='programs_portfolioevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='recomputestate',
                index=models.Index(condition=models.Q(('computed_revision__lt', models.F('input_revision'))), fields=['next_attempt_at'], name='recompute_pending'),
            ), migrations.AddConstraint(
                model_name='recomputestate',
                constraint=models.CheckConstraint(condition=models.Q(('computed_revision__lte', models.F('input_revision'))), name='computed_not_ahead_of_input'),
            ), migrations.AddConstraint(
                model_name='pastreading',
                constraint=models.UniqueConstraint(fields=('program', 'project_id', 'key', 'data_date'), name='past_reading_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objectiveevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='6f2ece5b6b13d2ffb1fd516bd9200434be2d45d9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c64d', table='programs_objectiveevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objectiveevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2cae95ac0095dc98b7de8f6cd3908dd04cb4898f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7d6db', table='programs_objectiveevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='objective',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='objective_ends_after_it_starts', violation_error_message='An objective can not end before it starts.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objective',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_objectiveevent" ("description", "ends_on", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "starts_on", "state", "version") SELECT new_values."description", new_values."ends_on", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."starts_on", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='95e8b73901b3dcb95659716be323cc59683e9c51', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6acd1', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_objective', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objective',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_objectiveevent" ("description", "ends_on", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "starts_on", "state", "version") SELECT new_values."description", new_values."ends_on", new_values."id", new_values."name", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."starts_on", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='53775d359a266292a39f9578ee490e2652b4c6b0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1ba72', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_objective', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='objective',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_objectiveevent" ("description", "ends_on", "id", "name", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "starts_on", "state", "version") SELECT old_values."description", old_values."ends_on", old_values."id", old_values."name", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."program_id", old_values."starts_on", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6c91bcfae47c943a943b86e43323d7642ac0a60c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ce504', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_objective', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpievent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='423116e35d5edfb4c17c1e16dbef46e0847d5eda', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_87fbd', table='programs_kpievent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpievent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e0aa8116474ff1fef7a65345120d53e846766268', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bd9ae', table='programs_kpievent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='kpi',
                constraint=models.CheckConstraint(condition=models.Q(('watch_at', None), ('bad_at', None), models.Q(('bad_at__lte', models.F('watch_at')), ('higher_is_better', True)), models.Q(('bad_at__gte', models.F('watch_at')), ('higher_is_better', False)), _connector='OR'), name='kpi_thresholds_fit', violation_error_message='The threshold of “bad” is milder than that of “watch”.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpi',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_kpievent" ("bad_at", "category", "description", "external_key", "higher_is_better", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "result", "target", "unit", "version", "watch_at") SELECT new_values."bad_at", new_values."category", new_values."description", new_values."external_key", new_values."higher_is_better", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."result", new_values."target", new_values."unit", new_values."version", new_values."watch_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a55bc9b75b0a81e3dcc658c6eb4e12a065abec6e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3897c', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_kpi', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpi',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_kpievent" ("bad_at", "category", "description", "external_key", "higher_is_better", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "result", "target", "unit", "version", "watch_at") SELECT new_values."bad_at", new_values."category", new_values."description", new_values."external_key", new_values."higher_is_better", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."result", new_values."target", new_values."unit", new_values."version", new_values."watch_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2bc2240991c12e8bd1b97b927975b15084a0085d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_93e91', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_kpi', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='kpi',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_kpievent" ("bad_at", "category", "description", "external_key", "higher_is_better", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "result", "target", "unit", "version", "watch_at") SELECT old_values."bad_at", old_values."category", old_values."description", old_values."external_key", old_values."higher_is_better", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."result", old_values."target", old_values."unit", old_values."version", old_values."watch_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bc11d50035459c32e03d86d8f42de7f6e09e7a4a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_16e43', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_kpi', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='grantevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='fd0d5749d59aed0a71101890146e0e63dcf9259b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5177f', table='programs_grantevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='grantevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b5e38995e7b9fd8c100220cd4a8bdaf62a695d00', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_9bf44', table='programs_grantevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='grant',
                constraint=models.UniqueConstraint(fields=('user', 'role', 'portfolio', 'program', 'project_id'), name='grant_once', nulls_distinct=False, violation_error_message='The person holds this role here already.'),
            ), migrations.AddConstraint(
                model_name='grant',
                constraint=models.CheckConstraint(condition=models.Q(('project_id', None), ('program__isnull', False), _connector='OR'), name='project_grant_names_its_program', violation_error_message='A role for a project names its program, too.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='grant',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_grantevent" ("ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "project_id", "role", "user_id", "version") SELECT new_values."ends_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."project_id", new_values."role", new_values."user_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='31bf65322ee44588ce7051d9fc3a5375075a9bd4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0f7b1', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_grant', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='grant',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_grantevent" ("ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "project_id", "role", "user_id", "version") SELECT new_values."ends_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."project_id", new_values."role", new_values."user_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6ab0b57eb0d5fc3d1d9f93d848510d70860bf685', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8746f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_grant', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='grant',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_grantevent" ("ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "project_id", "role", "user_id", "version") SELECT old_values."ends_on", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."program_id", old_values."project_id", old_values."role", old_values."user_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2d19801c7b8a6ce5d433826e6fbb1c6e812d36c2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_32857', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_grant', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='favourite',
                constraint=models.UniqueConstraint(fields=('user', 'program'), name='favourite_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='ea74824f47482df0ef8d9699f8c623945ea2dc50', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3fe97', table='programs_actionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actionevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='269a4df8573bf1b7dcd04a95abb5905df299429e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bfac2', table='programs_actionevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='action',
                index=models.Index(fields=['origin_kind', 'origin_id'], name='action_by_origin'),
            ), migrations.AddIndex(
                model_name='action',
                index=models.Index(condition=models.Q(('state__in', ('open', 'in_progress'))), fields=['owner', 'due_on'], name='action_to_do'),
            ), migrations.AddConstraint(
                model_name='action',
                constraint=models.UniqueConstraint(fields=('program', 'number'), name='action_number_once', violation_error_message='The program has an action of this number already.'),
            ), migrations.AddConstraint(
                model_name='action',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ('done', 'dropped'))), models.Q(('closed_on', None), ('state__in', ('open', 'in_progress'))), _connector='OR'), name='closed_action_has_day', violation_error_message='What is done or dropped needs the day on which it was.'),
            ), migrations.AddConstraint(
                model_name='action',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='dropped_action_says_why', violation_error_message='Say why it is dropped.'),
            ), migrations.AddConstraint(
                model_name='action',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin_id', None), ('origin_kind', '')), models.Q(models.Q(('origin_kind', ''), _negated=True), ('origin_id__isnull', False)), _connector='OR'), name='action_origin_is_whole'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='action',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_actionevent" ("closed_on", "detail", "due_on", "id", "number", "origin_id", "origin_kind", "outcome", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "program_id", "project_id", "raised_at", "raised_by_id", "state", "title", "version") SELECT new_values."closed_on", new_values."detail", new_values."due_on", new_values."id", new_values."number", new_values."origin_id", new_values."origin_kind", new_values."outcome", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."priority", new_values."program_id", new_values."project_id", new_values."raised_at", new_values."raised_by_id", new_values."state", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='311b32682c1866b437a8cccc284bfa5d53fd6582', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c30b', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_action', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='action',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_actionevent" ("closed_on", "detail", "due_on", "id", "number", "origin_id", "origin_kind", "outcome", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "program_id", "project_id", "raised_at", "raised_by_id", "state", "title", "version") SELECT new_values."closed_on", new_values."detail", new_values."due_on", new_values."id", new_values."number", new_values."origin_id", new_values."origin_kind", new_values."outcome", new_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."priority", new_values."program_id", new_values."project_id", new_values."raised_at", new_values."raised_by_id", new_values."state", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f7dc354e60d1866e6c902649baa298a6f8e85cfb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_011ee', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_action', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='action',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_actionevent" ("closed_on", "detail", "due_on", "id", "number", "origin_id", "origin_kind", "outcome", "owner_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "program_id", "project_id", "raised_at", "raised_by_id", "state", "title", "version") SELECT old_values."closed_on", old_values."detail", old_values."due_on", old_values."id", old_values."number", old_values."origin_id", old_values."origin_kind", old_values."outcome", old_values."owner_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."priority", old_values."program_id", old_values."project_id", old_values."raised_at", old_values."raised_by_id", old_values."state", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='810e6fcd9c4a844e708043a3db0706235939742e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_511b2', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_action', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='ragpolicy',
                constraint=models.UniqueConstraint(fields=('portfolio', 'name', 'number'), name='rag_policy_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ragpolicy',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_ragpolicyevent" ("id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "thresholds", "version") SELECT new_values."id", new_values."name", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."thresholds", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='170f2ab679c3e210c075bc12e0c525408e7d3e05', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_18fa2', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_ragpolicy', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ragpolicy',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_ragpolicyevent" ("id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "thresholds", "version") SELECT new_values."id", new_values."name", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."thresholds", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8321afec5d4fb0495dbd891ef6a1ae63bd3cc4ee', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b0a6b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_ragpolicy', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ragpolicy',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_ragpolicyevent" ("id", "name", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "thresholds", "version") SELECT old_values."id", old_values."name", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."thresholds", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a05dedc14db20a95bebe76752b2819b34fe35633', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7a577', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_ragpolicy', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ragpolicyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2eef64e50cff090145fd4d190d8c0eb63fe7b7a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_439eb', table='programs_ragpolicyevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='ragpolicyevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='bd78da8b35fe4efc44cc7759f242ef2234ac0a3f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f9c10', table='programs_ragpolicyevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='reading',
                constraint=models.UniqueConstraint(fields=('program', 'project_id', 'key'), name='reading_once'),
            ), migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.UniqueConstraint(fields=('program', 'number'), name='report_number_once', violation_error_message='The program has a report of this number already.'),
            ), migrations.AddConstraint(
                model_name='statusreport',
                constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('content__isnull', False), ('published_at__isnull', False), ('revision__isnull', False), ('state', 'published'), models.Q(('content_sha256', ''), _negated=True)), _connector='OR'), name='published_report_is_sealed'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'published\')', func="RAISE EXCEPTION 'a published report is sealed: % refused', TG_OP;", hash='09928ec8243dc09bf5be2a3f8ef8a85a4c77c9a8', operation='UPDATE OR DELETE', pgid='pgtrigger_sealed_a8682', table='programs_statusreport', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_statusreportevent" ("achievements", "composed_by_id", "content", "content_sha256", "created_at", "data_date", "decisions", "headline", "id", "number", "outlook", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "published_at", "published_by_id", "revision", "state", "supersedes_id", "title", "version") SELECT new_values."achievements", new_values."composed_by_id", new_values."content", new_values."content_sha256", new_values."created_at", new_values."data_date", new_values."decisions", new_values."headline", new_values."id", new_values."number", new_values."outlook", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."published_at", new_values."published_by_id", new_values."revision", new_values."state", new_values."supersedes_id", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ec845e28b7e0579892306155155c74fe2ba61c3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f0f7f', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_statusreport', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_statusreportevent" ("achievements", "composed_by_id", "content", "content_sha256", "created_at", "data_date", "decisions", "headline", "id", "number", "outlook", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "published_at", "published_by_id", "revision", "state", "supersedes_id", "title", "version") SELECT new_values."achievements", new_values."composed_by_id", new_values."content", new_values."content_sha256", new_values."created_at", new_values."data_date", new_values."decisions", new_values."headline", new_values."id", new_values."number", new_values."outlook", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."published_at", new_values."published_by_id", new_values."revision", new_values."state", new_values."supersedes_id", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='403bd5d4a6e360edb4958cd85201ff91d63b6eb4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f97c5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_statusreport', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statusreport',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_statusreportevent" ("achievements", "composed_by_id", "content", "content_sha256", "created_at", "data_date", "decisions", "headline", "id", "number", "outlook", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "published_at", "published_by_id", "revision", "state", "supersedes_id", "title", "version") SELECT old_values."achievements", old_values."composed_by_id", old_values."content", old_values."content_sha256", old_values."created_at", old_values."data_date", old_values."decisions", old_values."headline", old_values."id", old_values."number", old_values."outlook", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."published_at", old_values."published_by_id", old_values."revision", old_values."state", old_values."supersedes_id", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='64ee810d8ec24a3d72964e554e93cb551fa85823', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c6156', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_statusreport', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statusreportevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='759a29118a9030b99a407b3dc7f8f930212dbc7f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b681f', table='programs_statusreportevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='statusreportevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b348a110d4e7696e20736ed952d80fd468c0ee24', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e4bd7', table='programs_statusreportevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='workcalendar',
                constraint=models.UniqueConstraint(fields=('portfolio', 'program', 'name'), name='calendar_name_unique', nulls_distinct=False, violation_error_message='There is a calendar of this name already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='workcalendar',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_workcalendarevent" ("external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "version", "week") SELECT new_values."external_key", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."version", new_values."week" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c725bcc60fe3ea3f32770e56f78683dc55bd3b33', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2d6d0', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_workcalendar', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='workcalendar',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_workcalendarevent" ("external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "version", "week") SELECT new_values."external_key", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."version", new_values."week" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3851684806df0def680a467250fdc8b413f849ae', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98455', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_workcalendar', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='workcalendar',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_workcalendarevent" ("external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "version", "week") SELECT old_values."external_key", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."program_id", old_values."version", old_values."week" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7509e1785c76cb673514b95466ea40b746b5ef0a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_563d5', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_workcalendar', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resourceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='40c5c3e58216200a5a2cb7bb0be02f950b9133c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_81fab', table='programs_resourceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resourceevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f2079d4fd8ac8e40a800774f2390ff4e7efdffe6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_88204', table='programs_resourceevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='resource',
                constraint=models.UniqueConstraint(models.F('portfolio'), models.F('program'), django.db.models.functions.text.Lower('name'), name='resource_name_unique', nulls_distinct=False, violation_error_message='There is a resource of this name already.'),
            ), migrations.AddConstraint(
                model_name='resource',
                constraint=models.CheckConstraint(condition=models.Q(('max_units__gte', 0)), name='resource_units_not_negative', violation_error_message='Units are zero or more.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resource',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_resourceevent" ("availability", "calendar_id", "code", "email", "external_key", "id", "initials", "is_active", "is_generic", "kind", "max_units", "name", "notes", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "role", "team", "version") SELECT new_values."availability", new_values."calendar_id", new_values."code", new_values."email", new_values."external_key", new_values."id", new_values."initials", new_values."is_active", new_values."is_generic", new_values."kind", new_values."max_units", new_values."name", new_values."notes", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."role", new_values."team", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8b395f955ced2844244b79f5a1f7e612f0790481', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_26229', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_resource', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resource',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_resourceevent" ("availability", "calendar_id", "code", "email", "external_key", "id", "initials", "is_active", "is_generic", "kind", "max_units", "name", "notes", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "role", "team", "version") SELECT new_values."availability", new_values."calendar_id", new_values."code", new_values."email", new_values."external_key", new_values."id", new_values."initials", new_values."is_active", new_values."is_generic", new_values."kind", new_values."max_units", new_values."name", new_values."notes", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."role", new_values."team", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45e38d6ddbbdd72eec978777eb5a2e780b92325d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_95d9b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_resource', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='resource',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_resourceevent" ("availability", "calendar_id", "code", "email", "external_key", "id", "initials", "is_active", "is_generic", "kind", "max_units", "name", "notes", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "role", "team", "version") SELECT old_values."availability", old_values."calendar_id", old_values."code", old_values."email", old_values."external_key", old_values."id", old_values."initials", old_values."is_active", old_values."is_generic", old_values."kind", old_values."max_units", old_values."name", old_values."notes", old_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."program_id", old_values."role", old_values."team", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='289995c139241e390ba319ca4e023c1d6fbca999', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7003e', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_resource', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='programevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='1358a063e22dc3ae9daea8323074e6eae11fafa6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6397', table='programs_programevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='programevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='6653c3355e236667ce206a774fcd4741442bc5c6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1becc', table='programs_programevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='program',
                constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('code'), models.F('portfolio'), name='program_code_unique', violation_error_message='The portfolio has a program with this code already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='program',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_programevent" ("archived_at", "calendar_id", "code", "data_date", "description", "external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "sponsor_note", "starts_on", "time_zone", "version") SELECT new_values."archived_at", new_values."calendar_id", new_values."code", new_values."data_date", new_values."description", new_values."external_key", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."sponsor_note", new_values."starts_on", new_values."time_zone", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ebe6157bc336bd3860c3397a2d49ea704e6272c8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5a554', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_program', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='program',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_programevent" ("archived_at", "calendar_id", "code", "data_date", "description", "external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "sponsor_note", "starts_on", "time_zone", "version") SELECT new_values."archived_at", new_values."calendar_id", new_values."code", new_values."data_date", new_values."description", new_values."external_key", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."sponsor_note", new_values."starts_on", new_values."time_zone", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2c4394314a9c654bdfb2105d20519a2f3fdec084', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7f86c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_program', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='program',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_programevent" ("archived_at", "calendar_id", "code", "data_date", "description", "external_key", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "sponsor_note", "starts_on", "time_zone", "version") SELECT old_values."archived_at", old_values."calendar_id", old_values."code", old_values."data_date", old_values."description", old_values."external_key", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."sponsor_note", old_values."starts_on", old_values."time_zone", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='968aa76f556c0e4d4a501f12a986d22b7633926c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7c1d4', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_program', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='calendarexceptionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='4c61ef58277fa3783e90e5b802c39680a454af35', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c94ed', table='programs_calendarexceptionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='calendarexceptionevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='ee49b12d7c420354f86ae217df3e5bb9cd1d76f3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0c356', table='programs_calendarexceptionevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='calendarexception',
                index=models.Index(fields=['calendar', 'first_on'], name='exception_by_day'),
            ), migrations.AddConstraint(
                model_name='calendarexception',
                constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='exception_ends_after_start', violation_error_message='The exception ends before it starts.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='calendarexception',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_calendarexceptionevent" ("calendar_id", "first_on", "id", "intervals", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."calendar_id", new_values."first_on", new_values."id", new_values."intervals", new_values."last_on", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c164e7c722de436a3d51e13807d67344552a667', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d1f2f', referencing='REFERENCING NEW TABLE AS new_values ', table='programs_calendarexception', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='calendarexception',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_calendarexceptionevent" ("calendar_id", "first_on", "id", "intervals", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."calendar_id", new_values."first_on", new_values."id", new_values."intervals", new_values."last_on", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='275c6c1f3c120e29f70d94bb636e4666e401109f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_895b8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='programs_calendarexception', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='calendarexception',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "programs_calendarexceptionevent" ("calendar_id", "first_on", "id", "intervals", "last_on", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."calendar_id", old_values."first_on", old_values."id", old_values."intervals", old_values."last_on", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e1917a819627cf13c6686d6a50efbdb3a5a06638', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8c9a2', referencing='REFERENCING OLD TABLE AS old_values ', table='programs_calendarexception', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='workcalendarevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='1b590c823d3a5dcecd06352f01a2a1ecc9badfc7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92844', table='programs_workcalendarevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='workcalendarevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='db9fcb5ace457483d84979c99edbd2a9e4d10b1f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_056e8', table='programs_workcalendarevent', when='BEFORE')),
            )],
        ),
    ]
