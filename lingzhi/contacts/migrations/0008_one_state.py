from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def one_log(apps, schema_editor):
    """What the chat desk knew ends where the phone system knows the person, too."""
    State = apps.get_model("contacts", "AgentState")
    chat = State.objects.filter(source="chat")
    known = State.objects.filter(source="cti", until=None).values_list("person", flat=True)
    chat.filter(until=None, person__in=list(known)).update(until=timezone.now())
    State.objects.filter(source="cti").update(seen_at=None)
    chat.update(source="hand")


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0007_ways_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='agentstate',
            name='one_state_at_a_time_and_source',
        ),
        migrations.AlterField(
            model_name='agentstate',
            name='seen_at',
            field=models.DateTimeField(null=True, verbose_name='last seen'),
        ),
        migrations.AlterField(
            model_name='agentstate',
            name='source',
            field=models.CharField(choices=[('hand', 'By hand'), ('cti', 'Phone system')], max_length=4, verbose_name='source'),
        ),
        migrations.RunPython(one_log, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='agentstate',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('person',), name='one_state_at_a_time'),
        ),
    ]
