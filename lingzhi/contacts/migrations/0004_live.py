
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lingzhi.core.migrating import NewTables


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0003_channels'),
        ('org', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        NewTables([
            migrations.CreateModel(
                name='OpenContact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('external_id', models.CharField(max_length=120, verbose_name='number')),
                    ('direction', models.CharField(choices=[('in', 'Inbound'), ('out', 'Outbound')], max_length=3, verbose_name='direction')),
                    ('queue', models.CharField(blank=True, max_length=60, verbose_name='queue')),
                    ('agent_reference', models.CharField(blank=True, max_length=80, verbose_name='agent as delivered')),
                    ('started_at', models.DateTimeField(null=True, verbose_name='started at')),
                    ('sealed_facts', models.TextField()),
                    ('facts_sha256', models.CharField(max_length=64)),
                    ('turn_count', models.PositiveIntegerField(default=0, verbose_name='turns')),
                    ('opened_at', models.DateTimeField(verbose_name='opened at')),
                    ('moved_at', models.DateTimeField(verbose_name='last turn at')),
                    ('closed_at', models.DateTimeField(null=True, verbose_name='closed at')),
                    ('agent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contacts.channel', verbose_name='channel')),
                    ('contact', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='lived', to='contacts.contact', verbose_name='contact')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='contacts.source')),
                    ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='org.unit', verbose_name='team')),
                ],
                options={
                    'ordering': ['-moved_at', '-id'],
                },
            ),
            migrations.CreateModel(
                name='OpenTurn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seq', models.PositiveIntegerField(verbose_name='number')),
                    ('role', models.CharField(choices=[('agent', 'Agent'), ('customer', 'Customer'), ('bot', 'Bot'), ('system', 'System')], max_length=8, verbose_name='role')),
                    ('start_ms', models.PositiveIntegerField(null=True, verbose_name='start, ms')),
                    ('end_ms', models.PositiveIntegerField(null=True, verbose_name='end, ms')),
                    ('text', models.TextField(verbose_name='text')),
                    ('sealed', models.TextField(blank=True)),
                    ('received_at', models.DateTimeField(verbose_name='received at')),
                    ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='contacts.opencontact')),
                ],
                options={
                    'ordering': ['contact', 'seq'],
                },
            ),
            migrations.CreateModel(
                name='Feed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sealed_secret', models.TextField()),
                    ('created_at', models.DateTimeField(verbose_name='created at')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                    ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='contacts.source')),
                ],
                options={
                    'ordering': ['source__code', '-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('source',), name='one_open_feed_per_source')],
                },
            ),
            migrations.AddIndex(
                model_name='opencontact',
                index=models.Index(fields=['closed_at', '-moved_at'], name='open_contact_moved'),
            ),
            migrations.AddConstraint(
                model_name='opencontact',
                constraint=models.UniqueConstraint(fields=('source', 'external_id'), name='open_once_per_source'),
            ),
            migrations.AddConstraint(
                model_name='openturn',
                constraint=models.UniqueConstraint(fields=('contact', 'seq'), name='turn_once_per_open_contact'),
            ),
        ]),
    ]
