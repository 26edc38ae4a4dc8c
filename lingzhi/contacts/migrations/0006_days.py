from datetime import date

from django.db import migrations, models
from django.utils import timezone


def days_there_are(apps, schema_editor):
    """One row for each day that contacts began on; the first of all days for those without a time."""
    Contact, Day = apps.get_model("contacts", "Contact"), apps.get_model("contacts", "Day")
    days = set()
    for moment in Contact.objects.order_by().values_list("started_at", flat=True).iterator():
        days.add(timezone.localdate(moment) if moment else date.min)
    Day.objects.bulk_create(Day(day=day, changes=1) for day in sorted(days))


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0005_heard'),
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('changes', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.RunPython(days_there_are, migrations.RunPython.noop),
    ]
