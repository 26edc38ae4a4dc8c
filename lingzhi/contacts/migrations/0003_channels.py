"""The channels every centre starts with."""

from django.db import migrations

CHANNELS = [
    ("phone", "电话", True),
    ("chat", "在线聊天", False),
    ("email", "电子邮件", False),
    ("app", "应用内", False),
    ("wechat", "微信", False),
    ("sms", "短信", False),
    ("social", "社交媒体", False),
    ("forum", "论坛", False),
    ("counter", "柜台", True),
    ("terminal", "自助终端", False),
    ("video", "视频", True),
    ("visit", "上门", True),
]


def create(apps, schema_editor):
    channel = apps.get_model("contacts", "Channel")
    for code, name, is_voice in CHANNELS:
        channel.objects.get_or_create(code=code, defaults={"name": name, "is_voice": is_voice})


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_search")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
