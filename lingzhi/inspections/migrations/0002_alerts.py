
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lingzhi.core.migrating import NewTables


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0011_queues'),
        ('inspections', '0001_first'),
        ('org', '0002_culture'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables([
            migrations.CreateModel(
                name='AlertLimit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('wait', 'Waits for an agent'), ('unanswered', 'The customer waits for a reply'), ('length', 'Lasts long'), ('silent', 'Nobody says anything'), ('finding', 'Findings of given rules'), ('words', 'Words of the customer')], max_length=10, verbose_name='what')),
                    ('yellow', models.PositiveIntegerField(blank=True, null=True, verbose_name='yellow from')),
                    ('red', models.PositiveIntegerField(blank=True, null=True, verbose_name='red from')),
                    ('words', models.TextField(blank=True, max_length=2000, verbose_name='words of the customer')),
                    ('retired_at', models.DateTimeField(null=True)),
                    ('rules', models.ManyToManyField(blank=True, to='inspections.rule', verbose_name='rules')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='org.unit', verbose_name='unit')),
                ],
                options={
                    'ordering': ['unit__path', 'kind'],
                },
            ),
            migrations.CreateModel(
                name='Alert',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.CharField(choices=[('yellow', 'Yellow'), ('red', 'Red')], max_length=6, verbose_name='alert level')),
                    ('matter', models.CharField(max_length=200)),
                    ('number', models.CharField(max_length=120, verbose_name='number')),
                    ('value', models.PositiveIntegerField(verbose_name='value')),
                    ('began_at', models.DateTimeField(verbose_name='began at')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='over at')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='seen to at')),
                    ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('live', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='alerts', to='contacts.opencontact')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='team')),
                    ('limit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='inspections.alertlimit')),
                ],
                options={
                    'ordering': ['-began_at', '-id'],
                },
            ),
            migrations.AddConstraint(
                model_name='alertlimit',
                constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('unit', 'kind'), name='one_alert_limit_a_kind', violation_error_message='The unit has limits for this already.'),
            ),
            migrations.AddConstraint(
                model_name='alertlimit',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('yellow__gte', 1), ('yellow__isnull', False)), models.Q(('red__gte', 1), ('red__isnull', False)), _connector='OR'), name='alert_limit_has_a_level', violation_error_message='Give at least one of the two levels.'),
            ),
            migrations.AddConstraint(
                model_name='alertlimit',
                constraint=models.CheckConstraint(condition=models.Q(('yellow', None), ('red', None), ('red__gt', models.F('yellow')), _connector='OR'), name='alert_red_above_yellow', violation_error_message='Red begins above yellow.'),
            ),
            migrations.AddIndex(
                model_name='alert',
                index=models.Index(fields=['ended_at', '-began_at'], name='alert_open'),
            ),
            migrations.AddConstraint(
                model_name='alert',
                constraint=models.UniqueConstraint(fields=('limit', 'matter', 'level'), name='alert_once_a_matter_and_level'),
            ),
        ]),
    ]
