import django.db.models.deletion
from django.db import migrations, models


def of_the_company(apps, schema_editor):
    """What held for everybody belongs to the company."""
    root = apps.get_model("org", "Unit").objects.filter(parent=None).first()
    if root is not None:
        apps.get_model("contacts", "BreakReason").objects.update(unit=root)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0008_one_state'),
        ('org', '0002_culture'),
    ]

    operations = [
        migrations.AddField(
            model_name='breakreason',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='org.unit', verbose_name='unit'),
        ),
        migrations.RunPython(of_the_company, migrations.RunPython.noop),
    ]
