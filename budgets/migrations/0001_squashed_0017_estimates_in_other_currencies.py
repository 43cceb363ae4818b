import budgets.models.approvals
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
import tpm.lib.fields
import tpm.lib.migrating
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables as they are after the migrations that it replaces, created at once."""

    replaces = [
        ('budgets', '0001_initial'),
        ('budgets', '0002_say_what_is_wrong'),
        ('budgets', '0003_lean_result_tables'),
        ('budgets', '0004_money_structures'),
        ('budgets', '0005_first_revisions'),
        ('budgets', '0006_capital_expenditure'),
        ('budgets', '0007_procurement'),
        ('budgets', '0008_vendors_of_contracts'),
        ('budgets', '0009_earning_rules'),
        ('budgets', '0010_purchases_go_with_their_project'),
        ('budgets', '0012_simulated_requests'),
        ('budgets', '0013_labour_rates'),
        ('budgets', '0014_timesheets'),
        ('budgets', '0015_estimates'),
        ('budgets', '0016_hours_count_as_work'),
        ('budgets', '0017_estimates_in_other_currencies'),
    ]

    initial = True

    dependencies = [
        ('activity', '0001_initial'),
        ('programs', '0001_squashed_0008_actions'),
        ('projects', '0001_squashed_0016_gates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        tpm.lib.migrating.CreateAtOnce(
            operations=[migrations.CreateModel(
                name='Acceptance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('attempt', models.PositiveSmallIntegerField(default=1, verbose_name='attempt')),
                    ('state', models.CharField(choices=[('open', 'under way'), ('accepted', 'accepted'), ('rejected', 'rejected')], default='open', max_length=10)),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                ],
            ), migrations.CreateModel(
                name='AcceptanceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('attempt', models.PositiveSmallIntegerField(default=1, verbose_name='attempt')),
                    ('state', models.CharField(choices=[('open', 'under way'), ('accepted', 'accepted'), ('rejected', 'rejected')], default='open', max_length=10)),
                    ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='AcceptanceStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=200, verbose_name='step')),
                    ('responsible', models.CharField(blank=True, max_length=200, verbose_name='responsible')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                    ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ],
            ), migrations.CreateModel(
                name='AcceptanceStepEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('position', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=200, verbose_name='step')),
                    ('responsible', models.CharField(blank=True, max_length=200, verbose_name='responsible')),
                    ('done_on', models.DateField(blank=True, null=True, verbose_name='done')),
                    ('evidence', models.TextField(blank=True, verbose_name='evidence')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Actual',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('posted_on', models.DateField(verbose_name='posted on')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                    ('kind', models.CharField(choices=[('posting', 'Posting'), ('accrual', 'Accrual'), ('reversal', 'Reversal')], db_default='posting', default='posting', max_length=12, verbose_name='kind')),
                    ('nature', models.CharField(blank=True, choices=[('opex', 'Operating expense'), ('capex', 'Capital expense')], max_length=6, null=True, verbose_name='opex or capex')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
            ), migrations.CreateModel(
                name='ActualEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('posted_on', models.DateField(verbose_name='posted on')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                    ('kind', models.CharField(choices=[('posting', 'Posting'), ('accrual', 'Accrual'), ('reversal', 'Reversal')], db_default='posting', default='posting', max_length=12, verbose_name='kind')),
                    ('nature', models.CharField(blank=True, choices=[('opex', 'Operating expense'), ('capex', 'Capital expense')], max_length=6, null=True, verbose_name='opex or capex')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ApprovalPolicy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.CharField(choices=[('capital_request', 'Capital request')], default='capital_request', max_length=20, verbose_name='for')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('effective_from', models.DateField(verbose_name='in force from')),
                    ('effective_to', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('tiers', models.JSONField(validators=[budgets.models.approvals.tiers_in_order], verbose_name='tiers')),
                    ('discount_rate', models.DecimalField(decimal_places=4, default=Decimal('0.0800'), max_digits=6, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='discount rate')),
                    ('overrun_threshold', models.DecimalField(decimal_places=2, default=Decimal('1.00'), max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.50')), django.core.validators.MaxValueValidator(Decimal('1.50'))], verbose_name='warn above this part of what is authorised')),
                    ('split_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MaxValueValidator(366)], verbose_name='days over which split requests are summed')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='ApprovalPolicyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.CharField(choices=[('capital_request', 'Capital request')], default='capital_request', max_length=20, verbose_name='for')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('effective_from', models.DateField(verbose_name='in force from')),
                    ('effective_to', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('tiers', models.JSONField(validators=[budgets.models.approvals.tiers_in_order], verbose_name='tiers')),
                    ('discount_rate', models.DecimalField(decimal_places=4, default=Decimal('0.0800'), max_digits=6, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('1'))], verbose_name='discount rate')),
                    ('overrun_threshold', models.DecimalField(decimal_places=2, default=Decimal('1.00'), max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.50')), django.core.validators.MaxValueValidator(Decimal('1.50'))], verbose_name='warn above this part of what is authorised')),
                    ('split_days', models.PositiveSmallIntegerField(default=90, validators=[django.core.validators.MaxValueValidator(366)], verbose_name='days over which split requests are summed')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ApprovalRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.CharField(choices=[('capital_request', 'Capital request')], max_length=20)),
                    ('subject_id', models.BigIntegerField()),
                    ('content', models.JSONField()),
                    ('content_sha256', models.CharField(max_length=64)),
                    ('tier', models.PositiveSmallIntegerField()),
                    ('steps', models.JSONField()),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('counted', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('counted_with', models.JSONField(blank=True, default=list)),
                    ('original_currency', models.CharField(max_length=3)),
                    ('original_amount', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('rate', models.DecimalField(decimal_places=10, default=Decimal('1'), max_digits=20)),
                    ('state', models.CharField(choices=[('open', 'open'), ('approved', 'approved'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('voided', 'voided by an edit')], default='open', max_length=10)),
                    ('opened_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='ApprovalRoundEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('kind', models.CharField(choices=[('capital_request', 'Capital request')], max_length=20)),
                    ('subject_id', models.BigIntegerField()),
                    ('content', models.JSONField()),
                    ('content_sha256', models.CharField(max_length=64)),
                    ('tier', models.PositiveSmallIntegerField()),
                    ('steps', models.JSONField()),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('counted', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('counted_with', models.JSONField(blank=True, default=list)),
                    ('original_currency', models.CharField(max_length=3)),
                    ('original_amount', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('rate', models.DecimalField(decimal_places=10, default=Decimal('1'), max_digits=20)),
                    ('state', models.CharField(choices=[('open', 'open'), ('approved', 'approved'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('voided', 'voided by an edit')], default='open', max_length=10)),
                    ('opened_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='BaselineCost',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('task_id', models.BigIntegerField()),
                    ('cost', models.DecimalField(decimal_places=2, max_digits=18)),
                ],
            ), migrations.CreateModel(
                name='Budget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('approved', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='approved')),
                    ('contingency', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='contingency')),
                    ('reserve', models.DecimalField(db_default=Decimal('0'), decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='management reserve')),
                    ('current', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='current')),
                    ('forecast', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='forecast')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                ],
            ), migrations.CreateModel(
                name='BudgetEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('approved', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='approved')),
                    ('contingency', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='contingency')),
                    ('reserve', models.DecimalField(db_default=Decimal('0'), decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='management reserve')),
                    ('current', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='current')),
                    ('forecast', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='forecast')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='BudgetRevision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('kind', models.CharField(choices=[('approved', 'Approved'), ('current', 'Current'), ('forecast', 'Forecast'), ('withdrawn', 'Taken back')], max_length=12, verbose_name='kind')),
                    ('effective_on', models.DateField(blank=True, null=True, verbose_name='effective from')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('contingency', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='contingency')),
                    ('reserve', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='management reserve')),
                ],
            ), migrations.CreateModel(
                name='BudgetRevisionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('kind', models.CharField(choices=[('approved', 'Approved'), ('current', 'Current'), ('forecast', 'Forecast'), ('withdrawn', 'Taken back')], max_length=12, verbose_name='kind')),
                    ('effective_on', models.DateField(blank=True, null=True, verbose_name='effective from')),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('contingency', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='contingency')),
                    ('reserve', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='management reserve')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='BudgetRevisionLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('category', models.CharField(blank=True, default='', max_length=32, verbose_name='category')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ],
            ), migrations.CreateModel(
                name='BudgetRevisionLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('category', models.CharField(blank=True, default='', max_length=32, verbose_name='category')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CapitalAmount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='year')),
                    ('amount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                    ('benefit', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='benefit')),
                ],
            ), migrations.CreateModel(
                name='CapitalAmountEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1990), django.core.validators.MaxValueValidator(2200)], verbose_name='year')),
                    ('amount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                    ('benefit', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, verbose_name='benefit')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CapitalRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('business_case', models.TextField(blank=True, verbose_name='business case')),
                    ('asset_class', models.CharField(choices=[('hardware', 'IT hardware'), ('software', 'Software, bought'), ('developed', 'Software, developed'), ('licence', 'Licences and rights'), ('network', 'Network and communication'), ('building', 'Buildings and fit-out'), ('equipment', 'Plant and equipment'), ('other', 'Other')], default='hardware', max_length=12, verbose_name='asset class')),
                    ('alternatives', models.TextField(blank=True, verbose_name='alternatives')),
                    ('benefits', models.TextField(blank=True, verbose_name='benefits')),
                    ('risks', models.TextField(blank=True, verbose_name='risks')),
                    ('vendor', models.CharField(blank=True, max_length=300, verbose_name='vendor')),
                    ('vendor_key', models.CharField(blank=True, editable=False, max_length=300)),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('planned_in_service_on', models.DateField(blank=True, null=True, verbose_name='planned in service')),
                    ('simulation', models.JSONField(blank=True, default=dict, editable=False)),
                    ('content', models.JSONField(blank=True, default=dict, editable=False)),
                    ('content_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'waits for approval'), ('approved', 'authorised'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('closed', 'closed')], default='draft', max_length=10)),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('authorised', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='authorised')),
                    ('authorised_at', models.DateTimeField(blank=True, null=True)),
                    ('in_service_on', models.DateField(blank=True, null=True, verbose_name='in service since')),
                    ('still_expected', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='still expected')),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='CapitalRequestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('business_case', models.TextField(blank=True, verbose_name='business case')),
                    ('asset_class', models.CharField(choices=[('hardware', 'IT hardware'), ('software', 'Software, bought'), ('developed', 'Software, developed'), ('licence', 'Licences and rights'), ('network', 'Network and communication'), ('building', 'Buildings and fit-out'), ('equipment', 'Plant and equipment'), ('other', 'Other')], default='hardware', max_length=12, verbose_name='asset class')),
                    ('alternatives', models.TextField(blank=True, verbose_name='alternatives')),
                    ('benefits', models.TextField(blank=True, verbose_name='benefits')),
                    ('risks', models.TextField(blank=True, verbose_name='risks')),
                    ('vendor', models.CharField(blank=True, max_length=300, verbose_name='vendor')),
                    ('vendor_key', models.CharField(blank=True, editable=False, max_length=300)),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('planned_in_service_on', models.DateField(blank=True, null=True, verbose_name='planned in service')),
                    ('simulation', models.JSONField(blank=True, default=dict, editable=False)),
                    ('content', models.JSONField(blank=True, default=dict, editable=False)),
                    ('content_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                    ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'waits for approval'), ('approved', 'authorised'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('closed', 'closed')], default='draft', max_length=10)),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('authorised', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='authorised')),
                    ('authorised_at', models.DateTimeField(blank=True, null=True)),
                    ('in_service_on', models.DateField(blank=True, null=True, verbose_name='in service since')),
                    ('still_expected', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='still expected')),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Contract',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('reference', models.CharField(blank=True, max_length=100, verbose_name='contract number')),
                    ('supplier', models.CharField(max_length=300, verbose_name='supplier')),
                    ('supplier_key', models.CharField(blank=True, max_length=100, verbose_name='supplier id')),
                    ('description', models.TextField(blank=True, verbose_name='description')),
                    ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='value')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('renewal', models.CharField(choices=[('none', 'ends'), ('option', 'can be extended'), ('automatic', 'renews itself')], db_default='none', default='none', max_length=10, verbose_name='at its end')),
                    ('notice_days', models.PositiveSmallIntegerField(db_default=60, default=60, validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='notice in days')),
                    ('is_closed', models.BooleanField(db_default=False, default=False, verbose_name='closed')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
            ), migrations.CreateModel(
                name='ContractEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('reference', models.CharField(blank=True, max_length=100, verbose_name='contract number')),
                    ('supplier', models.CharField(max_length=300, verbose_name='supplier')),
                    ('supplier_key', models.CharField(blank=True, max_length=100, verbose_name='supplier id')),
                    ('description', models.TextField(blank=True, verbose_name='description')),
                    ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='value')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('renewal', models.CharField(choices=[('none', 'ends'), ('option', 'can be extended'), ('automatic', 'renews itself')], db_default='none', default='none', max_length=10, verbose_name='at its end')),
                    ('notice_days', models.PositiveSmallIntegerField(db_default=60, default=60, validators=[django.core.validators.MaxValueValidator(1000)], verbose_name='notice in days')),
                    ('is_closed', models.BooleanField(db_default=False, default=False, verbose_name='closed')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ContractMilestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                ],
            ), migrations.CreateModel(
                name='ContractMilestoneEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='due')),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CostCategory',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.CharField(max_length=32, validators=[django.core.validators.RegexValidator('\\A[a-z0-9][a-z0-9_-]*\\Z', 'Lower-case letters, digits, - and _ only.')], verbose_name='code')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                ],
            ), migrations.CreateModel(
                name='CostCategoryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('code', models.CharField(max_length=32, validators=[django.core.validators.RegexValidator('\\A[a-z0-9][a-z0-9_-]*\\Z', 'Lower-case letters, digits, - and _ only.')], verbose_name='code')),
                    ('name', models.CharField(max_length=100, verbose_name='name')),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CostLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('nature', models.CharField(choices=[('opex', 'Operating expense'), ('capex', 'Capital expense')], default='opex', max_length=6, verbose_name='opex or capex')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('by_hand', models.BooleanField(db_default=False, default=False, verbose_name='phased by hand')),
                    ('from_assignments', models.BooleanField(db_default=False, default=False, verbose_name='from assignments')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
            ), migrations.CreateModel(
                name='CostLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_amount', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='amount in this currency')),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('nature', models.CharField(choices=[('opex', 'Operating expense'), ('capex', 'Capital expense')], default='opex', max_length=6, verbose_name='opex or capex')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('starts_on', models.DateField(blank=True, null=True, verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('by_hand', models.BooleanField(db_default=False, default=False, verbose_name='phased by hand')),
                    ('from_assignments', models.BooleanField(db_default=False, default=False, verbose_name='from assignments')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CostPortion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ],
            ), migrations.CreateModel(
                name='CostPortionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Delegation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('role', models.CharField(blank=True, choices=[('PO', 'Portfolio owner'), ('ES', 'Executive sponsor'), ('SC', 'Steering committee'), ('TPM', 'Technical program manager'), ('PM', 'Project manager'), ('CO', 'Contributor'), ('FC', 'Finance controller'), ('AU', 'Auditor'), ('SV', 'Stakeholder'), ('SA', 'Service account')], max_length=3, verbose_name='role')),
                    ('starts_at', models.DateTimeField(verbose_name='from')),
                    ('ends_at', models.DateTimeField(verbose_name='until')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='DelegationEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('role', models.CharField(blank=True, choices=[('PO', 'Portfolio owner'), ('ES', 'Executive sponsor'), ('SC', 'Steering committee'), ('TPM', 'Technical program manager'), ('PM', 'Project manager'), ('CO', 'Contributor'), ('FC', 'Finance controller'), ('AU', 'Auditor'), ('SV', 'Stakeholder'), ('SA', 'Service account')], max_length=3, verbose_name='role')),
                    ('starts_at', models.DateTimeField(verbose_name='from')),
                    ('ends_at', models.DateTimeField(verbose_name='until')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('delivered_on', models.DateField(verbose_name='delivered')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ],
            ), migrations.CreateModel(
                name='DeliveryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('delivered_on', models.DateField(verbose_name='delivered')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='DeliveryLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('quantity', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0.001'), 'More than zero.')], verbose_name='quantity')),
                    ('rejected', models.DecimalField(decimal_places=3, default=Decimal('0'), max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'), 'Not less than zero.')], verbose_name='sent back')),
                ],
            ), migrations.CreateModel(
                name='DeliveryLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('quantity', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0.001'), 'More than zero.')], verbose_name='quantity')),
                    ('rejected', models.DecimalField(decimal_places=3, default=Decimal('0'), max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'), 'Not less than zero.')], verbose_name='sent back')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Estimate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued')], default='draft', max_length=8, verbose_name='state')),
                    ('estimate_class', models.PositiveSmallIntegerField(choices=[(5, 'Class 5 · concept screening'), (4, 'Class 4 · feasibility'), (3, 'Class 3 · budget authorisation'), (2, 'Class 2 · control or bid'), (1, 'Class 1 · check estimate')], default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='estimate class')),
                    ('confidence', models.PositiveSmallIntegerField(default=50, help_text='percent: how sure the estimators are that the range holds', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='confidence')),
                    ('basis', models.TextField(blank=True, verbose_name='basis of estimate')),
                    ('prepared_on', models.DateField(verbose_name='prepared')),
                    ('issued_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='EstimateChoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('method', models.CharField(choices=[('cpi', 'BAC / CPI: the cost performance so far goes on'), ('budget_rate', 'AC + (BAC − EV): the rest costs what was planned'), ('cpi_spi', 'AC + (BAC − EV) / (CPI · SPI): cost and schedule performance go on'), ('bottom_up', "AC + bottom-up ETC: the open part of today's cost lines")], default='cpi', max_length=16, verbose_name='estimate at completion')),
                ],
            ), migrations.CreateModel(
                name='EstimateChoiceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('method', models.CharField(choices=[('cpi', 'BAC / CPI: the cost performance so far goes on'), ('budget_rate', 'AC + (BAC − EV): the rest costs what was planned'), ('cpi_spi', 'AC + (BAC − EV) / (CPI · SPI): cost and schedule performance go on'), ('bottom_up', "AC + bottom-up ETC: the open part of today's cost lines")], default='cpi', max_length=16, verbose_name='estimate at completion')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='EstimateEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued')], default='draft', max_length=8, verbose_name='state')),
                    ('estimate_class', models.PositiveSmallIntegerField(choices=[(5, 'Class 5 · concept screening'), (4, 'Class 4 · feasibility'), (3, 'Class 3 · budget authorisation'), (2, 'Class 2 · control or bid'), (1, 'Class 1 · check estimate')], default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='estimate class')),
                    ('confidence', models.PositiveSmallIntegerField(default=50, help_text='percent: how sure the estimators are that the range holds', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='confidence')),
                    ('basis', models.TextField(blank=True, verbose_name='basis of estimate')),
                    ('prepared_on', models.DateField(verbose_name='prepared')),
                    ('issued_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='EstimateLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('key', models.CharField(max_length=60, verbose_name='code')),
                    ('name', models.CharField(max_length=300, verbose_name='what it is')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('method', models.CharField(choices=[('bottom_up', 'Bottom-up'), ('three_point', 'Three-point'), ('analogous', 'Analogous'), ('parametric', 'Parametric'), ('quote', 'Vendor quote'), ('expert', 'Expert judgement')], default='bottom_up', max_length=12, verbose_name='method')),
                    ('quantity', models.DecimalField(decimal_places=3, default=1, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='quantity')),
                    ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                    ('optimistic', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='optimistic')),
                    ('likely', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='most likely')),
                    ('pessimistic', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='pessimistic')),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_optimistic', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='optimistic in this currency')),
                    ('original_likely', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='most likely in this currency')),
                    ('original_pessimistic', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='pessimistic in this currency')),
                    ('basis', models.TextField(blank=True, verbose_name='basis')),
                ],
            ), migrations.CreateModel(
                name='EstimateLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('position', models.PositiveIntegerField(default=0)),
                    ('key', models.CharField(max_length=60, verbose_name='code')),
                    ('name', models.CharField(max_length=300, verbose_name='what it is')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('method', models.CharField(choices=[('bottom_up', 'Bottom-up'), ('three_point', 'Three-point'), ('analogous', 'Analogous'), ('parametric', 'Parametric'), ('quote', 'Vendor quote'), ('expert', 'Expert judgement')], default='bottom_up', max_length=12, verbose_name='method')),
                    ('quantity', models.DecimalField(decimal_places=3, default=1, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='quantity')),
                    ('unit', models.CharField(blank=True, max_length=40, verbose_name='unit')),
                    ('optimistic', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='optimistic')),
                    ('likely', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='most likely')),
                    ('pessimistic', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='pessimistic')),
                    ('currency', models.CharField(blank=True, max_length=3, null=True, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('original_optimistic', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='optimistic in this currency')),
                    ('original_likely', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='most likely in this currency')),
                    ('original_pessimistic', models.DecimalField(blank=True, decimal_places=4, max_digits=22, null=True, verbose_name='pessimistic in this currency')),
                    ('basis', models.TextField(blank=True, verbose_name='basis')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ExchangeRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('on', models.DateField(verbose_name='from')),
                    ('rate', models.DecimalField(decimal_places=10, max_digits=20, validators=[django.core.validators.MinValueValidator(Decimal('1E-10'))], verbose_name='rate')),
                    ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ],
            ), migrations.CreateModel(
                name='ExchangeRateEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('on', models.DateField(verbose_name='from')),
                    ('rate', models.DecimalField(decimal_places=10, max_digits=20, validators=[django.core.validators.MinValueValidator(Decimal('1E-10'))], verbose_name='rate')),
                    ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='FiscalCalendar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('pattern', models.CharField(choices=[('months', 'Calendar months'), ('445', '4-4-5 weeks'), ('454', '4-5-4 weeks'), ('544', '5-4-4 weeks')], default='months', max_length=8, verbose_name='pattern')),
                    ('starts_in', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='first month')),
                    ('week_starts_on', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(6)], verbose_name='first day of the week')),
                    ('named_by_end', models.BooleanField(default=False, verbose_name='named by the year in which it ends')),
                ],
            ), migrations.CreateModel(
                name='FiscalCalendarEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('pattern', models.CharField(choices=[('months', 'Calendar months'), ('445', '4-4-5 weeks'), ('454', '4-5-4 weeks'), ('544', '5-4-4 weeks')], default='months', max_length=8, verbose_name='pattern')),
                    ('starts_in', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='first month')),
                    ('week_starts_on', models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(6)], verbose_name='first day of the week')),
                    ('named_by_end', models.BooleanField(default=False, verbose_name='named by the year in which it ends')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='FiscalPeriod',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='period')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed'), ('reopening', 'Closed, reopening asked for')], default='open', max_length=12, verbose_name='state')),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('reopen_requested_at', models.DateTimeField(blank=True, null=True)),
                    ('reopen_reason', models.CharField(blank=True, max_length=300)),
                    ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ],
            ), migrations.CreateModel(
                name='FiscalPeriodEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='period')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(verbose_name='to')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed'), ('reopening', 'Closed, reopening asked for')], default='open', max_length=12, verbose_name='state')),
                    ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ('reopen_requested_at', models.DateTimeField(blank=True, null=True)),
                    ('reopen_reason', models.CharField(blank=True, max_length=300)),
                    ('reopened_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Invoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.CharField(max_length=60, verbose_name='invoice number')),
                    ('invoiced_on', models.DateField(verbose_name='invoice date')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='payable')),
                    ('total', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='total')),
                    ('state', models.CharField(choices=[('entered', 'entered'), ('posted', 'posted'), ('reversed', 'reversed')], default='entered', max_length=10)),
                    ('posted_on', models.DateField(blank=True, null=True, verbose_name='posted on')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ],
            ), migrations.CreateModel(
                name='InvoiceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.CharField(max_length=60, verbose_name='invoice number')),
                    ('invoiced_on', models.DateField(verbose_name='invoice date')),
                    ('due_on', models.DateField(blank=True, null=True, verbose_name='payable')),
                    ('total', models.DecimalField(decimal_places=2, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0.01'))], verbose_name='total')),
                    ('state', models.CharField(choices=[('entered', 'entered'), ('posted', 'posted'), ('reversed', 'reversed')], default='entered', max_length=10)),
                    ('posted_on', models.DateField(blank=True, null=True, verbose_name='posted on')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='InvoiceLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('quantity', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0.001'), 'More than zero.')], verbose_name='quantity')),
                    ('unit_price', models.DecimalField(decimal_places=4, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'), 'Not less than zero.')], verbose_name='unit price')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ],
            ), migrations.CreateModel(
                name='InvoiceLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('quantity', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0.001'), 'More than zero.')], verbose_name='quantity')),
                    ('unit_price', models.DecimalField(decimal_places=4, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'), 'Not less than zero.')], verbose_name='unit price')),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Involvement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('capital_request', 'Capital request')], max_length=20)),
                    ('subject_id', models.BigIntegerField()),
                    ('what', models.CharField(choices=[('requested', 'requested it'), ('edited', 'edited it'), ('funded', 'wrote the money it draws on, or booked to it')], max_length=10)),
                ],
            ), migrations.CreateModel(
                name='LabourCost',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('project_id', models.BigIntegerField()),
                    ('task_id', models.BigIntegerField()),
                    ('part', models.IntegerField()),
                    ('starts', tpm.lib.fields.WallTimeField()),
                    ('ends', tpm.lib.fields.WallTimeField()),
                    ('minutes', models.BigIntegerField()),
                    ('rate', models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                    ('card_row', models.BigIntegerField()),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ],
            ), migrations.CreateModel(
                name='LabourRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role or skill')),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('rate', models.DecimalField(decimal_places=4, max_digits=12, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='rate per hour')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ],
            ), migrations.CreateModel(
                name='LabourRateEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role or skill')),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('rate', models.DecimalField(decimal_places=4, max_digits=12, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='rate per hour')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='OrderLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                    ('description', models.CharField(max_length=300, verbose_name='description')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('nature', models.CharField(choices=[('opex', 'Operating expense'), ('capex', 'Capital expense')], default='opex', max_length=6, verbose_name='opex or capex')),
                    ('quantity', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0.001'), 'More than zero.')], verbose_name='quantity')),
                    ('unit', models.CharField(blank=True, max_length=20, verbose_name='unit')),
                    ('unit_price', models.DecimalField(decimal_places=4, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'), 'Not less than zero.')], verbose_name='unit price')),
                    ('original_amount', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('expected_on', models.DateField(blank=True, null=True, verbose_name='expected')),
                    ('needs_acceptance', models.BooleanField(default=False, verbose_name='installed and accepted')),
                ],
            ), migrations.CreateModel(
                name='OrderLineEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                    ('description', models.CharField(max_length=300, verbose_name='description')),
                    ('category', models.CharField(default='other', max_length=32, verbose_name='category')),
                    ('nature', models.CharField(choices=[('opex', 'Operating expense'), ('capex', 'Capital expense')], default='opex', max_length=6, verbose_name='opex or capex')),
                    ('quantity', models.DecimalField(decimal_places=3, max_digits=14, validators=[django.core.validators.MinValueValidator(Decimal('0.001'), 'More than zero.')], verbose_name='quantity')),
                    ('unit', models.CharField(blank=True, max_length=20, verbose_name='unit')),
                    ('unit_price', models.DecimalField(decimal_places=4, max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'), 'Not less than zero.')], verbose_name='unit price')),
                    ('original_amount', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='amount')),
                    ('expected_on', models.DateField(blank=True, null=True, verbose_name='expected')),
                    ('needs_acceptance', models.BooleanField(default=False, verbose_name='installed and accepted')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='PeriodValue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('project_id', models.BigIntegerField()),
                    ('month', models.DateField()),
                    ('planned', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('scheduled', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('actual', models.DecimalField(decimal_places=2, max_digits=18)),
                ],
            ), migrations.CreateModel(
                name='PurchaseOrder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('expected_on', models.DateField(blank=True, null=True, verbose_name='expected')),
                    ('state', models.CharField(choices=[('draft', 'draft'), ('placed', 'placed'), ('closed', 'closed'), ('cancelled', 'cancelled')], default='draft', max_length=10)),
                    ('ordered_on', models.DateField(blank=True, null=True, verbose_name='ordered')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                ],
            ), migrations.CreateModel(
                name='PurchaseOrderEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('currency', models.CharField(max_length=3, validators=[django.core.validators.RegexValidator('\\A[A-Z]{3}\\Z', 'A currency is its ISO 4217 code of three letters, such as EUR.')], verbose_name='currency')),
                    ('expected_on', models.DateField(blank=True, null=True, verbose_name='expected')),
                    ('state', models.CharField(choices=[('draft', 'draft'), ('placed', 'placed'), ('closed', 'closed'), ('cancelled', 'cancelled')], default='draft', max_length=10)),
                    ('ordered_on', models.DateField(blank=True, null=True, verbose_name='ordered')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='TaskEarning',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('rule', models.CharField(choices=[('percent', 'Percent complete'), ('zero_hundred', '0/100: all at the finish'), ('fifty_fifty', '50/50: half at the start'), ('milestones', 'Weighted milestones'), ('level_of_effort', 'Level of effort'), ('apportioned', 'Apportioned to another task')], default='percent', max_length=16, verbose_name='earning rule')),
                    ('weight', models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1000000)], verbose_name='weight as a milestone')),
                    ('is_control_account', models.BooleanField(default=False, verbose_name='control account')),
                ],
            ), migrations.CreateModel(
                name='TaskEarningEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('rule', models.CharField(choices=[('percent', 'Percent complete'), ('zero_hundred', '0/100: all at the finish'), ('fifty_fifty', '50/50: half at the start'), ('milestones', 'Weighted milestones'), ('level_of_effort', 'Level of effort'), ('apportioned', 'Apportioned to another task')], default='percent', max_length=16, verbose_name='earning rule')),
                    ('weight', models.PositiveIntegerField(default=1, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1000000)], verbose_name='weight as a milestone')),
                    ('is_control_account', models.BooleanField(default=False, verbose_name='control account')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='acceptance',
                name='decided_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='acceptance',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='acceptance',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='acceptance',
                name='task',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='acceptances', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='decided_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.acceptance'),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='task',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='acceptancestep',
                name='acceptance',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='budgets.acceptance'),
            ), migrations.AddField(
                model_name='acceptancestepevent',
                name='acceptance',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.acceptance'),
            ), migrations.AddField(
                model_name='acceptancestepevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.acceptancestep'),
            ), migrations.AddField(
                model_name='actual',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='actual',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='actual',
                name='reverses',
                field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reversal', to='budgets.actual'),
            ), migrations.AddField(
                model_name='actual',
                name='task',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='actuals', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='actualevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.actual'),
            ), migrations.AddField(
                model_name='actualevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='actualevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='actualevent',
                name='reverses',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.actual'),
            ), migrations.AddField(
                model_name='actualevent',
                name='task',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='approvalpolicy',
                name='author',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='approvalpolicy',
                name='confirmed_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='approvalpolicy',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approval_policies', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='approvalpolicyevent',
                name='author',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='approvalpolicyevent',
                name='confirmed_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='approvalpolicyevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.approvalpolicy'),
            ), migrations.AddField(
                model_name='approvalpolicyevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='approvalround',
                name='policy',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='budgets.approvalpolicy'),
            ), migrations.AddField(
                model_name='approvalround',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='approvalround',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='approvalround',
                name='requester',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='approvalroundevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.approvalround'),
            ), migrations.AddField(
                model_name='approvalroundevent',
                name='policy',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.approvalpolicy'),
            ), migrations.AddField(
                model_name='approvalroundevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='approvalroundevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='approvalroundevent',
                name='requester',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='baselinecost',
                name='baseline',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='projects.baseline'),
            ), migrations.AddField(
                model_name='budget',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='budget',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='budgetevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.budget'),
            ), migrations.AddField(
                model_name='budgetevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='budgetevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='budgetrevision',
                name='change_set',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.changeset'),
            ), migrations.AddField(
                model_name='budgetrevision',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='budgetrevision',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project'),
            ), migrations.AddField(
                model_name='budgetrevisionevent',
                name='change_set',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activity.changeset'),
            ), migrations.AddField(
                model_name='budgetrevisionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.budgetrevision'),
            ), migrations.AddField(
                model_name='budgetrevisionevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='budgetrevisionevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project'),
            ), migrations.AddField(
                model_name='budgetrevisionline',
                name='revision',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budgets.budgetrevision'),
            ), migrations.AddField(
                model_name='budgetrevisionlineevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.budgetrevisionline'),
            ), migrations.AddField(
                model_name='budgetrevisionlineevent',
                name='revision',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.budgetrevision'),
            ), migrations.AddField(
                model_name='capitalamountevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.capitalamount'),
            ), migrations.AddField(
                model_name='capitalrequest',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='capitalrequest',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='capitalrequest',
                name='requester',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='capitalrequest',
                name='scenario',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='capital_requests', to='projects.scenario', verbose_name='what-if'),
            ), migrations.AddField(
                model_name='capitalamountevent',
                name='request',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.capitalrequest'),
            ), migrations.AddField(
                model_name='capitalamount',
                name='request',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='budgets.capitalrequest'),
            ), migrations.AddField(
                model_name='actualevent',
                name='capital_request',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.capitalrequest', verbose_name='capital request'),
            ), migrations.AddField(
                model_name='actual',
                name='capital_request',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actuals', to='budgets.capitalrequest', verbose_name='capital request'),
            ), migrations.AddField(
                model_name='capitalrequestevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.capitalrequest'),
            ), migrations.AddField(
                model_name='capitalrequestevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='capitalrequestevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='capitalrequestevent',
                name='requester',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='capitalrequestevent',
                name='scenario',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.scenario', verbose_name='what-if'),
            ), migrations.AddField(
                model_name='contract',
                name='capital_request',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='budgets.capitalrequest', verbose_name='capital request'),
            ), migrations.AddField(
                model_name='contract',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='contract',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='contractevent',
                name='capital_request',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.capitalrequest', verbose_name='capital request'),
            ), migrations.AddField(
                model_name='contractevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.contract'),
            ), migrations.AddField(
                model_name='contractevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='contractevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='contractmilestone',
                name='contract',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='budgets.contract'),
            ), migrations.AddField(
                model_name='contractmilestone',
                name='task',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contract_milestones', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='contractmilestoneevent',
                name='contract',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.contract'),
            ), migrations.AddField(
                model_name='contractmilestoneevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.contractmilestone'),
            ), migrations.AddField(
                model_name='contractmilestoneevent',
                name='task',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='costcategory',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='costcategoryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.costcategory'),
            ), migrations.AddField(
                model_name='costcategoryevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='costline',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='costline',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='costline',
                name='task',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='cost_lines', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='capitalrequestevent',
                name='cost_line',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.costline', verbose_name='budget line'),
            ), migrations.AddField(
                model_name='capitalrequest',
                name='cost_line',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='capital_requests', to='budgets.costline', verbose_name='budget line'),
            ), migrations.AddField(
                model_name='costlineevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.costline'),
            ), migrations.AddField(
                model_name='costlineevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='costlineevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='costlineevent',
                name='task',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='costportion',
                name='line',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portions', to='budgets.costline'),
            ), migrations.AddField(
                model_name='costportionevent',
                name='line',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.costline'),
            ), migrations.AddField(
                model_name='costportionevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.costportion'),
            ), migrations.AddField(
                model_name='delegation',
                name='delegate',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='delegate'),
            ), migrations.AddField(
                model_name='delegation',
                name='giver',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='delegationevent',
                name='delegate',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='delegate'),
            ), migrations.AddField(
                model_name='delegationevent',
                name='giver',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='delegationevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.delegation'),
            ), migrations.AddField(
                model_name='delivery',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='delivery',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='delivery',
                name='received_by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='deliveryevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.delivery'),
            ), migrations.AddField(
                model_name='deliveryevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='deliveryevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='deliveryevent',
                name='received_by',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='deliveryline',
                name='delivery',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budgets.delivery'),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='delivery_line',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.deliveryline'),
            ), migrations.AddField(
                model_name='acceptance',
                name='delivery_line',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='budgets.deliveryline'),
            ), migrations.AddField(
                model_name='deliverylineevent',
                name='delivery',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.delivery'),
            ), migrations.AddField(
                model_name='deliverylineevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.deliveryline'),
            ), migrations.AddField(
                model_name='estimate',
                name='issued_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='estimate',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='estimate',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='estimatechoice',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='estimatechoice',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='estimatechoiceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.estimatechoice'),
            ), migrations.AddField(
                model_name='estimatechoiceevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='estimatechoiceevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='estimateevent',
                name='issued_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='estimateevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.estimate'),
            ), migrations.AddField(
                model_name='estimateevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='estimateevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='estimateline',
                name='estimate',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budgets.estimate'),
            ), migrations.AddField(
                model_name='estimatelineevent',
                name='estimate',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.estimate'),
            ), migrations.AddField(
                model_name='estimatelineevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.estimateline'),
            ), migrations.AddField(
                model_name='exchangerate',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='estimatelineevent',
                name='rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='estimateline',
                name='rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='costlineevent',
                name='rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='costline',
                name='rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='contractevent',
                name='rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='contract',
                name='rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='budgetrevisionlineevent',
                name='rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='budgetrevisionline',
                name='rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='approvalroundevent',
                name='exchange_rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate'),
            ), migrations.AddField(
                model_name='approvalround',
                name='exchange_rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate'),
            ), migrations.AddField(
                model_name='actualevent',
                name='rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='actual',
                name='rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate', verbose_name='rate'),
            ), migrations.AddField(
                model_name='exchangerateevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.exchangerate'),
            ), migrations.AddField(
                model_name='exchangerateevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='fiscalcalendar',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='fiscalcalendarevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.fiscalcalendar'),
            ), migrations.AddField(
                model_name='fiscalcalendarevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='fiscalperiod',
                name='closed_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='fiscalperiod',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='fiscalperiod',
                name='reopen_requested_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='fiscalperiod',
                name='reopened_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='fiscalperiodevent',
                name='closed_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='fiscalperiodevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.fiscalperiod'),
            ), migrations.AddField(
                model_name='fiscalperiodevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='fiscalperiodevent',
                name='reopen_requested_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='fiscalperiodevent',
                name='reopened_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='invoice',
                name='posted_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='invoice',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='invoice',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='invoiceevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.invoice'),
            ), migrations.AddField(
                model_name='invoiceevent',
                name='posted_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='invoiceevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='invoiceevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='invoiceline',
                name='actual',
                field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='invoice_line', to='budgets.actual'),
            ), migrations.AddField(
                model_name='invoiceline',
                name='invoice',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budgets.invoice'),
            ), migrations.AddField(
                model_name='invoicelineevent',
                name='actual',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.actual'),
            ), migrations.AddField(
                model_name='invoicelineevent',
                name='invoice',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.invoice'),
            ), migrations.AddField(
                model_name='invoicelineevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.invoiceline'),
            ), migrations.AddField(
                model_name='involvement',
                name='user',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='labourcost',
                name='line',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='labour_costs', to='budgets.costline'),
            ), migrations.AddField(
                model_name='labourcost',
                name='program',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='labourcost',
                name='resource',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='programs.resource'),
            ), migrations.AddField(
                model_name='labourrate',
                name='portfolio',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='labourrate',
                name='program',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program', verbose_name='program'),
            ), migrations.AddField(
                model_name='labourrate',
                name='resource',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.resource', verbose_name='resource'),
            ), migrations.AddField(
                model_name='labourrateevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.labourrate'),
            ), migrations.AddField(
                model_name='labourrateevent',
                name='portfolio',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio'),
            ), migrations.AddField(
                model_name='labourrateevent',
                name='program',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program', verbose_name='program'),
            ), migrations.AddField(
                model_name='labourrateevent',
                name='resource',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.resource', verbose_name='resource'),
            ), migrations.AddField(
                model_name='orderline',
                name='capital_request',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='order_lines', to='budgets.capitalrequest', verbose_name='capital request'),
            ), migrations.AddField(
                model_name='orderline',
                name='task',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='order_lines', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='invoicelineevent',
                name='order_line',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.orderline'),
            ), migrations.AddField(
                model_name='invoiceline',
                name='order_line',
                field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='invoiced', to='budgets.orderline'),
            ), migrations.AddField(
                model_name='deliverylineevent',
                name='order_line',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.orderline'),
            ), migrations.AddField(
                model_name='deliveryline',
                name='order_line',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delivered', to='budgets.orderline'),
            ), migrations.AddField(
                model_name='orderlineevent',
                name='capital_request',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.capitalrequest', verbose_name='capital request'),
            ), migrations.AddField(
                model_name='orderlineevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.orderline'),
            ), migrations.AddField(
                model_name='orderlineevent',
                name='task',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='periodvalue',
                name='program',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='purchaseorder',
                name='contract',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='orders', to='budgets.contract', verbose_name='contract'),
            ), migrations.AddField(
                model_name='purchaseorder',
                name='ordered_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='purchaseorder',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='purchaseorder',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='purchaseorder',
                name='rate',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.exchangerate'),
            ), migrations.AddField(
                model_name='orderlineevent',
                name='order',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='orderline',
                name='order',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='invoiceevent',
                name='order',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='invoice',
                name='order',
                field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='invoices', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='deliveryevent',
                name='order',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='delivery',
                name='order',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='acceptanceevent',
                name='order',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='acceptance',
                name='order',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='contract',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.contract', verbose_name='contract'),
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='ordered_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.purchaseorder'),
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='rate',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.exchangerate'),
            ), migrations.AddField(
                model_name='taskearning',
                name='base',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.task', verbose_name='apportioned to'),
            ), migrations.AddField(
                model_name='taskearning',
                name='program',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='taskearning',
                name='project',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='taskearning',
                name='task',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='earning', to='projects.task', verbose_name='task'),
            ), migrations.AddField(
                model_name='taskearningevent',
                name='base',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='apportioned to'),
            ), migrations.AddField(
                model_name='taskearningevent',
                name='pgh_obj',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.taskearning'),
            ), migrations.AddField(
                model_name='taskearningevent',
                name='program',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program'),
            ), migrations.AddField(
                model_name='taskearningevent',
                name='project',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project'),
            ), migrations.AddField(
                model_name='taskearningevent',
                name='task',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task', verbose_name='task'),
            ), migrations.CreateModel(
                name='TaskValue',
                fields=[
                    ('task', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='value', serialize=False, to='projects.task')),
                    ('project_id', models.BigIntegerField()),
                    ('bac', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('pv', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('ev', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('ac', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('sv', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('cv', models.DecimalField(decimal_places=2, max_digits=18)),
                    ('spi', models.FloatField(null=True)),
                    ('cpi', models.FloatField(null=True)),
                    ('eac', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                    ('etc_open', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                    ('es', models.FloatField(null=True)),
                    ('elapsed', models.FloatField(null=True)),
                    ('planned_duration', models.FloatField(null=True)),
                    ('program', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                ],
            ), migrations.CreateModel(
                name='TimeEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('day', models.DateField(verbose_name='day')),
                    ('minutes', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)], verbose_name='minutes')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('actual', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='time_entry', to='budgets.actual')),
                    ('assignment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='projects.assignment')),
                    ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.task')),
                ],
            ), migrations.CreateModel(
                name='Timesheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('week', models.DateField(verbose_name='week from')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('approved', 'Approved')], default='draft', max_length=12, verbose_name='state')),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('program', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.program')),
                    ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project', verbose_name='project')),
                    ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.CreateModel(
                name='TimeEntryEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('day', models.DateField(verbose_name='day')),
                    ('minutes', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)], verbose_name='minutes')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                    ('actual', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.actual')),
                    ('assignment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.assignment')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.timeentry')),
                    ('task', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.task')),
                    ('sheet', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.timesheet')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.AddField(
                model_name='timeentry',
                name='sheet',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='budgets.timesheet'),
            ), migrations.CreateModel(
                name='TimesheetEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('week', models.DateField(verbose_name='week from')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('approved', 'Approved')], default='draft', max_length=12, verbose_name='state')),
                    ('submitted_at', models.DateTimeField(blank=True, null=True)),
                    ('decided_at', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.timesheet')),
                    ('program', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.program')),
                    ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='projects.project', verbose_name='project')),
                    ('submitted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Tolerance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('effective_from', models.DateField(verbose_name='in force from')),
                    ('price_percent', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('50'))], verbose_name='price, per cent')),
                    ('quantity_percent', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('50'))], verbose_name='quantity, per cent')),
                    ('amount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio')),
                ],
            ), migrations.CreateModel(
                name='ToleranceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('effective_from', models.DateField(verbose_name='in force from')),
                    ('price_percent', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('50'))], verbose_name='price, per cent')),
                    ('quantity_percent', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('50'))], verbose_name='quantity, per cent')),
                    ('amount', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=18, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='amount')),
                    ('author', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('confirmed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.tolerance')),
                    ('portfolio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Vendor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('key', models.CharField(max_length=100, verbose_name='key')),
                    ('category', models.CharField(blank=True, max_length=32, verbose_name='category')),
                    ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('portfolio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programs.portfolio')),
                ],
            ), migrations.AddField(
                model_name='purchaseorderevent',
                name='vendor',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.vendor', verbose_name='vendor'),
            ), migrations.AddField(
                model_name='purchaseorder',
                name='vendor',
                field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='orders', to='budgets.vendor', verbose_name='vendor'),
            ), migrations.AddField(
                model_name='contractevent',
                name='vendor',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.vendor', verbose_name='vendor'),
            ), migrations.AddField(
                model_name='contract',
                name='vendor',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='contracts', to='budgets.vendor', verbose_name='vendor'),
            ), migrations.CreateModel(
                name='VendorContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('phone', models.CharField(blank=True, max_length=60, verbose_name='telephone')),
                    ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='budgets.vendor')),
                ],
            ), migrations.CreateModel(
                name='VendorContactEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                    ('phone', models.CharField(blank=True, max_length=60, verbose_name='telephone')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.vendorcontact')),
                    ('vendor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='budgets.vendor')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='VendorEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('pgh_context', pghistory.utils.JSONField(null=True)),
                    ('pgh_context_id', models.UUIDField(db_index=True)),
                    ('id', models.BigIntegerField()),
                    ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ('name', models.CharField(max_length=300, verbose_name='name')),
                    ('key', models.CharField(max_length=100, verbose_name='key')),
                    ('category', models.CharField(blank=True, max_length=32, verbose_name='category')),
                    ('is_active', models.BooleanField(default=True, verbose_name='offered')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('external_key', models.CharField(blank=True, max_length=200)),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='budgets.vendor')),
                    ('portfolio', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programs.portfolio')),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Vote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.PositiveSmallIntegerField()),
                    ('role', models.CharField(choices=[('PO', 'Portfolio owner'), ('ES', 'Executive sponsor'), ('SC', 'Steering committee'), ('TPM', 'Technical program manager'), ('PM', 'Project manager'), ('CO', 'Contributor'), ('FC', 'Finance controller'), ('AU', 'Auditor'), ('SV', 'Stakeholder'), ('SA', 'Service account')], max_length=3)),
                    ('decision', models.CharField(choices=[('approve', 'approved'), ('reject', 'rejected')], max_length=8)),
                    ('reason', models.TextField(blank=True, max_length=2000)),
                    ('content_sha256', models.CharField(max_length=64)),
                    ('at', models.DateTimeField()),
                    ('change_set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activity.changeset')),
                    ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='budgets.delegation')),
                    ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='budgets.approvalround')),
                    ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ), migrations.AddConstraint(
                model_name='acceptancestep',
                constraint=models.UniqueConstraint(fields=('acceptance', 'position'), name='acceptance_step_once'),
            ), migrations.AddConstraint(
                model_name='acceptancestep',
                constraint=models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='step_done_with_evidence', violation_error_message='Say what shows that the step is done.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptancestep',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_acceptancestepevent" ("acceptance_id", "done_on", "evidence", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible") SELECT new_values."acceptance_id", new_values."done_on", new_values."evidence", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."responsible" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='752462b7aaa2293a48107e15c5e5337482ec824b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6e809', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_acceptancestep', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptancestep',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_acceptancestepevent" ("acceptance_id", "done_on", "evidence", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible") SELECT new_values."acceptance_id", new_values."done_on", new_values."evidence", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."responsible" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b60d59250e4fce1955f613e702913dc905816356', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3f9d6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_acceptancestep', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptancestep',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_acceptancestepevent" ("acceptance_id", "done_on", "evidence", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "responsible") SELECT old_values."acceptance_id", old_values."done_on", old_values."evidence", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."responsible" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='692dd2c57edfbfa457f1d1ec6a3f434f2b1cc8f2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_70456', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_acceptancestep', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptancestepevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='709b8db436c76e67871d236b03f3741c569732cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3438', table='budgets_acceptancestepevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptancestepevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='65f7c5c7db7be65533f40f53c83e716d88d2340c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_54f12', table='budgets_acceptancestepevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='approvalpolicy',
                constraint=models.UniqueConstraint(fields=('portfolio', 'kind', 'number'), name='approval_policy_number', violation_error_message='There is a version of this number already.'),
            ), migrations.AddConstraint(
                model_name='approvalpolicy',
                constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('author')), _negated=True), _connector='OR'), name='policy_needs_two_persons', violation_error_message='A policy is confirmed by somebody else than the person who wrote it.'),
            ), migrations.AddConstraint(
                model_name='approvalpolicy',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='policy_confirmed_when'),
            ), migrations.AddConstraint(
                model_name='approvalpolicy',
                constraint=models.CheckConstraint(condition=models.Q(('effective_to', None), ('effective_to__gte', models.F('effective_from')), _connector='OR'), name='policy_ends_after_start', violation_error_message='The policy ends before it starts.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalpolicy',
                trigger=pgtrigger.compiler.Trigger(name='confirmed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."confirmed_by_id" IS NOT NULL)', func="\nIF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'effective_to' - 'version') <> (to_jsonb(OLD) - 'effective_to' - 'version')\nTHEN RAISE EXCEPTION 'policy_confirmed' USING ERRCODE = '23514', CONSTRAINT = 'policy_confirmed'; END IF;\nRETURN NEW;\n", hash='905b2287e9a8e2bc17335266b6ea5a9a12a42506', operation='UPDATE OR DELETE', pgid='pgtrigger_confirmed_4a63d', table='budgets_approvalpolicy', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalpolicy',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_approvalpolicyevent" ("author_id", "confirmed_at", "confirmed_by_id", "discount_rate", "effective_from", "effective_to", "id", "kind", "note", "number", "overrun_threshold", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "split_days", "tiers", "version") SELECT new_values."author_id", new_values."confirmed_at", new_values."confirmed_by_id", new_values."discount_rate", new_values."effective_from", new_values."effective_to", new_values."id", new_values."kind", new_values."note", new_values."number", new_values."overrun_threshold", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."split_days", new_values."tiers", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2d1404a2c677bf864097f38797f6f7742ea36081', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7dcd2', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_approvalpolicy', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalpolicy',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_approvalpolicyevent" ("author_id", "confirmed_at", "confirmed_by_id", "discount_rate", "effective_from", "effective_to", "id", "kind", "note", "number", "overrun_threshold", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "split_days", "tiers", "version") SELECT new_values."author_id", new_values."confirmed_at", new_values."confirmed_by_id", new_values."discount_rate", new_values."effective_from", new_values."effective_to", new_values."id", new_values."kind", new_values."note", new_values."number", new_values."overrun_threshold", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."split_days", new_values."tiers", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1d428805fb690489347b362c0fd5c5a29d73ead7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e9b7c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_approvalpolicy', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalpolicy',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_approvalpolicyevent" ("author_id", "confirmed_at", "confirmed_by_id", "discount_rate", "effective_from", "effective_to", "id", "kind", "note", "number", "overrun_threshold", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "split_days", "tiers", "version") SELECT old_values."author_id", old_values."confirmed_at", old_values."confirmed_by_id", old_values."discount_rate", old_values."effective_from", old_values."effective_to", old_values."id", old_values."kind", old_values."note", old_values."number", old_values."overrun_threshold", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."split_days", old_values."tiers", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0a6f35bd5b689698450741e06e7e1aae208bf057', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_352b8', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_approvalpolicy', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalpolicyevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e57d01225f09a35a54552e77ce3ee4103a5d7533', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7862e', table='budgets_approvalpolicyevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalpolicyevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='5a9fffc4797ea83d7d9817cd0773acce291be6ad', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_956aa', table='budgets_approvalpolicyevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='baselinecost',
                constraint=models.UniqueConstraint(fields=('baseline', 'task_id'), name='baseline_cost_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baselinecost',
                trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8530600e15091550f617ed5450f821244eb29972', operation='UPDATE', pgid='pgtrigger_never_changed_93db5', table='budgets_baselinecost', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='baselinecost',
                trigger=pgtrigger.compiler.Trigger(name='goes_with_its_baseline', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM projects_baseline WHERE id = OLD.baseline_id) THEN RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME; END IF; RETURN OLD;", hash='0ace5d35e196ecaa3ae4e8beb8dbcab9553982ea', operation='DELETE', pgid='pgtrigger_goes_with_its_baseline_f9810', table='budgets_baselinecost', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='budget',
                constraint=models.UniqueConstraint(fields=('program', 'project'), name='one_budget_per_project', nulls_distinct=False, violation_error_message='There is a budget for this already. Change that one.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budget',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetevent" ("approved", "contingency", "current", "forecast", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reserve", "version") SELECT new_values."approved", new_values."contingency", new_values."current", new_values."forecast", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."reserve", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9abc12de49f132e018e3e80fbd9f2ef3518df125', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_69143', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_budget', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budget',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetevent" ("approved", "contingency", "current", "forecast", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reserve", "version") SELECT new_values."approved", new_values."contingency", new_values."current", new_values."forecast", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."reserve", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cb50da7822692a3e8031361adc1187921214de00', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_dac1d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_budget', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budget',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetevent" ("approved", "contingency", "current", "forecast", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reserve", "version") SELECT old_values."approved", old_values."contingency", old_values."current", old_values."forecast", old_values."id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."reserve", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='aba7b6e85301003e02838f3f401247db68838de7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d0eba', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_budget', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='739795f026e6f6a8faf91b678cd266956f154ed6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_585f3', table='budgets_budgetevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='92a3c3a837d325bf1d5dabd5fe2a0b6ae3e1e73a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1fb79', table='budgets_budgetevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='budgetrevision',
                constraint=models.UniqueConstraint(fields=('program', 'project', 'number'), name='budget_revision_once', nulls_distinct=False, violation_error_message='Somebody else revised this budget meanwhile. Open it again.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevision',
                trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2fd5bbe9c9c8ccec32d0589a6f5d519fdb93a9d9', operation='UPDATE', pgid='pgtrigger_never_changed_4dba2', table='budgets_budgetrevision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetrevisionevent" ("amount", "change_set_id", "contingency", "effective_on", "id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reason", "reserve") SELECT new_values."amount", new_values."change_set_id", new_values."contingency", new_values."effective_on", new_values."id", new_values."kind", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."reason", new_values."reserve" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='112e7d1639eec85d8eee3bfd6a845b2b42b31533', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_67f86', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_budgetrevision', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetrevisionevent" ("amount", "change_set_id", "contingency", "effective_on", "id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reason", "reserve") SELECT new_values."amount", new_values."change_set_id", new_values."contingency", new_values."effective_on", new_values."id", new_values."kind", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."reason", new_values."reserve" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='41c000fe063afe3018aa518a46c3fad1cec41452', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_48418', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_budgetrevision', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevision',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetrevisionevent" ("amount", "change_set_id", "contingency", "effective_on", "id", "kind", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reason", "reserve") SELECT old_values."amount", old_values."change_set_id", old_values."contingency", old_values."effective_on", old_values."id", old_values."kind", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."reason", old_values."reserve" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='146a512a41ae4216fe85b6359de6e6c6c301f48c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_46c82', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_budgetrevision', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e72d77cbac7bc4583840e33bfddc2bc491921e2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_461ec', table='budgets_budgetrevisionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='0fa8f6d3e29e5def918147dcfbccb40ceafaeb77', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f1ca0', table='budgets_budgetrevisionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalamountevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b4ad90e0b684258714cedb507926d177d9d412a5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_44e57', table='budgets_capitalamountevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalamountevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='83e9c2346fd7c41ecdb52cc100a8b92043b106b3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_cda8a', table='budgets_capitalamountevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='capitalamount',
                constraint=models.UniqueConstraint(fields=('request', 'year'), name='capital_amount_once_a_year', violation_error_message='A year stands twice.'),
            ), migrations.AddConstraint(
                model_name='capitalamount',
                constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='capital_amount_not_negative'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalamount',
                trigger=pgtrigger.compiler.Trigger(name='content_of_request', sql=pgtrigger.compiler.UpsertTriggerSql(func="UPDATE budgets_capitalrequest SET content_sha256 = '' WHERE id IN (NEW.request_id, OLD.request_id); RETURN NULL;", hash='e47706e5ec163d6df883b135abd58c4cb72027de', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_content_of_request_c324b', table='budgets_capitalamount', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalamount',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_capitalamountevent" ("amount", "benefit", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "year") SELECT new_values."amount", new_values."benefit", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."request_id", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='316b1f8e7260bfc3ebb17b3832e7afd81ca5bf79', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f13a0', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_capitalamount', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalamount',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_capitalamountevent" ("amount", "benefit", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "year") SELECT new_values."amount", new_values."benefit", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."request_id", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9b15ba5ce4661110620bbc52ea3e6447d48abc56', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_06105', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_capitalamount', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalamount',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_capitalamountevent" ("amount", "benefit", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "year") SELECT old_values."amount", old_values."benefit", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."request_id", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='86231810d4b56410238defcbc7a12f10ba345a3a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f1748', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_capitalamount', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractmilestone',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_contractmilestoneevent" ("amount", "contract_id", "due_on", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT new_values."amount", new_values."contract_id", new_values."due_on", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."task_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='40e86e05dc7f12170a5a6b2c81ef2e7b24a06314', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b2988', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_contractmilestone', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractmilestone',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_contractmilestoneevent" ("amount", "contract_id", "due_on", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT new_values."amount", new_values."contract_id", new_values."due_on", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."task_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='598e74b21cd803d80a7fa7c3fcb6712bd4cc5497', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1ee16', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_contractmilestone', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractmilestone',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_contractmilestoneevent" ("amount", "contract_id", "due_on", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "task_id") SELECT old_values."amount", old_values."contract_id", old_values."due_on", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."task_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='21dba00addaae1aa3f44ecac10f8cd96380ae2d9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e158d', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_contractmilestone', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractmilestoneevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='bf633c5bb549801522862e038c96318b4d5e684c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_342f3', table='budgets_contractmilestoneevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractmilestoneevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='88a7d30b44b67ad8de7a6ade89dd88b25945385a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d9169', table='budgets_contractmilestoneevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='costcategory',
                constraint=models.UniqueConstraint(fields=('portfolio', 'code'), name='category_code_unique', violation_error_message='There is a category of this code already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costcategory',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costcategoryevent" ("code", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "position", "version") SELECT new_values."code", new_values."id", new_values."is_active", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."position", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e95fad3c38f6b021906ab2b41b38ec60b41fe1ea', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d920e', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_costcategory', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costcategory',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costcategoryevent" ("code", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "position", "version") SELECT new_values."code", new_values."id", new_values."is_active", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."position", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='603a96191ee7df842143183c52e6442f5ea56169', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2308e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_costcategory', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costcategory',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costcategoryevent" ("code", "id", "is_active", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "position", "version") SELECT old_values."code", old_values."id", old_values."is_active", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."position", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6df78b29523ebdfde218f5a2ccbe70ff8a27ab65', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ca736', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_costcategory', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costcategoryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f32b979135c8cc8dc2651dd7dce3fb782d931561', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9e2da', table='budgets_costcategoryevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costcategoryevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='40f38571adba1a723854b9b821ebbec9d1114152', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f9785', table='budgets_costcategoryevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequestevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='d39e6ecb319c4450f0143482e72863ddad32a0bf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a2ea', table='budgets_capitalrequestevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequestevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='408ba73da45a2d52989a33fff7411b81c70c63ae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_2b415', table='budgets_capitalrequestevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='capitalrequest',
                index=models.Index(fields=['program', 'state'], name='capital_request_by_state'),
            ), migrations.AddIndex(
                model_name='capitalrequest',
                index=models.Index(fields=['vendor_key'], name='capital_request_by_vendor'),
            ), migrations.AddConstraint(
                model_name='capitalrequest',
                constraint=models.UniqueConstraint(fields=('program', 'number'), name='capital_request_number'),
            ), migrations.AddConstraint(
                model_name='capitalrequest',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('authorised__isnull', False), ('state__in', ['approved', 'closed'])), models.Q(models.Q(('state', 'approved'), _negated=True), ('authorised', None)), _connector='OR'), name='authorised_when_approved'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequest',
                trigger=pgtrigger.compiler.Trigger(name='content', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nNEW.vendor_key := left(lower(regexp_replace(NEW.vendor, '[^[:alnum:]]+', '', 'g')), 300);\nNEW.content := jsonb_build_object(\n    'program', NEW.program_id, 'project', NEW.project_id, 'title', NEW.title, 'business_case', NEW.business_case,\n    'asset_class', NEW.asset_class, 'alternatives', NEW.alternatives, 'benefits', NEW.benefits, 'risks', NEW.risks,\n    'vendor', NEW.vendor, 'cost_line', NEW.cost_line_id, 'currency', NEW.currency,\n    'planned_in_service_on', NEW.planned_in_service_on,\n    'amounts', coalesce((\n        SELECT jsonb_agg(jsonb_build_object('year', a.year, 'amount', a.amount::text, 'benefit', a.benefit::text)\n                         ORDER BY a.year)\n          FROM budgets_capitalamount AS a WHERE a.request_id = NEW.id), '[]'::jsonb));\n-- Only where there is one: what was approved without a what-if keeps its hash.\nIF NEW.scenario_id IS NOT NULL THEN\n    NEW.content := NEW.content || jsonb_build_object('scenario', NEW.scenario_id, 'simulation', NEW.simulation);\nEND IF;\nNEW.content_sha256 := encode(sha256(convert_to(NEW.content::text, 'UTF8')), 'hex');\nIF TG_OP = 'UPDATE' THEN\n    IF NEW.requester_id <> OLD.requester_id THEN RAISE EXCEPTION 'capital_requester_fixed' USING ERRCODE = '23514', CONSTRAINT = 'capital_requester_fixed'; END IF;\n    IF NEW.content_sha256 <> OLD.content_sha256 THEN\n        IF OLD.state = 'closed' THEN RAISE EXCEPTION 'capital_closed' USING ERRCODE = '23514', CONSTRAINT = 'capital_closed'; END IF;\n        NEW.state := 'draft';\n        NEW.submitted_at := NULL;\n        NEW.authorised := NULL;\n        NEW.authorised_at := NULL;\n    END IF;\nELSIF NEW.state <> 'draft' THEN RAISE EXCEPTION 'capital_without_approval' USING ERRCODE = '23514', CONSTRAINT = 'capital_without_approval';\nEND IF;\nIF NEW.state = 'approved' OR NEW.authorised IS NOT NULL THEN\n    IF NOT EXISTS (SELECT FROM budgets_approvalround AS r WHERE r.kind = 'capital_request' AND r.subject_id = NEW.id\n                      AND r.state = 'approved' AND r.content_sha256 = NEW.content_sha256 AND r.amount = NEW.authorised)\n    THEN RAISE EXCEPTION 'capital_without_approval' USING ERRCODE = '23514', CONSTRAINT = 'capital_without_approval'; END IF;\nEND IF;\nRETURN NEW;\n", hash='47fcb71ff948b71325b701ac534a2a076f548297', operation='INSERT OR UPDATE', pgid='pgtrigger_content_91715', table='budgets_capitalrequest', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequest',
                trigger=pgtrigger.compiler.Trigger(name='hands', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    INSERT INTO budgets_involvement (kind, subject_id, user_id, what) VALUES ('capital_request', NEW.id, NEW.requester_id, 'requested') ON CONFLICT DO NOTHING;\nEND IF;\nIF TG_OP = 'INSERT' OR NEW.content_sha256 <> OLD.content_sha256 THEN\n    INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT 'capital_request', NEW.id, who, 'edited' FROM (SELECT (SELECT actor_id FROM activity_changeset WHERE context_id = NULLIF(current_setting('pghistory.context_id', true), '')::uuid) AS who) AS w WHERE who IS NOT NULL\n        ON CONFLICT DO NOTHING;\n    INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT DISTINCT 'capital_request', NEW.id, c.actor_id, 'funded' FROM budgets_costlineevent AS e\n          JOIN activity_changeset AS c ON c.context_id = e.pgh_context_id\n         WHERE e.pgh_obj_id = NEW.cost_line_id AND c.actor_id IS NOT NULL ON CONFLICT DO NOTHING;\n    UPDATE budgets_approvalround SET state = 'voided', closed_at = clock_timestamp(), version = version + 1\n     WHERE kind = 'capital_request' AND subject_id = NEW.id AND state IN ('open', 'approved');\nEND IF;\nRETURN NULL;\n", hash='a9e224990217ac975a67e1372e0f4d9443ef3c89', operation='INSERT OR UPDATE', pgid='pgtrigger_hands_050bc', table='budgets_capitalrequest', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequest',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_capitalrequestevent" ("alternatives", "asset_class", "authorised", "authorised_at", "benefits", "business_case", "closed_at", "content", "content_sha256", "cost_line_id", "currency", "id", "in_service_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_in_service_on", "program_id", "project_id", "requester_id", "risks", "scenario_id", "simulation", "state", "still_expected", "submitted_at", "title", "vendor", "vendor_key", "version") SELECT new_values."alternatives", new_values."asset_class", new_values."authorised", new_values."authorised_at", new_values."benefits", new_values."business_case", new_values."closed_at", new_values."content", new_values."content_sha256", new_values."cost_line_id", new_values."currency", new_values."id", new_values."in_service_on", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."planned_in_service_on", new_values."program_id", new_values."project_id", new_values."requester_id", new_values."risks", new_values."scenario_id", new_values."simulation", new_values."state", new_values."still_expected", new_values."submitted_at", new_values."title", new_values."vendor", new_values."vendor_key", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1199292398be8e595a26435bf76aca995e0974d4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ea9ff', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_capitalrequest', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequest',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_capitalrequestevent" ("alternatives", "asset_class", "authorised", "authorised_at", "benefits", "business_case", "closed_at", "content", "content_sha256", "cost_line_id", "currency", "id", "in_service_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_in_service_on", "program_id", "project_id", "requester_id", "risks", "scenario_id", "simulation", "state", "still_expected", "submitted_at", "title", "vendor", "vendor_key", "version") SELECT new_values."alternatives", new_values."asset_class", new_values."authorised", new_values."authorised_at", new_values."benefits", new_values."business_case", new_values."closed_at", new_values."content", new_values."content_sha256", new_values."cost_line_id", new_values."currency", new_values."id", new_values."in_service_on", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."planned_in_service_on", new_values."program_id", new_values."project_id", new_values."requester_id", new_values."risks", new_values."scenario_id", new_values."simulation", new_values."state", new_values."still_expected", new_values."submitted_at", new_values."title", new_values."vendor", new_values."vendor_key", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='123a0bbd95a9f7ebd9118274ae2156af9353cc41', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_47086', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_capitalrequest', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='capitalrequest',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_capitalrequestevent" ("alternatives", "asset_class", "authorised", "authorised_at", "benefits", "business_case", "closed_at", "content", "content_sha256", "cost_line_id", "currency", "id", "in_service_on", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_in_service_on", "program_id", "project_id", "requester_id", "risks", "scenario_id", "simulation", "state", "still_expected", "submitted_at", "title", "vendor", "vendor_key", "version") SELECT old_values."alternatives", old_values."asset_class", old_values."authorised", old_values."authorised_at", old_values."benefits", old_values."business_case", old_values."closed_at", old_values."content", old_values."content_sha256", old_values."cost_line_id", old_values."currency", old_values."id", old_values."in_service_on", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."planned_in_service_on", old_values."program_id", old_values."project_id", old_values."requester_id", old_values."risks", old_values."scenario_id", old_values."simulation", old_values."state", old_values."still_expected", old_values."submitted_at", old_values."title", old_values."vendor", old_values."vendor_key", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3a522589ceea2e6eedaa5b69812f5610e4d0473f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1a827', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_capitalrequest', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='costportion',
                constraint=models.UniqueConstraint(fields=('line', 'starts_on'), name='portion_once'),
            ), migrations.AddConstraint(
                model_name='costportion',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='portion_in_order'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costportion',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costportionevent" ("amount", "ends_on", "id", "line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "version") SELECT new_values."amount", new_values."ends_on", new_values."id", new_values."line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."starts_on", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5850be5e3485399ce11c581b1e02bdbbfb227778', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3fa94', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_costportion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costportion',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costportionevent" ("amount", "ends_on", "id", "line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "version") SELECT new_values."amount", new_values."ends_on", new_values."id", new_values."line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."starts_on", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cb8c1688b86d631eed86106f9415e65465431fb1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fc5d7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_costportion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costportion',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costportionevent" ("amount", "ends_on", "id", "line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "version") SELECT old_values."amount", old_values."ends_on", old_values."id", old_values."line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."starts_on", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2213dd16cd5982bb7a2f6faea00f01b9c94ae7eb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c3dab', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_costportion', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costportionevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='d0432b279597818fe0680763dc11ebaadb5bb49a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1158', table='budgets_costportionevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costportionevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f30a51ada500232a6bdf15cdd035c70aa3b04dc2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4ceff', table='budgets_costportionevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='delegation',
                index=models.Index(fields=['delegate', 'ends_at'], name='delegation_by_delegate'),
            ), migrations.AddConstraint(
                model_name='delegation',
                constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('delegate')), _negated=True), name='delegation_to_another', violation_error_message='Delegate to somebody else.'),
            ), migrations.AddConstraint(
                model_name='delegation',
                constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='delegation_ends_after_start', violation_error_message='The delegation ends before it starts.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delegation',
                trigger=pgtrigger.compiler.Trigger(name='fixed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'revoked_at' - 'version') <> (to_jsonb(OLD) - 'revoked_at' - 'version')\n   OR OLD.revoked_at IS NOT NULL\nTHEN RAISE EXCEPTION 'delegation_fixed' USING ERRCODE = '23514', CONSTRAINT = 'delegation_fixed'; END IF;\nRETURN NEW;\n", hash='0cb8492d3d2718a195a9b87768a500873c95822f', operation='UPDATE OR DELETE', pgid='pgtrigger_fixed_c26bb', table='budgets_delegation', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delegation',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_delegationevent" ("delegate_id", "ends_at", "giver_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "starts_at", "version") SELECT new_values."delegate_id", new_values."ends_at", new_values."giver_id", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."revoked_at", new_values."role", new_values."starts_at", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6f29aa2bb1a99cf89db0fea3a68b6402b7d39465', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_cb368', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_delegation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delegation',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_delegationevent" ("delegate_id", "ends_at", "giver_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "starts_at", "version") SELECT new_values."delegate_id", new_values."ends_at", new_values."giver_id", new_values."id", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."revoked_at", new_values."role", new_values."starts_at", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='810c6354fdf88a373429ad82b70e63570aee3d9b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6f2e4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_delegation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delegation',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_delegationevent" ("delegate_id", "ends_at", "giver_id", "id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "starts_at", "version") SELECT old_values."delegate_id", old_values."ends_at", old_values."giver_id", old_values."id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."revoked_at", old_values."role", old_values."starts_at", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='af48091e8dc59e52a2e4d1a3c7992faceb9c6025', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b51f1', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_delegation', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delegationevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b3f985a084093eee57e2525ae78f3a6fb588e9f2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb5f9', table='budgets_delegationevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delegationevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='926703da858f52f32dc7e3e7cb6aae3731a2dff4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_dfbf7', table='budgets_delegationevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='estimate',
                constraint=models.UniqueConstraint(fields=('program', 'project', 'number'), name='estimate_version_once', nulls_distinct=False),
            ), migrations.AddConstraint(
                model_name='estimate',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('program', 'project'), name='one_draft_estimate', nulls_distinct=False, violation_error_message='There is a draft already. Issue or delete it first.'),
            ), migrations.AddConstraint(
                model_name='estimate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at', None), ('state', 'draft')), models.Q(('issued_at__isnull', False), ('state', 'issued')), _connector='OR'), name='estimate_issued_at'),
            ), migrations.AddConstraint(
                model_name='estimate',
                constraint=models.CheckConstraint(condition=models.Q(('confidence__gte', 1), ('confidence__lte', 99), ('estimate_class__gte', 1), ('estimate_class__lte', 5)), name='estimate_class_and_confidence'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimate',
                trigger=pgtrigger.compiler.Trigger(name='issued_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.state = 'issued' THEN RAISE EXCEPTION 'estimate_issued' USING ERRCODE = '23514', CONSTRAINT = 'estimate_issued'; END IF; RETURN NEW;", hash='f70bfdf1d68658f437739ea1730c381ae6455fbe', operation='UPDATE', pgid='pgtrigger_issued_stays_69e8f', table='budgets_estimate', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimateevent" ("basis", "confidence", "estimate_class", "id", "issued_at", "issued_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_on", "program_id", "project_id", "state", "title", "version") SELECT new_values."basis", new_values."confidence", new_values."estimate_class", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."prepared_on", new_values."program_id", new_values."project_id", new_values."state", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='54732d7051287fa0e293c6ceff776c19479632d4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_777ff', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_estimate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimateevent" ("basis", "confidence", "estimate_class", "id", "issued_at", "issued_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_on", "program_id", "project_id", "state", "title", "version") SELECT new_values."basis", new_values."confidence", new_values."estimate_class", new_values."id", new_values."issued_at", new_values."issued_by_id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."prepared_on", new_values."program_id", new_values."project_id", new_values."state", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e0d235a519ded84a50af978901458536fa699ae4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3e92d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_estimate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimateevent" ("basis", "confidence", "estimate_class", "id", "issued_at", "issued_by_id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prepared_on", "program_id", "project_id", "state", "title", "version") SELECT old_values."basis", old_values."confidence", old_values."estimate_class", old_values."id", old_values."issued_at", old_values."issued_by_id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."prepared_on", old_values."program_id", old_values."project_id", old_values."state", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7bbc1f8e75841b3cc4b9fa4e9ddd17576199fb37', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fefa2', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_estimate', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='estimatechoice',
                constraint=models.UniqueConstraint(fields=('program',), name='one_estimate_choice'),
            ), migrations.AddConstraint(
                model_name='estimatechoice',
                constraint=models.CheckConstraint(condition=models.Q(('project', None)), name='estimate_choice_of_program'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatechoice',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimatechoiceevent" ("id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "version") SELECT new_values."id", new_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='19da8d27a2d464558fd64bc3e276c26725dccad3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_05ced', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_estimatechoice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatechoice',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimatechoiceevent" ("id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "version") SELECT new_values."id", new_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f529505c63a707340c85d2bd89423e7fa765c8f3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e1d28', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_estimatechoice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatechoice',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimatechoiceevent" ("id", "method", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "version") SELECT old_values."id", old_values."method", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bdd565f67ee11202f3b5d4a004b22827070e12b8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6ec93', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_estimatechoice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatechoiceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='bfdbdec2ed6c6d8c5b88e13475b04ed3c652e3ee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_209ed', table='budgets_estimatechoiceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatechoiceevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='ed1e7d4d866db38c13d26d1b01a2873c9dd31e67', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e8140', table='budgets_estimatechoiceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f2c048d97d3b848505c229f6d08e983e759f9c35', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1c762', table='budgets_estimateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimateevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='25d68dc64ddc1acaf58629e455be936262d37978', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0fedb', table='budgets_estimateevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='exchangerate',
                constraint=models.UniqueConstraint(fields=('portfolio', 'currency', 'on'), name='one_rate_per_day', violation_error_message='There is a rate of this currency on this day already.'),
            ), migrations.AddConstraint(
                model_name='exchangerate',
                constraint=models.CheckConstraint(condition=models.Q(('rate__gt', 0)), name='rate_is_positive', violation_error_message='A rate is greater than zero.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='exchangerate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_exchangerateevent" ("currency", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "rate", "source", "version") SELECT new_values."currency", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."rate", new_values."source", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='36a1a7fffc7b6ce523132e711f06fa1f4527e70d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2ad01', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_exchangerate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='exchangerate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_exchangerateevent" ("currency", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "rate", "source", "version") SELECT new_values."currency", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."rate", new_values."source", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e1456d203fe4bc58ed20f782a12a718867db26a5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ba246', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_exchangerate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='exchangerate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_exchangerateevent" ("currency", "id", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "rate", "source", "version") SELECT old_values."currency", old_values."id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."rate", old_values."source", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='654f8b492c260b987e3e400a668cb1f8af00c0dd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_eaa7b', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_exchangerate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatelineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='bf872640638b306a7dc28448aa482efae11ee700', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6a07b', table='budgets_estimatelineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimatelineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b592af50e7a9c78f1bc2b2ea4a502919747fd52e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3d970', table='budgets_estimatelineevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='estimateline',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', None), ('original_likely', None), ('original_optimistic', None), ('original_pessimistic', None), ('rate', None)), models.Q(('currency__isnull', False), ('original_likely__gte', models.F('original_optimistic')), ('original_optimistic__gte', 0), ('original_pessimistic__gte', models.F('original_likely')), ('rate__isnull', False)), _connector='OR'), name='estimate_line_priced_whole', violation_error_message='A foreign amount names its currency, its amount and its rate.'),
            ), migrations.AddConstraint(
                model_name='estimateline',
                constraint=models.UniqueConstraint(fields=('estimate', 'key'), name='estimate_line_once', violation_error_message='There is a line of this code already.'),
            ), migrations.AddConstraint(
                model_name='estimateline',
                constraint=models.CheckConstraint(condition=models.Q(('likely__lte', models.F('pessimistic')), ('optimistic__gte', 0), ('optimistic__lte', models.F('likely'))), name='estimate_points_in_order', violation_error_message='Optimistic ≤ most likely ≤ pessimistic, none of them negative.'),
            ), migrations.AddConstraint(
                model_name='estimateline',
                constraint=models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='estimate_quantity_not_negative', violation_error_message='A quantity can not be negative.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimateline',
                trigger=pgtrigger.compiler.Trigger(name='issued_lines_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM budgets_estimate WHERE state = 'issued' AND id IN (CASE WHEN TG_OP <> 'DELETE' THEN NEW.estimate_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.estimate_id END)) THEN RAISE EXCEPTION 'estimate_issued' USING ERRCODE = '23514', CONSTRAINT = 'estimate_issued'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='0cb2fb4b4a1b18959aae64f884584d37e95811b0', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_issued_lines_stay_fb383', table='budgets_estimateline', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimateline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimatelineevent" ("basis", "category", "currency", "estimate_id", "id", "key", "likely", "method", "name", "optimistic", "original_likely", "original_optimistic", "original_pessimistic", "pessimistic", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "rate_id", "unit", "version") SELECT new_values."basis", new_values."category", new_values."currency", new_values."estimate_id", new_values."id", new_values."key", new_values."likely", new_values."method", new_values."name", new_values."optimistic", new_values."original_likely", new_values."original_optimistic", new_values."original_pessimistic", new_values."pessimistic", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."quantity", new_values."rate_id", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e751bb6008b464813acfc526f701aa9ca0dbaf6e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b0532', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_estimateline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimateline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimatelineevent" ("basis", "category", "currency", "estimate_id", "id", "key", "likely", "method", "name", "optimistic", "original_likely", "original_optimistic", "original_pessimistic", "pessimistic", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "rate_id", "unit", "version") SELECT new_values."basis", new_values."category", new_values."currency", new_values."estimate_id", new_values."id", new_values."key", new_values."likely", new_values."method", new_values."name", new_values."optimistic", new_values."original_likely", new_values."original_optimistic", new_values."original_pessimistic", new_values."pessimistic", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."quantity", new_values."rate_id", new_values."unit", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='67fba4b062d2df5317d9a17e716461cc04b895aa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_37348', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_estimateline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='estimateline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_estimatelineevent" ("basis", "category", "currency", "estimate_id", "id", "key", "likely", "method", "name", "optimistic", "original_likely", "original_optimistic", "original_pessimistic", "pessimistic", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "rate_id", "unit", "version") SELECT old_values."basis", old_values."category", old_values."currency", old_values."estimate_id", old_values."id", old_values."key", old_values."likely", old_values."method", old_values."name", old_values."optimistic", old_values."original_likely", old_values."original_optimistic", old_values."original_pessimistic", old_values."pessimistic", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."quantity", old_values."rate_id", old_values."unit", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fc26d1b2b130ffb9a9eff174d9ecf84c6127153e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d231d', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_estimateline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costlineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='4b05c8e395629827f17dca033538785a67aa1f38', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_55890', table='budgets_costlineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costlineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='558158accb256ccb362de3f0ab2bf1f3e79ca1e0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_09ef0', table='budgets_costlineevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='costline',
                index=models.Index(fields=['program', 'project'], name='cost_line_by_project'),
            ), migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('task__isnull', False), models.Q(('ends_on__gte', models.F('starts_on')), ('starts_on__isnull', False)), _connector='OR'), name='cost_line_has_task_or_dates', violation_error_message='A cost line needs a task, or dates of its own in the right order.'),
            ), migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('task', None), ('project__isnull', False), _connector='OR'), name='task_cost_names_its_project', violation_error_message='A cost line of a task names its project, too.'),
            ), migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('by_hand', False), ('task', None), _connector='OR'), name='by_hand_has_no_task', violation_error_message="A cost line that follows a task is phased over the task's dates, not by hand."),
            ), migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(('from_assignments', False), models.Q(('amount', 0), ('currency', None), ('task__isnull', False)), _connector='OR'), name='from_assignments_has_no_amount', violation_error_message='A line from assignments names a task, and its amount is computed.'),
            ), migrations.AddConstraint(
                model_name='costline',
                constraint=models.UniqueConstraint(condition=models.Q(('from_assignments', True)), fields=('task',), name='assigned_work_costed_once', violation_error_message='The assigned work of this task is costed by another line already.'),
            ), migrations.AddConstraint(
                model_name='costline',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', None), ('original_amount', None), ('rate', None)), models.Q(('currency__isnull', False), ('original_amount__isnull', False), ('rate__isnull', False)), _connector='OR'), name='cost_line_priced_whole', violation_error_message='A foreign amount names its currency, its amount and its rate.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='funders', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amount" IS DISTINCT FROM (NEW."amount"))', func="INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT 'capital_request', r.id, who, 'funded' FROM budgets_capitalrequest AS r, (SELECT (SELECT actor_id FROM activity_changeset WHERE context_id = NULLIF(current_setting('pghistory.context_id', true), '')::uuid) AS who) AS w WHERE r.cost_line_id = NEW.id AND who IS NOT NULL ON CONFLICT DO NOTHING; RETURN NULL;", hash='737e379b9eaa05e28e93c4f21a95cd66898e856c', operation='UPDATE', pgid='pgtrigger_funders_00f28', table='budgets_costline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costlineevent" ("amount", "by_hand", "category", "currency", "ends_on", "external_key", "from_assignments", "id", "name", "nature", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "starts_on", "task_id", "version") SELECT new_values."amount", new_values."by_hand", new_values."category", new_values."currency", new_values."ends_on", new_values."external_key", new_values."from_assignments", new_values."id", new_values."name", new_values."nature", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."starts_on", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ee5f6376db1ee2b9a632662bf39bbf35801de82b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_65d53', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_costline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costlineevent" ("amount", "by_hand", "category", "currency", "ends_on", "external_key", "from_assignments", "id", "name", "nature", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "starts_on", "task_id", "version") SELECT new_values."amount", new_values."by_hand", new_values."category", new_values."currency", new_values."ends_on", new_values."external_key", new_values."from_assignments", new_values."id", new_values."name", new_values."nature", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."starts_on", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7049721c229c27e5d9c1b5d912d88083979293da', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_92d37', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_costline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='costline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_costlineevent" ("amount", "by_hand", "category", "currency", "ends_on", "external_key", "from_assignments", "id", "name", "nature", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "starts_on", "task_id", "version") SELECT old_values."amount", old_values."by_hand", old_values."category", old_values."currency", old_values."ends_on", old_values."external_key", old_values."from_assignments", old_values."id", old_values."name", old_values."nature", old_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."rate_id", old_values."starts_on", old_values."task_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='200d6c1ae7dc2319b95ec92827a4cdecf6589a9c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d2639', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_costline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionlineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='3c79e7a47a1c29c07791246691bb04c43c8350c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f864', table='budgets_budgetrevisionlineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionlineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='db3263a19060c99dea01d7eee48562faab43e011', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d1f0c', table='budgets_budgetrevisionlineevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='budgetrevisionline',
                constraint=models.UniqueConstraint(fields=('revision', 'category'), name='budget_line_once_per_category'),
            ), migrations.AddConstraint(
                model_name='budgetrevisionline',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', None), ('original_amount', None), ('rate', None)), models.Q(('currency__isnull', False), ('original_amount__isnull', False), ('rate__isnull', False)), _connector='OR'), name='budget_line_priced_whole', violation_error_message='A foreign amount names its currency, its amount and its rate.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionline',
                trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b0abd9d047a42e133587e8e0011efd7a6013815a', operation='UPDATE', pgid='pgtrigger_never_changed_7c5c4', table='budgets_budgetrevisionline', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetrevisionlineevent" ("amount", "category", "currency", "id", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_id", "revision_id") SELECT new_values."amount", new_values."category", new_values."currency", new_values."id", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."rate_id", new_values."revision_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='265bae49db732d3cd1a081b74a79ca9d60423555', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d06e1', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_budgetrevisionline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetrevisionlineevent" ("amount", "category", "currency", "id", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_id", "revision_id") SELECT new_values."amount", new_values."category", new_values."currency", new_values."id", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."rate_id", new_values."revision_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4072eab10838b7288e435b963ed75dd41b6f9282', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d148a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_budgetrevisionline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='budgetrevisionline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_budgetrevisionlineevent" ("amount", "category", "currency", "id", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_id", "revision_id") SELECT old_values."amount", old_values."category", old_values."currency", old_values."id", old_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."rate_id", old_values."revision_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='20836c6f89e56eedd126fa2814da9556b7a8b6bd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7afbc', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_budgetrevisionline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalroundevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8bad03e3d909dc9cfe2f5016c075eb002ef423a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2632b', table='budgets_approvalroundevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalroundevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='82773fe5993daea318857d842c808ac73a28fec9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_52a85', table='budgets_approvalroundevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='approvalround',
                index=models.Index(fields=['kind', 'subject_id'], name='round_by_subject'),
            ), migrations.AddConstraint(
                model_name='approvalround',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('kind', 'subject_id'), name='one_open_round', violation_error_message='It waits for approval already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalround',
                trigger=pgtrigger.compiler.Trigger(name='settled', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'INSERT' THEN\n    IF NEW.state <> 'open' OR jsonb_array_length(NEW.steps) = 0 THEN RAISE EXCEPTION 'round_unfinished' USING ERRCODE = '23514', CONSTRAINT = 'round_unfinished'; END IF;\n    INSERT INTO budgets_involvement (kind, subject_id, user_id, what) VALUES (NEW.kind, NEW.subject_id, NEW.requester_id, 'requested') ON CONFLICT DO NOTHING;\n    INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT DISTINCT NEW.kind, NEW.subject_id, c.actor_id, 'funded' FROM budgets_exchangerateevent AS e\n          JOIN activity_changeset AS c ON c.context_id = e.pgh_context_id\n         WHERE e.pgh_obj_id = NEW.exchange_rate_id AND c.actor_id IS NOT NULL ON CONFLICT DO NOTHING;\n    RETURN NEW;\nEND IF;\nIF ROW(NEW.kind, NEW.subject_id, NEW.requester_id, NEW.content_sha256, NEW.policy_id, NEW.steps, NEW.amount, NEW.counted, NEW.rate)\n   IS DISTINCT FROM\n   ROW(OLD.kind, OLD.subject_id, OLD.requester_id, OLD.content_sha256, OLD.policy_id, OLD.steps, OLD.amount, OLD.counted, OLD.rate)\n   OR (OLD.state <> 'open' AND NEW.state <> OLD.state AND NOT (OLD.state = 'approved' AND NEW.state = 'voided'))\nTHEN RAISE EXCEPTION 'round_settled' USING ERRCODE = '23514', CONSTRAINT = 'round_settled'; END IF;\nIF NEW.state = 'approved' AND OLD.state = 'open' AND (\n    EXISTS (SELECT FROM jsonb_array_elements(NEW.steps) WITH ORDINALITY AS s (step, n) WHERE NOT (SELECT count(*) FROM budgets_vote AS v WHERE v.round_id = NEW.id AND v.step = s.n - 1 AND v.decision = 'approve') >= (s.step ->> 'quorum')::int)\n    OR EXISTS (SELECT FROM budgets_vote WHERE round_id = NEW.id AND decision = 'reject'))\nTHEN RAISE EXCEPTION 'round_unfinished' USING ERRCODE = '23514', CONSTRAINT = 'round_unfinished'; END IF;\nRETURN NEW;\n", hash='0da36f8ca128cf7e3da88d325e48129abebd378e', operation='INSERT OR UPDATE', pgid='pgtrigger_settled_8334f', table='budgets_approvalround', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalround',
                trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'round_settled' USING ERRCODE = '23514', CONSTRAINT = 'round_settled';", hash='208a949dc1842a550ab4f7f13d904879d6a1e11b', operation='DELETE', pgid='pgtrigger_kept_d454e', table='budgets_approvalround', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalround',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_approvalroundevent" ("amount", "closed_at", "content", "content_sha256", "counted", "counted_with", "exchange_rate_id", "id", "kind", "opened_at", "original_amount", "original_currency", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "program_id", "project_id", "rate", "requester_id", "state", "steps", "subject_id", "tier", "version") SELECT new_values."amount", new_values."closed_at", new_values."content", new_values."content_sha256", new_values."counted", new_values."counted_with", new_values."exchange_rate_id", new_values."id", new_values."kind", new_values."opened_at", new_values."original_amount", new_values."original_currency", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."policy_id", new_values."program_id", new_values."project_id", new_values."rate", new_values."requester_id", new_values."state", new_values."steps", new_values."subject_id", new_values."tier", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='09b9010ef60858005947d825a4d74614217766ce', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3bc51', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_approvalround', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalround',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_approvalroundevent" ("amount", "closed_at", "content", "content_sha256", "counted", "counted_with", "exchange_rate_id", "id", "kind", "opened_at", "original_amount", "original_currency", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "program_id", "project_id", "rate", "requester_id", "state", "steps", "subject_id", "tier", "version") SELECT new_values."amount", new_values."closed_at", new_values."content", new_values."content_sha256", new_values."counted", new_values."counted_with", new_values."exchange_rate_id", new_values."id", new_values."kind", new_values."opened_at", new_values."original_amount", new_values."original_currency", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."policy_id", new_values."program_id", new_values."project_id", new_values."rate", new_values."requester_id", new_values."state", new_values."steps", new_values."subject_id", new_values."tier", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3d481e08bff01859726ab0a57b057ede8ac2b460', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_30e74', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_approvalround', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='approvalround',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_approvalroundevent" ("amount", "closed_at", "content", "content_sha256", "counted", "counted_with", "exchange_rate_id", "id", "kind", "opened_at", "original_amount", "original_currency", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "program_id", "project_id", "rate", "requester_id", "state", "steps", "subject_id", "tier", "version") SELECT old_values."amount", old_values."closed_at", old_values."content", old_values."content_sha256", old_values."counted", old_values."counted_with", old_values."exchange_rate_id", old_values."id", old_values."kind", old_values."opened_at", old_values."original_amount", old_values."original_currency", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."policy_id", old_values."program_id", old_values."project_id", old_values."rate", old_values."requester_id", old_values."state", old_values."steps", old_values."subject_id", old_values."tier", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dab193d07c44a470671bb4e1fa89dbc3a19177d5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6181b', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_approvalround', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actualevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='588245e0c92afc214430bd27f1878d6f3c35389d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e92f8', table='budgets_actualevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actualevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='ace77b9d2cb7f5443074110b130367b9bf222f72', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_9de59', table='budgets_actualevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='actual',
                index=models.Index(fields=['program', 'posted_on'], name='actual_by_date'),
            ), migrations.AddConstraint(
                model_name='actual',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reversal'), ('reverses__isnull', False)), models.Q(models.Q(('kind', 'reversal'), _negated=True), ('reverses', None)), _connector='OR'), name='reversal_names_what_it_reverses', violation_error_message='A reversal names the posting that it takes back.'),
            ), migrations.AddConstraint(
                model_name='actual',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', None), ('original_amount', None), ('rate', None)), models.Q(('currency__isnull', False), ('original_amount__isnull', False), ('rate__isnull', False)), _connector='OR'), name='actual_priced_whole', violation_error_message='A foreign amount names its currency, its amount and its rate.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='closed_takes_none', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM budgets_fiscalperiod AS p\n      JOIN programs_program AS g USING (portfolio_id)\n     WHERE EXISTS (SELECT 1 FROM (SELECT * FROM new_rows) AS t WHERE t.program_id = g.id AND t.posted_on BETWEEN p.starts_on AND p.ends_on)\n       FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM (SELECT DISTINCT program_id, posted_on FROM (SELECT * FROM new_rows) AS every) AS t\n          JOIN programs_program AS g ON g.id = t.program_id\n          JOIN budgets_fiscalperiod AS p ON p.portfolio_id = g.portfolio_id AND t.posted_on BETWEEN p.starts_on AND p.ends_on\n         WHERE p.state <> 'open'\n    ) THEN\n        RAISE EXCEPTION 'a closed period is read-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'actual_in_open_period';\n    END IF;\n    RETURN NULL;\n", hash='8e612c480264a4b4f90bd2e4e2d2e8a556683c04', level='STATEMENT', operation='INSERT', pgid='pgtrigger_closed_takes_none_4b59d', referencing='REFERENCING NEW TABLE AS new_rows ', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='closed_loses_none', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM budgets_fiscalperiod AS p\n      JOIN programs_program AS g USING (portfolio_id)\n     WHERE EXISTS (SELECT 1 FROM (SELECT * FROM old_rows) AS t WHERE t.program_id = g.id AND t.posted_on BETWEEN p.starts_on AND p.ends_on)\n       FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM (SELECT DISTINCT program_id, posted_on FROM (SELECT * FROM old_rows) AS every) AS t\n          JOIN programs_program AS g ON g.id = t.program_id\n          JOIN budgets_fiscalperiod AS p ON p.portfolio_id = g.portfolio_id AND t.posted_on BETWEEN p.starts_on AND p.ends_on\n         WHERE p.state <> 'open'\n    ) THEN\n        RAISE EXCEPTION 'a closed period is read-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'actual_in_open_period';\n    END IF;\n    RETURN NULL;\n", hash='23b95a58fe39221de8de7c298b94b08017a1aab4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_closed_loses_none_e8ddf', referencing='REFERENCING OLD TABLE AS old_rows ', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='closed_keeps_all', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM 1 FROM budgets_fiscalperiod AS p\n      JOIN programs_program AS g USING (portfolio_id)\n     WHERE EXISTS (SELECT 1 FROM (SELECT w.program_id, w.posted_on FROM old_rows AS w JOIN new_rows AS v ON v.id = w.id WHERE (w.program_id, w.project_id, w.posted_on, w.amount, w.category, w.kind, w.currency, w.original_amount, w.rate_id, w.reverses_id, w.nature, w.capital_request_id) IS DISTINCT FROM (v.program_id, v.project_id, v.posted_on, v.amount, v.category, v.kind, v.currency, v.original_amount, v.rate_id, v.reverses_id, v.nature, v.capital_request_id) UNION ALL SELECT w.program_id, w.posted_on FROM new_rows AS w JOIN old_rows AS v ON v.id = w.id WHERE (w.program_id, w.project_id, w.posted_on, w.amount, w.category, w.kind, w.currency, w.original_amount, w.rate_id, w.reverses_id, w.nature, w.capital_request_id) IS DISTINCT FROM (v.program_id, v.project_id, v.posted_on, v.amount, v.category, v.kind, v.currency, v.original_amount, v.rate_id, v.reverses_id, v.nature, v.capital_request_id)) AS t WHERE t.program_id = g.id AND t.posted_on BETWEEN p.starts_on AND p.ends_on)\n       FOR SHARE OF p;\n    IF EXISTS (\n        SELECT 1 FROM (SELECT DISTINCT program_id, posted_on FROM (SELECT w.program_id, w.posted_on FROM old_rows AS w JOIN new_rows AS v ON v.id = w.id WHERE (w.program_id, w.project_id, w.posted_on, w.amount, w.category, w.kind, w.currency, w.original_amount, w.rate_id, w.reverses_id, w.nature, w.capital_request_id) IS DISTINCT FROM (v.program_id, v.project_id, v.posted_on, v.amount, v.category, v.kind, v.currency, v.original_amount, v.rate_id, v.reverses_id, v.nature, v.capital_request_id) UNION ALL SELECT w.program_id, w.posted_on FROM new_rows AS w JOIN old_rows AS v ON v.id = w.id WHERE (w.program_id, w.project_id, w.posted_on, w.amount, w.category, w.kind, w.currency, w.original_amount, w.rate_id, w.reverses_id, w.nature, w.capital_request_id) IS DISTINCT FROM (v.program_id, v.project_id, v.posted_on, v.amount, v.category, v.kind, v.currency, v.original_amount, v.rate_id, v.reverses_id, v.nature, v.capital_request_id)) AS every) AS t\n          JOIN programs_program AS g ON g.id = t.program_id\n          JOIN budgets_fiscalperiod AS p ON p.portfolio_id = g.portfolio_id AND t.posted_on BETWEEN p.starts_on AND p.ends_on\n         WHERE p.state <> 'open'\n    ) THEN\n        RAISE EXCEPTION 'a closed period is read-only' USING ERRCODE = 'check_violation', CONSTRAINT = 'actual_in_open_period';\n    END IF;\n    RETURN NULL;\n", hash='905ca78736a8b704f68a3b27f6c48cb9fa14764f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_closed_keeps_all_01cb8', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='funders', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."capital_request_id" IS NOT NULL)', func="INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT 'capital_request', NEW.capital_request_id, who, 'funded' FROM (SELECT (SELECT actor_id FROM activity_changeset WHERE context_id = NULLIF(current_setting('pghistory.context_id', true), '')::uuid) AS who) AS w WHERE who IS NOT NULL ON CONFLICT DO NOTHING; RETURN NULL;", hash='27352fa374084a8a651ad3c3e9c624576b9b7067', operation='INSERT OR UPDATE', pgid='pgtrigger_funders_1aa9f', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_actualevent" ("amount", "capital_request_id", "category", "currency", "description", "external_key", "id", "kind", "nature", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "program_id", "project_id", "rate_id", "reverses_id", "task_id", "version") SELECT new_values."amount", new_values."capital_request_id", new_values."category", new_values."currency", new_values."description", new_values."external_key", new_values."id", new_values."kind", new_values."nature", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."posted_on", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."reverses_id", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4dc6ee2f733b9b89f9c61017991a37aa3649c692', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_520c2', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_actualevent" ("amount", "capital_request_id", "category", "currency", "description", "external_key", "id", "kind", "nature", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "program_id", "project_id", "rate_id", "reverses_id", "task_id", "version") SELECT new_values."amount", new_values."capital_request_id", new_values."category", new_values."currency", new_values."description", new_values."external_key", new_values."id", new_values."kind", new_values."nature", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."posted_on", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."reverses_id", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7d80b8fec980ebc7bf7bfe452fba1fbbc3e5482c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b6d8c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='actual',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_actualevent" ("amount", "capital_request_id", "category", "currency", "description", "external_key", "id", "kind", "nature", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_on", "program_id", "project_id", "rate_id", "reverses_id", "task_id", "version") SELECT old_values."amount", old_values."capital_request_id", old_values."category", old_values."currency", old_values."description", old_values."external_key", old_values."id", old_values."kind", old_values."nature", old_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."posted_on", old_values."program_id", old_values."project_id", old_values."rate_id", old_values."reverses_id", old_values."task_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='171d99458aa0213b77e1926553a1d8f917936aaf', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2e059', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_actual', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='exchangerateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='e0fe60bf919a8f936754641f6a29d0e22df2ae11', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d8249', table='budgets_exchangerateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='exchangerateevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f22671c701bf25be289b1033ed904b2f1b8c51fb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_cd2c1', table='budgets_exchangerateevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='fiscalcalendar',
                constraint=models.UniqueConstraint(fields=('portfolio',), name='one_fiscal_calendar', violation_error_message='The portfolio has a fiscal calendar already. Change that one.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalcalendar',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_fiscalcalendarevent" ("id", "named_by_end", "pattern", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "starts_in", "version", "week_starts_on") SELECT new_values."id", new_values."named_by_end", new_values."pattern", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."starts_in", new_values."version", new_values."week_starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0b4e47cbf02d4fd0af9bcaf1cc371782006ad5da', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1fb9d', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_fiscalcalendar', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalcalendar',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_fiscalcalendarevent" ("id", "named_by_end", "pattern", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "starts_in", "version", "week_starts_on") SELECT new_values."id", new_values."named_by_end", new_values."pattern", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."starts_in", new_values."version", new_values."week_starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='58883d90a4ceff411aa3061adcdb07d4df017459', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_290b9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_fiscalcalendar', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalcalendar',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_fiscalcalendarevent" ("id", "named_by_end", "pattern", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "starts_in", "version", "week_starts_on") SELECT old_values."id", old_values."named_by_end", old_values."pattern", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."starts_in", old_values."version", old_values."week_starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='eefc200d2c63ef47a207993740fe70fda9397048', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e180a', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_fiscalcalendar', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalcalendarevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='db8783cdf4a7cc36c5ef13e3a88340594e089f5c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58336', table='budgets_fiscalcalendarevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalcalendarevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='7ab644d9187386808953cd573bbd0aea59632e2a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c0d29', table='budgets_fiscalcalendarevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='fiscalperiod',
                constraint=models.UniqueConstraint(fields=('portfolio', 'year', 'number'), name='period_once'),
            ), migrations.AddConstraint(
                model_name='fiscalperiod',
                constraint=models.UniqueConstraint(fields=('portfolio', 'starts_on'), name='period_starts_once'),
            ), migrations.AddConstraint(
                model_name='fiscalperiod',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='period_in_order'),
            ), migrations.AddConstraint(
                model_name='fiscalperiod',
                constraint=models.CheckConstraint(condition=models.Q(('reopened_by', None), models.Q(('reopen_requested_by__isnull', False), models.Q(('reopened_by', models.F('reopen_requested_by')), _negated=True)), _connector='OR'), name='period_reopened_by_two', violation_error_message='Another person than the one who asked for it must confirm the reopening.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalperiod',
                trigger=pgtrigger.compiler.Trigger(name='opened_again_by_two', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.state <> 'open' AND NEW.state = 'open' AND (\n                        OLD.state <> 'reopening' OR NEW.reopened_by_id IS NULL\n                        OR NEW.reopen_requested_by_id IS DISTINCT FROM OLD.reopen_requested_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'a closed period is opened again by two people'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'period_reopened_by_two';\n                    END IF;\n                    RETURN NEW;\n                ", hash='d44ef02baf4b5e425d34608b19b0fd7fd8128deb', operation='UPDATE', pgid='pgtrigger_opened_again_by_two_c6894', table='budgets_fiscalperiod', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalperiod',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_fiscalperiodevent" ("closed_at", "closed_by_id", "ends_on", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "reopen_reason", "reopen_requested_at", "reopen_requested_by_id", "reopened_at", "reopened_by_id", "starts_on", "state", "version", "year") SELECT new_values."closed_at", new_values."closed_by_id", new_values."ends_on", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."reopen_reason", new_values."reopen_requested_at", new_values."reopen_requested_by_id", new_values."reopened_at", new_values."reopened_by_id", new_values."starts_on", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='68b41bef4a30479e1b943ea7bea9b74dfae713f4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8ea56', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_fiscalperiod', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalperiod',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_fiscalperiodevent" ("closed_at", "closed_by_id", "ends_on", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "reopen_reason", "reopen_requested_at", "reopen_requested_by_id", "reopened_at", "reopened_by_id", "starts_on", "state", "version", "year") SELECT new_values."closed_at", new_values."closed_by_id", new_values."ends_on", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."reopen_reason", new_values."reopen_requested_at", new_values."reopen_requested_by_id", new_values."reopened_at", new_values."reopened_by_id", new_values."starts_on", new_values."state", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6d2f55793b61548f538a0f74552eb160b5d644a2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fad7d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_fiscalperiod', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalperiod',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_fiscalperiodevent" ("closed_at", "closed_by_id", "ends_on", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "reopen_reason", "reopen_requested_at", "reopen_requested_by_id", "reopened_at", "reopened_by_id", "starts_on", "state", "version", "year") SELECT old_values."closed_at", old_values."closed_by_id", old_values."ends_on", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."reopen_reason", old_values."reopen_requested_at", old_values."reopen_requested_by_id", old_values."reopened_at", old_values."reopened_by_id", old_values."starts_on", old_values."state", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='86bd84de7dc15204b3e69da5ed5dd53cda565a6b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9208b', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_fiscalperiod', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalperiodevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='379c89fbcde7b4999df027b282f21bf6a1093a12', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ddcd2', table='budgets_fiscalperiodevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='fiscalperiodevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='93c2d82f39d531a074199dd0dc1e08ef91b0ae6f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3b226', table='budgets_fiscalperiodevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='involvement',
                constraint=models.UniqueConstraint(fields=('kind', 'subject_id', 'user', 'what'), name='involvement_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='involvement',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='a1ba3ca5dba455fe5626080574f9345d345d4d06', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bf7db', table='budgets_involvement', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='involvement',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='a4a15fd805dba7370207a9b43c6c2f7ca2fe8477', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bbb9d', table='budgets_involvement', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='labourcost',
                constraint=models.UniqueConstraint(fields=('program', 'line', 'resource', 'part'), name='labour_cost_once'),
            ), migrations.AddConstraint(
                model_name='labourrate',
                constraint=models.UniqueConstraint(models.F('portfolio'), models.F('program'), models.F('resource'), django.db.models.functions.text.Lower('role'), models.F('starts_on'), name='one_labour_rate_per_day', nulls_distinct=False, violation_error_message='There is a rate of this from this day already. Correct that one.'),
            ), migrations.AddConstraint(
                model_name='labourrate',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('resource', None), models.Q(('role', ''), _negated=True)), models.Q(('resource__isnull', False), ('role', '')), _connector='OR'), name='labour_rate_of_one', violation_error_message='A rate is that of a resource or of a role, not of both.'),
            ), migrations.AddConstraint(
                model_name='labourrate',
                constraint=models.CheckConstraint(condition=models.Q(('rate__gte', 0)), name='labour_rate_not_negative', violation_error_message='A rate can not be negative.'),
            ), migrations.AddConstraint(
                model_name='labourrate',
                constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='labour_rate_in_order', violation_error_message='The rate ends before it starts.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='labourrate',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_labourrateevent" ("currency", "ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "rate", "resource_id", "role", "source", "starts_on", "version") SELECT new_values."currency", new_values."ends_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."rate", new_values."resource_id", new_values."role", new_values."source", new_values."starts_on", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6fc33b79dd1efaed608154f0e053ec9537dd81a7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3c973', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_labourrate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='labourrate',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_labourrateevent" ("currency", "ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "rate", "resource_id", "role", "source", "starts_on", "version") SELECT new_values."currency", new_values."ends_on", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."program_id", new_values."rate", new_values."resource_id", new_values."role", new_values."source", new_values."starts_on", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9080ceeac85cfee39d0fed36ac7cf2d71e1e62e2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0430c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_labourrate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='labourrate',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_labourrateevent" ("currency", "ends_on", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "program_id", "rate", "resource_id", "role", "source", "starts_on", "version") SELECT old_values."currency", old_values."ends_on", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."program_id", old_values."rate", old_values."resource_id", old_values."role", old_values."source", old_values."starts_on", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='87d605c2be1d8c028e393ad0c7bcb268f90f8ca5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ef8d6', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_labourrate', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='labourrateevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='7ba4220b1ac568e32c9f4cd2377fe8c092e518fc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc4f8', table='budgets_labourrateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='labourrateevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8d780b2df8d4d15c4f79a6fa01a5ae5522c23a02', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0771c', table='budgets_labourrateevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoicelineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='3be8b49592b0a0a5a9e305e00617e48f5d33b030', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1e0ce', table='budgets_invoicelineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoicelineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='242c00a2c127b5cbbe3378203f707990b6cf1ac8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a130a', table='budgets_invoicelineevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='invoiceline',
                constraint=models.UniqueConstraint(fields=('invoice', 'order_line'), name='invoiced_once_per_line'),
            ), migrations.AddConstraint(
                model_name='invoiceline',
                constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('unit_price__gte', 0)), name='invoice_line_positive', violation_error_message='A quantity is more than zero, a price not less.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoiceline',
                trigger=pgtrigger.compiler.Trigger(name='posted_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (SELECT FROM budgets_invoice WHERE id = NEW.invoice_id AND state <> 'entered') THEN RAISE EXCEPTION 'invoice_posted' USING ERRCODE = '23514', CONSTRAINT = 'invoice_posted'; END IF;\nRETURN NEW;\n", hash='1180d93b87339d6782339cb8298f63644bedcc48', operation='INSERT OR UPDATE', pgid='pgtrigger_posted_stays_f2455', table='budgets_invoiceline', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoiceline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoicelineevent" ("actual_id", "amount", "id", "invoice_id", "order_line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_price") SELECT new_values."actual_id", new_values."amount", new_values."id", new_values."invoice_id", new_values."order_line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."quantity", new_values."unit_price" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ad305a79c55cd8d1b2f16e2d281fcac840fa8d0f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_03c05', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_invoiceline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoiceline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoicelineevent" ("actual_id", "amount", "id", "invoice_id", "order_line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_price") SELECT new_values."actual_id", new_values."amount", new_values."id", new_values."invoice_id", new_values."order_line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."quantity", new_values."unit_price" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b568cc26a7441f268d2812f3c7ed04bde048fd64', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_18f20', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_invoiceline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoiceline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoicelineevent" ("actual_id", "amount", "id", "invoice_id", "order_line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "unit_price") SELECT old_values."actual_id", old_values."amount", old_values."id", old_values."invoice_id", old_values."order_line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."quantity", old_values."unit_price" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3f0b6fe0fa6e12a59d315c5a4d7f12f5e103798e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f587c', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_invoiceline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliverylineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='954842f2cccbd3502cb1319fc05a3617d70035c4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_da635', table='budgets_deliverylineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliverylineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='f5ce8771f321383ce06c90b0ae58c4ecefa6ddb1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0d9c0', table='budgets_deliverylineevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='deliveryline',
                constraint=models.UniqueConstraint(fields=('delivery', 'order_line'), name='delivered_once'),
            ), migrations.AddConstraint(
                model_name='deliveryline',
                constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('rejected__gte', 0), ('rejected__lte', models.F('quantity'))), name='delivery_line_positive', violation_error_message='More was sent back than came, or nothing came.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliveryline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_deliverylineevent" ("delivery_id", "id", "order_line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "rejected") SELECT new_values."delivery_id", new_values."id", new_values."order_line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."quantity", new_values."rejected" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='25b3f79e8344128759a3458a950a49c4bc563411', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1f800', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_deliveryline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliveryline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_deliverylineevent" ("delivery_id", "id", "order_line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "rejected") SELECT new_values."delivery_id", new_values."id", new_values."order_line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."quantity", new_values."rejected" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='904bdbf105af6583abbcdf5ec753ab0c68fa5c7d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b37a4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_deliveryline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliveryline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_deliverylineevent" ("delivery_id", "id", "order_line_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "rejected") SELECT old_values."delivery_id", old_values."id", old_values."order_line_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."quantity", old_values."rejected" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='361348381a338cee1b6b5c58a20a13f880d523d1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3c417', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_deliveryline', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='periodvalue',
                constraint=models.UniqueConstraint(fields=('program', 'project_id', 'month'), name='period_value_once'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='orderlineevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='1794ba250fc0ba7001d84ae046198127bdb7d726', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8a7d4', table='budgets_orderlineevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='orderlineevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='cee3b23f2489f171e39eed4cd06f81ea41ec4494', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_79387', table='budgets_orderlineevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='orderline',
                constraint=models.UniqueConstraint(fields=('order', 'position'), name='order_position_once'),
            ), migrations.AddConstraint(
                model_name='orderline',
                constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0), ('unit_price__gte', 0)), name='order_line_positive', violation_error_message='A quantity is more than zero, a price not less.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='orderline',
                trigger=pgtrigger.compiler.Trigger(name='funders', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."capital_request_id" IS NOT NULL)', func="INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT 'capital_request', NEW.capital_request_id, who, 'funded' FROM (SELECT (SELECT actor_id FROM activity_changeset WHERE context_id = NULLIF(current_setting('pghistory.context_id', true), '')::uuid) AS who) AS w WHERE who IS NOT NULL ON CONFLICT DO NOTHING; RETURN NULL;", hash='7219fab5def858f9f7e37fa5a6fa35eccd4100aa', operation='INSERT OR UPDATE', pgid='pgtrigger_funders_7cb55', table='budgets_orderline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='orderline',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_orderlineevent" ("amount", "capital_request_id", "category", "description", "expected_on", "id", "nature", "needs_acceptance", "order_id", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "task_id", "unit", "unit_price") SELECT new_values."amount", new_values."capital_request_id", new_values."category", new_values."description", new_values."expected_on", new_values."id", new_values."nature", new_values."needs_acceptance", new_values."order_id", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."position", new_values."quantity", new_values."task_id", new_values."unit", new_values."unit_price" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b5b8827921217e110117bdad92173faea87bb2e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3e6c9', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_orderline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='orderline',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_orderlineevent" ("amount", "capital_request_id", "category", "description", "expected_on", "id", "nature", "needs_acceptance", "order_id", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "task_id", "unit", "unit_price") SELECT new_values."amount", new_values."capital_request_id", new_values."category", new_values."description", new_values."expected_on", new_values."id", new_values."nature", new_values."needs_acceptance", new_values."order_id", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."position", new_values."quantity", new_values."task_id", new_values."unit", new_values."unit_price" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d97a859277de0f909108a509dea21c05cf880952', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1904d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_orderline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='orderline',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_orderlineevent" ("amount", "capital_request_id", "category", "description", "expected_on", "id", "nature", "needs_acceptance", "order_id", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "quantity", "task_id", "unit", "unit_price") SELECT old_values."amount", old_values."capital_request_id", old_values."category", old_values."description", old_values."expected_on", old_values."id", old_values."nature", old_values."needs_acceptance", old_values."order_id", old_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."quantity", old_values."task_id", old_values."unit", old_values."unit_price" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c827a942f57984da7f3567f16a634b033de7a5e4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6aee7', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_orderline', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoiceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='cb3003805b807f4b3b7b7994852400b2fdf46f00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30c0b', table='budgets_invoiceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoiceevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='ffdac14bb316816b98e1095a1c37d39b5df2c310', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0bbec', table='budgets_invoiceevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='invoice',
                index=models.Index(fields=['program', 'state'], name='invoice_by_state'),
            ), migrations.AddConstraint(
                model_name='invoice',
                constraint=models.UniqueConstraint(condition=models.Q(('state', 'reversed'), _negated=True), fields=('order', 'number'), name='invoice_once', violation_error_message='This invoice was entered already.'),
            ), migrations.AddConstraint(
                model_name='invoice',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('posted_by', None), ('posted_on', None), ('state', 'entered')), models.Q(models.Q(('state', 'entered'), _negated=True), ('posted_by__isnull', False), ('posted_on__isnull', False)), _connector='OR'), name='invoice_posted_by_somebody', violation_error_message='A person has to post an invoice.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoice',
                trigger=pgtrigger.compiler.Trigger(name='separate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' AND OLD.state <> 'entered' AND (\n    NEW.state = 'entered' OR NEW.state = 'posted' AND OLD.state = 'reversed'\n    OR (NEW.order_id, NEW.number, NEW.total, NEW.invoiced_on, NEW.posted_by_id, NEW.posted_on)\n       IS DISTINCT FROM (OLD.order_id, OLD.number, OLD.total, OLD.invoiced_on, OLD.posted_by_id, OLD.posted_on))\nTHEN RAISE EXCEPTION 'invoice_posted' USING ERRCODE = '23514', CONSTRAINT = 'invoice_posted'; END IF;\nIF NEW.posted_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.posted_by_id IS NULL) THEN\n    IF EXISTS (SELECT FROM accounts_user WHERE id = NEW.posted_by_id AND (is_service OR NOT is_active)) THEN RAISE EXCEPTION 'invoice_by_person' USING ERRCODE = '23514', CONSTRAINT = 'invoice_by_person'; END IF;\n    IF EXISTS (SELECT FROM budgets_purchaseorder WHERE id = NEW.order_id AND ordered_by_id = NEW.posted_by_id)\n    THEN RAISE EXCEPTION 'invoice_by_orderer' USING ERRCODE = '23514', CONSTRAINT = 'invoice_by_orderer'; END IF;\nEND IF;\nRETURN NEW;\n", hash='f0af8ddd8c2570bc6222b16e51e3d93a6278e1de', operation='INSERT OR UPDATE', pgid='pgtrigger_separate_92c8e', table='budgets_invoice', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoice',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("due_on", "id", "invoiced_on", "note", "number", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_by_id", "posted_on", "program_id", "project_id", "state", "total", "version") SELECT new_values."due_on", new_values."id", new_values."invoiced_on", new_values."note", new_values."number", new_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."posted_by_id", new_values."posted_on", new_values."program_id", new_values."project_id", new_values."state", new_values."total", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='950cf8a00e39f99623377fd938640834cb09f710', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bb71a', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_invoice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoice',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("due_on", "id", "invoiced_on", "note", "number", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_by_id", "posted_on", "program_id", "project_id", "state", "total", "version") SELECT new_values."due_on", new_values."id", new_values."invoiced_on", new_values."note", new_values."number", new_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."posted_by_id", new_values."posted_on", new_values."program_id", new_values."project_id", new_values."state", new_values."total", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='317df6c4d83b457954344e28449e642302a4f5ca', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bd9fc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_invoice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='invoice',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_invoiceevent" ("due_on", "id", "invoiced_on", "note", "number", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_by_id", "posted_on", "program_id", "project_id", "state", "total", "version") SELECT old_values."due_on", old_values."id", old_values."invoiced_on", old_values."note", old_values."number", old_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."posted_by_id", old_values."posted_on", old_values."program_id", old_values."project_id", old_values."state", old_values."total", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9a0b078e23fcc27fbf4228958119a55d18216878', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_27ca5', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_invoice', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliveryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='be1e5334f939c0c4f3594af0f5f2cf8b3ad5780d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa0b4', table='budgets_deliveryevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='deliveryevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='18fab27fd878682d8e94cc7c2fb6c8b504a135e6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bb7d7', table='budgets_deliveryevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='delivery',
                constraint=models.UniqueConstraint(fields=('order', 'number'), name='delivery_number'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delivery',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_deliveryevent" ("delivered_on", "id", "note", "number", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "received_by_id", "version") SELECT new_values."delivered_on", new_values."id", new_values."note", new_values."number", new_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."received_by_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c0a915ab25ad1ed0a9ec6d73d4e0f22c4fe8d5b5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a1158', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_delivery', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delivery',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_deliveryevent" ("delivered_on", "id", "note", "number", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "received_by_id", "version") SELECT new_values."delivered_on", new_values."id", new_values."note", new_values."number", new_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."received_by_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4ba3456764583a3704ff22e3f8963a5514d17c96', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_66df5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_delivery', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='delivery',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_deliveryevent" ("delivered_on", "id", "note", "number", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "received_by_id", "version") SELECT old_values."delivered_on", old_values."id", old_values."note", old_values."number", old_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."received_by_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7de648246fe7dcaedb910f84428c6a951915c13c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8ffc4', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_delivery', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptanceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='bc1ab2ef07f519d30ce49f179f5008158b9c837c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cfd09', table='budgets_acceptanceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptanceevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2d19e2126b5a24dbff8c5fac4fd31e7a8b32f630', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_c6745', table='budgets_acceptanceevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='acceptance',
                constraint=models.UniqueConstraint(fields=('delivery_line', 'attempt'), name='acceptance_attempt_once'),
            ), migrations.AddConstraint(
                model_name='acceptance',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('decided_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='acceptance_decided_by_somebody', violation_error_message='A person has to decide it.'),
            ), migrations.AddConstraint(
                model_name='acceptance',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='acceptance_rejected_with_reason', violation_error_message='Say why you reject it.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptance',
                trigger=pgtrigger.compiler.Trigger(name='separate', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF TG_OP = 'UPDATE' AND OLD.state <> 'open' AND (NEW.state, NEW.decided_by_id) IS DISTINCT FROM (OLD.state, OLD.decided_by_id)\nTHEN RAISE EXCEPTION 'acceptance_settled' USING ERRCODE = '23514', CONSTRAINT = 'acceptance_settled'; END IF;\nIF NEW.decided_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.decided_by_id IS NULL) THEN\n    IF EXISTS (SELECT FROM accounts_user WHERE id = NEW.decided_by_id AND (is_service OR NOT is_active)) THEN RAISE EXCEPTION 'acceptance_by_person' USING ERRCODE = '23514', CONSTRAINT = 'acceptance_by_person'; END IF;\n    IF EXISTS (SELECT FROM budgets_purchaseorder WHERE id = NEW.order_id AND ordered_by_id = NEW.decided_by_id)\n    THEN RAISE EXCEPTION 'acceptance_by_orderer' USING ERRCODE = '23514', CONSTRAINT = 'acceptance_by_orderer'; END IF;\nEND IF;\nRETURN NEW;\n", hash='6f1d16aafe8f0f5574e6eff6ac767a3a5918387b', operation='INSERT OR UPDATE', pgid='pgtrigger_separate_6eb0a', table='budgets_acceptance', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptance',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_acceptanceevent" ("attempt", "decided_by_id", "decided_on", "delivery_line_id", "id", "note", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "state", "task_id", "version") SELECT new_values."attempt", new_values."decided_by_id", new_values."decided_on", new_values."delivery_line_id", new_values."id", new_values."note", new_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."state", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7ca008002583659deda060265266d6e5ca4187a1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ab714', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_acceptance', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptance',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_acceptanceevent" ("attempt", "decided_by_id", "decided_on", "delivery_line_id", "id", "note", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "state", "task_id", "version") SELECT new_values."attempt", new_values."decided_by_id", new_values."decided_on", new_values."delivery_line_id", new_values."id", new_values."note", new_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."state", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a20cf8c24e25cc31a32d44493e62f55f3a4cafde', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6e972', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_acceptance', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='acceptance',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_acceptanceevent" ("attempt", "decided_by_id", "decided_on", "delivery_line_id", "id", "note", "order_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "state", "task_id", "version") SELECT old_values."attempt", old_values."decided_by_id", old_values."decided_on", old_values."delivery_line_id", old_values."id", old_values."note", old_values."order_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."state", old_values."task_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2b9c08240e853adb3c48442ce705ca0a2f015035', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3ce30', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_acceptance', when='AFTER')),
            ), migrations.AddConstraint(
                model_name='taskearning',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('base__isnull', False), ('rule', 'apportioned')), models.Q(models.Q(('rule', 'apportioned'), _negated=True), ('base', None)), _connector='OR'), name='apportioned_names_its_base', violation_error_message='An apportioned task names the task that it follows; others name none.'),
            ), migrations.AddConstraint(
                model_name='taskearning',
                constraint=models.CheckConstraint(condition=models.Q(('base', None), models.Q(('base', models.F('task')), _negated=True), _connector='OR'), name='apportioned_to_another', violation_error_message='A task can not be apportioned to itself.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskearning',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_taskearningevent" ("base_id", "id", "is_control_account", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rule", "task_id", "version", "weight") SELECT new_values."base_id", new_values."id", new_values."is_control_account", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."rule", new_values."task_id", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='caec9d593e0c010733ca4c2af732ed37c0176dbc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2533a', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_taskearning', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskearning',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_taskearningevent" ("base_id", "id", "is_control_account", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rule", "task_id", "version", "weight") SELECT new_values."base_id", new_values."id", new_values."is_control_account", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."rule", new_values."task_id", new_values."version", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7d30e9e8726ff4a58b052bdb81e26da561050b61', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fff6f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_taskearning', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskearning',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_taskearningevent" ("base_id", "id", "is_control_account", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rule", "task_id", "version", "weight") SELECT old_values."base_id", old_values."id", old_values."is_control_account", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."rule", old_values."task_id", old_values."version", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='571eb9281ddf9ba37757bca0cfcb60e230cafdc8', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9f2a1', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_taskearning', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskearningevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='8b6b7bd0696f4e3810d85f8446eac9866d1784c0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d729b', table='budgets_taskearningevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='taskearningevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='148bcd728c5e1d23ccdba22226b28113ddaaf7d7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_92323', table='budgets_taskearningevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='taskvalue',
                index=models.Index(fields=['program'], name='task_value_by_program'),
            ), migrations.AddIndex(
                model_name='timesheet',
                index=models.Index(fields=['person', 'week'], name='timesheet_by_person'),
            ), migrations.AddConstraint(
                model_name='timesheet',
                constraint=models.UniqueConstraint(fields=('project', 'person', 'week'), name='one_timesheet_a_week'),
            ), migrations.AddConstraint(
                model_name='timesheet',
                constraint=models.CheckConstraint(condition=models.Q(('project__isnull', False)), name='timesheet_of_project'),
            ), migrations.AddConstraint(
                model_name='timesheet',
                constraint=models.CheckConstraint(condition=models.Q(('week__iso_week_day', 1)), name='timesheet_from_monday'),
            ), migrations.AddConstraint(
                model_name='timesheet',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('decided_by__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='timesheet_approved_by_somebody'),
            ), migrations.AddConstraint(
                model_name='timesheet',
                constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(models.Q(('decided_by', models.F('person')), _negated=True), models.Q(('submitted_by', None), models.Q(('decided_by', models.F('submitted_by')), _negated=True), _connector='OR')), _connector='OR'), name='timesheet_decided_by_another', violation_error_message='Somebody else decides: not who worked, and not who submitted.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timesheet',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_timesheetevent" ("decided_at", "decided_by_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reason", "state", "submitted_at", "submitted_by_id", "version", "week") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."reason", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."version", new_values."week" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ae434cb88f26664a2a55aec0baffc793b4ba3c14', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fe2d1', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_timesheet', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timesheet',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_timesheetevent" ("decided_at", "decided_by_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reason", "state", "submitted_at", "submitted_by_id", "version", "week") SELECT new_values."decided_at", new_values."decided_by_id", new_values."id", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."reason", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."version", new_values."week" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ac693f7d47682b324cae25f7213c123d6e66ed5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b29cc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_timesheet', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timesheet',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_timesheetevent" ("decided_at", "decided_by_id", "id", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "reason", "state", "submitted_at", "submitted_by_id", "version", "week") SELECT old_values."decided_at", old_values."decided_by_id", old_values."id", old_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."reason", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."version", old_values."week" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5d43591ce1394361e7bddfad162f73d76d42deed', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0f9a2', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_timesheet', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timeentryevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2d5809a437a5ac2515d60353b99ae688577c5e6a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bab20', table='budgets_timeentryevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timeentryevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='5fe656b2251def5ca840e899505ad52299ded54f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_13003', table='budgets_timeentryevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='timeentry',
                constraint=models.UniqueConstraint(fields=('sheet', 'task', 'day'), name='time_entered_once'),
            ), migrations.AddConstraint(
                model_name='timeentry',
                constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='time_entry_within_a_day'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timeentry',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_timeentryevent" ("actual_id", "assignment_id", "day", "id", "minutes", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "task_id", "version") SELECT new_values."actual_id", new_values."assignment_id", new_values."day", new_values."id", new_values."minutes", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."sheet_id", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9b94ecf40b3548feb9bb913363eebc9f60cbbedc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_12416', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_timeentry', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timeentry',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_timeentryevent" ("actual_id", "assignment_id", "day", "id", "minutes", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "task_id", "version") SELECT new_values."actual_id", new_values."assignment_id", new_values."day", new_values."id", new_values."minutes", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."sheet_id", new_values."task_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fc4bf3c3bdcb4a95dfb9198f7f90f52a560a7e42', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_55b89', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_timeentry', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timeentry',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_timeentryevent" ("actual_id", "assignment_id", "day", "id", "minutes", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet_id", "task_id", "version") SELECT old_values."actual_id", old_values."assignment_id", old_values."day", old_values."id", old_values."minutes", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."sheet_id", old_values."task_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7903ab0c1c8fa373f9764d970b9e8143dedc44a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e5da4', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_timeentry', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timesheetevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='910dc802f747291c268fa5cbbecd3be7ce393444', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0fcad', table='budgets_timesheetevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='timesheetevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='b7c2f1261c68ab05c9c760c2fbb603fbc7dc65f1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_68f0d', table='budgets_timesheetevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='tolerance',
                constraint=models.UniqueConstraint(fields=('portfolio', 'number'), name='tolerance_number'),
            ), migrations.AddConstraint(
                model_name='tolerance',
                constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('author')), _negated=True), _connector='OR'), name='tolerance_needs_two_persons', violation_error_message='A tolerance is confirmed by somebody else than the person who wrote it.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tolerance',
                trigger=pgtrigger.compiler.Trigger(name='confirmed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."confirmed_by_id" IS NOT NULL)', func="RAISE EXCEPTION 'tolerance_confirmed' USING ERRCODE = '23514', CONSTRAINT = 'tolerance_confirmed';", hash='ed1ada69672b584bb276e843c66ddf324aa44b54', operation='UPDATE', pgid='pgtrigger_confirmed_9e3f4', table='budgets_tolerance', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tolerance',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_toleranceevent" ("amount", "author_id", "confirmed_by_id", "effective_from", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "price_percent", "quantity_percent", "version") SELECT new_values."amount", new_values."author_id", new_values."confirmed_by_id", new_values."effective_from", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."price_percent", new_values."quantity_percent", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2b8df3f194232a79893dc28ab3df9141a4c72ac9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5619d', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_tolerance', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tolerance',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_toleranceevent" ("amount", "author_id", "confirmed_by_id", "effective_from", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "price_percent", "quantity_percent", "version") SELECT new_values."amount", new_values."author_id", new_values."confirmed_by_id", new_values."effective_from", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."price_percent", new_values."quantity_percent", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f666c17417877649a12208fd2bb3536329da0041', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c7ac9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_tolerance', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='tolerance',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_toleranceevent" ("amount", "author_id", "confirmed_by_id", "effective_from", "id", "number", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "price_percent", "quantity_percent", "version") SELECT old_values."amount", old_values."author_id", old_values."confirmed_by_id", old_values."effective_from", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."price_percent", old_values."quantity_percent", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7c4ed50e4ca90e1014b7d631d4c335b4963f3d66', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b9b49', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_tolerance', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='toleranceevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='9efdd8371012246a766fd1b0a3227a1d56d6cd92', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6dfb4', table='budgets_toleranceevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='toleranceevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='fcdfcb738e6ea0d1c5af90483b793d44f5f79f21', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e9bd4', table='budgets_toleranceevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='vendor',
                index=models.Index(fields=['portfolio', 'name'], name='vendor_by_name'),
            ), migrations.AddConstraint(
                model_name='vendor',
                constraint=models.UniqueConstraint(fields=('portfolio', 'key'), name='vendor_key_unique', violation_error_message='There is a vendor of this key already.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendor',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_vendorevent" ("category", "external_key", "id", "is_active", "key", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "version") SELECT new_values."category", new_values."external_key", new_values."id", new_values."is_active", new_values."key", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."portfolio_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6b08ee8cb0db59548d921a010b0c1c5b59b6a3ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_52bf0', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_vendor', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendor',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_vendorevent" ("category", "external_key", "id", "is_active", "key", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "version") SELECT new_values."category", new_values."external_key", new_values."id", new_values."is_active", new_values."key", new_values."name", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."portfolio_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='23cd94aba9cf0af77809ff2c086b67e73542a5d7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e3860', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_vendor', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendor',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_vendorevent" ("category", "external_key", "id", "is_active", "key", "name", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "portfolio_id", "version") SELECT old_values."category", old_values."external_key", old_values."id", old_values."is_active", old_values."key", old_values."name", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."portfolio_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c4add6bcae5fe4a784887ddd3642a80a1ef42855', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e9260', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_vendor', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='purchaseorderevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='0a5b5ace5770237bec2277327919ecfed5526dfc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_01cad', table='budgets_purchaseorderevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='purchaseorderevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='cfcca3a44dd3cdf0875af61109b0ee21e45d1d98', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_83450', table='budgets_purchaseorderevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='purchaseorder',
                index=models.Index(fields=['program', 'state'], name='purchase_order_by_state'),
            ), migrations.AddConstraint(
                model_name='purchaseorder',
                constraint=models.UniqueConstraint(fields=('program', 'number'), name='purchase_order_number'),
            ), migrations.AddConstraint(
                model_name='purchaseorder',
                constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), models.Q(('ordered_by__isnull', False), ('ordered_on__isnull', False)), _connector='OR'), name='placed_order_says_by_whom', violation_error_message='A person has to place an order.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='purchaseorder',
                trigger=pgtrigger.compiler.Trigger(name='orderer_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ordered_by_id" IS NOT NULL AND OLD."ordered_by_id" IS DISTINCT FROM (NEW."ordered_by_id"))', func="RAISE EXCEPTION 'order_orderer_fixed' USING ERRCODE = '23514', CONSTRAINT = 'order_orderer_fixed';", hash='c1cdcfe300a074356664064db113c258709246f8', operation='UPDATE', pgid='pgtrigger_orderer_fixed_d921f', table='budgets_purchaseorder', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='purchaseorder',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_purchaseorderevent" ("contract_id", "currency", "expected_on", "id", "note", "number", "ordered_by_id", "ordered_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "state", "title", "vendor_id", "version") SELECT new_values."contract_id", new_values."currency", new_values."expected_on", new_values."id", new_values."note", new_values."number", new_values."ordered_by_id", new_values."ordered_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."state", new_values."title", new_values."vendor_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdd5487e9e8b61579adc3571d4c912b432f24368', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bd375', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_purchaseorder', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='purchaseorder',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_purchaseorderevent" ("contract_id", "currency", "expected_on", "id", "note", "number", "ordered_by_id", "ordered_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "state", "title", "vendor_id", "version") SELECT new_values."contract_id", new_values."currency", new_values."expected_on", new_values."id", new_values."note", new_values."number", new_values."ordered_by_id", new_values."ordered_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."state", new_values."title", new_values."vendor_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6c2ee8a986dba42ad57ca7b57131f98d04b63437', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2f500', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_purchaseorder', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='purchaseorder',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_purchaseorderevent" ("contract_id", "currency", "expected_on", "id", "note", "number", "ordered_by_id", "ordered_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "state", "title", "vendor_id", "version") SELECT old_values."contract_id", old_values."currency", old_values."expected_on", old_values."id", old_values."note", old_values."number", old_values."ordered_by_id", old_values."ordered_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."rate_id", old_values."state", old_values."title", old_values."vendor_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e823268223803b47062e3b0dda632d8ee7b8c612', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_01646', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_purchaseorder', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='2e834b8aaf053563e3fc612564ca78c738ddc0f4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c57b2', table='budgets_contractevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contractevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='fef4f6c2907533ec3b277a6bde2bfa97c0eec3ce', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_5d739', table='budgets_contractevent', when='BEFORE')),
            ), migrations.AddIndex(
                model_name='contract',
                index=models.Index(fields=['program', 'ends_on'], name='contract_by_end'),
            ), migrations.AddIndex(
                model_name='contract',
                index=models.Index(fields=['vendor'], name='contract_by_vendor'),
            ), migrations.AddConstraint(
                model_name='contract',
                constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='contract_ends_after_start', violation_error_message='The contract ends before it starts.'),
            ), migrations.AddConstraint(
                model_name='contract',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('currency', None), ('original_amount', None), ('rate', None)), models.Q(('currency__isnull', False), ('original_amount__isnull', False), ('rate__isnull', False)), _connector='OR'), name='contract_priced_whole', violation_error_message='A foreign amount names its currency, its amount and its rate.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contract',
                trigger=pgtrigger.compiler.Trigger(name='funders', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."capital_request_id" IS NOT NULL)', func="INSERT INTO budgets_involvement (kind, subject_id, user_id, what) SELECT 'capital_request', NEW.capital_request_id, who, 'funded' FROM (SELECT (SELECT actor_id FROM activity_changeset WHERE context_id = NULLIF(current_setting('pghistory.context_id', true), '')::uuid) AS who) AS w WHERE who IS NOT NULL ON CONFLICT DO NOTHING; RETURN NULL;", hash='87d9ca76043bd3363613603afda3592023c2f108', operation='INSERT OR UPDATE', pgid='pgtrigger_funders_11cb4', table='budgets_contract', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contract',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_contractevent" ("capital_request_id", "currency", "description", "ends_on", "external_key", "id", "is_closed", "notice_days", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "reference", "renewal", "starts_on", "supplier", "supplier_key", "value", "vendor_id", "version") SELECT new_values."capital_request_id", new_values."currency", new_values."description", new_values."ends_on", new_values."external_key", new_values."id", new_values."is_closed", new_values."notice_days", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."reference", new_values."renewal", new_values."starts_on", new_values."supplier", new_values."supplier_key", new_values."value", new_values."vendor_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='589abeddad48a2f457de7d0180c365a69acd2d60', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dd41d', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_contract', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contract',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_contractevent" ("capital_request_id", "currency", "description", "ends_on", "external_key", "id", "is_closed", "notice_days", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "reference", "renewal", "starts_on", "supplier", "supplier_key", "value", "vendor_id", "version") SELECT new_values."capital_request_id", new_values."currency", new_values."description", new_values."ends_on", new_values."external_key", new_values."id", new_values."is_closed", new_values."notice_days", new_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."program_id", new_values."project_id", new_values."rate_id", new_values."reference", new_values."renewal", new_values."starts_on", new_values."supplier", new_values."supplier_key", new_values."value", new_values."vendor_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9ee4c20ecf47094e6b85fce858c4ce6dd16e843b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a23e9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_contract', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='contract',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_contractevent" ("capital_request_id", "currency", "description", "ends_on", "external_key", "id", "is_closed", "notice_days", "original_amount", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "project_id", "rate_id", "reference", "renewal", "starts_on", "supplier", "supplier_key", "value", "vendor_id", "version") SELECT old_values."capital_request_id", old_values."currency", old_values."description", old_values."ends_on", old_values."external_key", old_values."id", old_values."is_closed", old_values."notice_days", old_values."original_amount", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."program_id", old_values."project_id", old_values."rate_id", old_values."reference", old_values."renewal", old_values."starts_on", old_values."supplier", old_values."supplier_key", old_values."value", old_values."vendor_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ac1b14247d1e81f67060fbf3b9c23c9d9983d20f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8729b', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_contract', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorcontact',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_vendorcontactevent" ("email", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "vendor_id") SELECT new_values."email", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."role", new_values."vendor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='494b864ee16f47800eb135b0e8ae7f43857136e7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9270a', referencing='REFERENCING NEW TABLE AS new_values ', table='budgets_vendorcontact', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorcontact',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_vendorcontactevent" ("email", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "vendor_id") SELECT new_values."email", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone", new_values."role", new_values."vendor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='afd41ac3d2869da65f0410141dad5c8026d6623e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e1e87', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='budgets_vendorcontact', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorcontact',
                trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "budgets_vendorcontactevent" ("email", "id", "name", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "vendor_id") SELECT old_values."email", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."phone", old_values."role", old_values."vendor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='46e0583c7083008948e428d75f37b0951da4b96c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5ff51', referencing='REFERENCING OLD TABLE AS old_values ', table='budgets_vendorcontact', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorcontactevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='712dad79566ae15c96709678b3c6c3ab81eca2ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65316', table='budgets_vendorcontactevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorcontactevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='21d55fd7f1c473a7ef7b9972723d045df0a91b1f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_928b9', table='budgets_vendorcontactevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorevent',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='fd1ffb16abce4f0056f2e5f8e4806b8568e354c1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1cde6', table='budgets_vendorevent', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vendorevent',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='0b9573019bed90d8f3cee50c6b085cd6dc889b8c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1ea25', table='budgets_vendorevent', when='BEFORE')),
            ), migrations.AddConstraint(
                model_name='vote',
                constraint=models.UniqueConstraint(fields=('round', 'voter'), name='vote_once_as_voter'),
            ), migrations.AddConstraint(
                model_name='vote',
                constraint=models.UniqueConstraint(fields=('round', 'principal'), name='vote_once_as_principal'),
            ), migrations.AddConstraint(
                model_name='vote',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('delegation', None), ('voter', models.F('principal'))), models.Q(('delegation__isnull', False), models.Q(('voter', models.F('principal')), _negated=True)), _connector='OR'), name='vote_is_own_or_delegated'),
            ), migrations.AddConstraint(
                model_name='vote',
                constraint=models.CheckConstraint(condition=models.Q(('decision', 'approve'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='rejection_says_why', violation_error_message='Say why you reject it.'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vote',
                trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='1b81400e46eb575feecb3cfb79262f4a6bd9ceff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_385b8', table='budgets_vote', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vote',
                trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'the audit is append-only: % of % refused', TG_OP, TG_TABLE_NAME;", hash='88180e06ad7fcadebff7447d15432a544264283f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_35cba', table='budgets_vote', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='vote',
                trigger=pgtrigger.compiler.Trigger(name='separate', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE r budgets_approvalround%ROWTYPE;', func="\nSELECT * INTO r FROM budgets_approvalround WHERE id = NEW.round_id FOR UPDATE;\nIF r.state <> 'open' THEN RAISE EXCEPTION 'vote_round_open' USING ERRCODE = '23514', CONSTRAINT = 'vote_round_open'; END IF;\nIF NEW.content_sha256 <> r.content_sha256 THEN RAISE EXCEPTION 'vote_current_content' USING ERRCODE = '23514', CONSTRAINT = 'vote_current_content'; END IF;\nIF EXISTS (SELECT FROM accounts_user WHERE id IN (NEW.voter_id, NEW.principal_id) AND (is_service OR NOT is_active))\n   OR (SELECT count(*) FROM accounts_user WHERE id = NEW.voter_id) = 0\nTHEN RAISE EXCEPTION 'vote_by_person' USING ERRCODE = '23514', CONSTRAINT = 'vote_by_person'; END IF;\nIF EXISTS (SELECT FROM budgets_involvement WHERE kind = r.kind AND subject_id = r.subject_id\n              AND user_id IN (NEW.voter_id, NEW.principal_id))\n   OR EXISTS (SELECT FROM budgets_delegation WHERE giver_id = r.requester_id AND delegate_id = NEW.voter_id\n                 AND revoked_at IS NULL AND clock_timestamp() >= starts_at AND clock_timestamp() < ends_at)\nTHEN RAISE EXCEPTION 'vote_by_involved' USING ERRCODE = '23514', CONSTRAINT = 'vote_by_involved'; END IF;\nIF EXISTS (SELECT FROM budgets_vote WHERE round_id = r.id AND (voter_id IN (NEW.voter_id, NEW.principal_id)\n              OR principal_id IN (NEW.voter_id, NEW.principal_id)))\nTHEN RAISE EXCEPTION 'vote_once' USING ERRCODE = '23514', CONSTRAINT = 'vote_once'; END IF;\nIF NEW.voter_id <> NEW.principal_id THEN\n    PERFORM FROM budgets_delegation WHERE id = NEW.delegation_id AND giver_id = NEW.principal_id\n        AND delegate_id = NEW.voter_id AND revoked_at IS NULL AND role IN ('', NEW.role)\n        AND clock_timestamp() >= starts_at AND clock_timestamp() < ends_at FOR SHARE;\n    IF NOT FOUND THEN RAISE EXCEPTION 'vote_delegation' USING ERRCODE = '23514', CONSTRAINT = 'vote_delegation'; END IF;\nEND IF;\nIF NOT coalesce(r.steps -> NEW.step::int -> 'roles' @> to_jsonb(NEW.role::text), false)\n   OR NOT EXISTS (\n        SELECT FROM programs_grant AS g JOIN programs_program AS p ON p.id = r.program_id\n         WHERE g.user_id = NEW.principal_id AND g.role = NEW.role AND g.portfolio_id = p.portfolio_id\n           AND (g.program_id IS NULL OR g.program_id = p.id) AND (g.project_id IS NULL OR g.project_id = r.project_id)\n           AND (g.ends_on IS NULL OR g.ends_on >= (clock_timestamp() AT TIME ZONE 'UTC')::date))\nTHEN RAISE EXCEPTION 'vote_role' USING ERRCODE = '23514', CONSTRAINT = 'vote_role'; END IF;\nIF (SELECT min(s.n) - 1 FROM jsonb_array_elements(r.steps) WITH ORDINALITY AS s (step, n) WHERE NOT (SELECT count(*) FROM budgets_vote AS v WHERE v.round_id = r.id AND v.step = s.n - 1 AND v.decision = 'approve') >= (s.step ->> 'quorum')::int)\n   IS DISTINCT FROM NEW.step::bigint\nTHEN RAISE EXCEPTION 'vote_step' USING ERRCODE = '23514', CONSTRAINT = 'vote_step'; END IF;\nNEW.at := clock_timestamp();\nRETURN NEW;\n", hash='07ff07c3fe55529425760440377bb4b506110fe4', operation='INSERT', pgid='pgtrigger_separate_16a6b', table='budgets_vote', when='BEFORE')),
            )],
        ),
        # Half-empty pages: a row that is published anew fits beside its old version, and no index needs touching.
        migrations.RunSQL(
            sql='ALTER TABLE budgets_taskvalue SET (fillfactor = 50)',
            reverse_sql='ALTER TABLE budgets_taskvalue RESET (fillfactor)',
        ),
    ]
