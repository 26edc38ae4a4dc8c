import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0009_break_units'),
    ]

    operations = [
        migrations.AlterField(
            model_name='breakreason',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='org.unit', verbose_name='unit'),
        ),
        migrations.AlterModelOptions(
            name='breakreason',
            options={'ordering': ['unit__path', 'name']},
        ),
        migrations.AlterField(
            model_name='breakreason',
            name='name',
            field=models.CharField(max_length=40, verbose_name='reason'),
        ),
        migrations.AddConstraint(
            model_name='breakreason',
            constraint=models.UniqueConstraint(fields=('unit', 'name'), name='break_reason_once_a_unit', violation_error_message='The unit has a kind of break of this name already.'),
        ),
    ]
