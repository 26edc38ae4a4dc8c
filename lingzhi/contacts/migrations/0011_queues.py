import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def known_queues(apps, schema_editor):
    """The queues of which phone systems have told stand in the table, of no team yet."""
    Queue = apps.get_model("contacts", "CallQueue")
    told = set()
    for name in ("Call", "Contact"):
        rows = apps.get_model("contacts", name).objects.exclude(queue="").filter(answered_at=None)
        rows = rows.filter(turn_count=0) if name == "Contact" else rows
        told |= set(rows.order_by().values_list("source", "queue").distinct())
    Queue.objects.bulk_create(
        Queue(source_id=source, name=queue[:60], seen_at=timezone.now())
        for source, queue in sorted({(source, queue[:60]) for source, queue in told})
    )


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0010_break_units'),
        ('org', '0002_culture'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallQueue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='queue')),
                ('seen_at', models.DateTimeField(verbose_name='first told of')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.source', verbose_name='source')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='team')),
            ],
            options={
                'ordering': ['source', 'name'],
                'constraints': [models.UniqueConstraint(fields=('source', 'name'), name='queue_once_per_source')],
            },
        ),
        migrations.RunPython(known_queues, migrations.RunPython.noop),
    ]
