
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0004_live'),
    ]

    operations = [
        migrations.AddField(
            model_name='openturn',
            name='confidence',
            field=models.FloatField(null=True, verbose_name='certainty of recognition'),
        ),
        migrations.AddField(
            model_name='openturn',
            name='emotion',
            field=models.CharField(blank=True, default='', max_length=20, verbose_name='emotion'),
        ),
        migrations.AddField(
            model_name='openturn',
            name='energy',
            field=models.FloatField(null=True, verbose_name='level of the voice, dB'),
        ),
        migrations.AddField(
            model_name='turn',
            name='confidence',
            field=models.FloatField(null=True, verbose_name='certainty of recognition'),
        ),
        migrations.AddField(
            model_name='turn',
            name='emotion',
            field=models.CharField(blank=True, default='', max_length=20, verbose_name='emotion'),
        ),
        migrations.AddField(
            model_name='turn',
            name='energy',
            field=models.FloatField(null=True, verbose_name='level of the voice, dB'),
        ),
    ]
