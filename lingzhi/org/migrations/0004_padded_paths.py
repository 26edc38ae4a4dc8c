from django.db import migrations


def rewrite(format_step):
    """Every path anew, parents before their children."""

    def run(apps, schema_editor):
        Unit = apps.get_model("org", "Unit")
        for unit in Unit.objects.iterator():
            keys = [int(key) for key in unit.path.strip("/").split("/")]
            unit.path = "/" + "".join(f"{format_step(key)}/" for key in keys)
            unit.save(update_fields=["path"])

    return run


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0003_privacy'),
    ]

    operations = [
        migrations.RunPython(rewrite("{:06}".format), rewrite(str)),
    ]
