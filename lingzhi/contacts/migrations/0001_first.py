
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lingzhi.core.migrating import NewTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0001_first'),
        ('files', '0001_first'),
        ('imports', '0001_first'),
        ('org', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables([
            migrations.CreateModel(
                name='Channel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=40, verbose_name='name')),
                    ('is_voice', models.BooleanField(default=False, verbose_name='spoken')),
                ],
                options={
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='Source',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('external_id', models.CharField(max_length=120, verbose_name='number')),
                    ('direction', models.CharField(choices=[('in', 'Inbound'), ('out', 'Outbound')], max_length=3, verbose_name='direction')),
                    ('queue', models.CharField(blank=True, max_length=60, verbose_name='queue')),
                    ('agent_reference', models.CharField(blank=True, max_length=80, verbose_name='agent as delivered')),
                    ('started_at', models.DateTimeField(null=True, verbose_name='started at')),
                    ('queued_at', models.DateTimeField(null=True, verbose_name='queued at')),
                    ('ringing_at', models.DateTimeField(null=True, verbose_name='ringing at')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='answered at')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                    ('wrapped_up_at', models.DateTimeField(null=True, verbose_name='after-call work ended at')),
                    ('hold_seconds', models.PositiveIntegerField(null=True, verbose_name='on hold, seconds')),
                    ('ring_count', models.PositiveSmallIntegerField(null=True, verbose_name='rings')),
                    ('transfers', models.PositiveSmallIntegerField(null=True, verbose_name='transfers')),
                    ('ended_by', models.CharField(blank=True, choices=[('', 'Unknown'), ('agent', 'Agent'), ('customer', 'Customer'), ('system', 'System')], default='', max_length=8, verbose_name='ended by')),
                    ('outcome', models.CharField(blank=True, max_length=60, verbose_name='outcome')),
                    ('meta', models.JSONField(blank=True, default=dict, verbose_name='further data')),
                    ('turn_count', models.PositiveIntegerField(default=0, verbose_name='turns')),
                    ('content_sha256', models.CharField(blank=True, max_length=64)),
                    ('received_at', models.DateTimeField(verbose_name='received at')),
                    ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='imports.batch', verbose_name='import')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contacts.channel', verbose_name='channel')),
                    ('customer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='customers.customer', verbose_name='customer')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='org.unit', verbose_name='team')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contacts.source', verbose_name='source')),
                ],
                options={
                    'ordering': ['-started_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='Turn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.PositiveIntegerField(verbose_name='number')),
                    ('role', models.CharField(choices=[('agent', 'Agent'), ('customer', 'Customer'), ('bot', 'Bot'), ('system', 'System')], max_length=8, verbose_name='role')),
                    ('start_ms', models.PositiveIntegerField(null=True, verbose_name='start, ms')),
                    ('end_ms', models.PositiveIntegerField(null=True, verbose_name='end, ms')),
                    ('text', models.TextField(verbose_name='text')),
                    ('sealed', models.TextField(blank=True)),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='contacts.contact')),
                ],
                options={
                    'ordering': ['contact', 'seq'],
                },
            ),
            migrations.CreateModel(
                name='Recording',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reference', models.CharField(blank=True, max_length=300, verbose_name='reference')),
                    ('sha256', models.CharField(blank=True, max_length=64)),
                    ('roles_by_channel', models.JSONField(blank=True, default=list, verbose_name='role per sound channel')),
                    ('duration_ms', models.PositiveIntegerField(null=True, verbose_name='length, ms')),
                    ('added_at', models.DateTimeField(verbose_name='added at')),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recordings', to='contacts.contact')),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='files.storedfile')),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('file__isnull', False), models.Q(('reference', ''), _negated=True), _connector='OR'), name='recording_is_somewhere')],
                },
            ),
            migrations.AddIndex(
                model_name='contact',
                index=models.Index(fields=['-started_at', '-id'], name='contact_newest'),
            ),
            migrations.AddIndex(
                model_name='contact',
                index=models.Index(fields=['agent', '-started_at'], name='contact_by_agent'),
            ),
            migrations.AddIndex(
                model_name='contact',
                index=models.Index(fields=['unit', '-started_at'], name='contact_by_unit'),
            ),
            migrations.AddConstraint(
                model_name='contact',
                constraint=models.UniqueConstraint(fields=('source', 'external_id'), name='contact_once_per_source', violation_error_message='This source delivered a contact of this number before.'),
            ),
            migrations.AddConstraint(
                model_name='turn',
                constraint=models.UniqueConstraint(fields=('contact', 'seq'), name='turn_once_per_contact'),
            ),
        ]),
    ]
