"""The channels that came later than a centre's first ones."""

from django.db import migrations

CHANNELS = [
    ("website", "网站与在线平台"),
    ("bank", "手机银行与网上银行"),
    ("opinion_box", "客户意见箱"),
]


def create(apps, schema_editor):
    channel = apps.get_model("contacts", "Channel")
    for code, name in CHANNELS:
        channel.objects.get_or_create(code=code, defaults={"name": name, "is_voice": False})


class Migration(migrations.Migration):
    dependencies = [("contacts", "0013_messages")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
