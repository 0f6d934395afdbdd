from django.db import migrations


def listed(apps, schema_editor):
    """What was written before a rule and breaks it stays as it is, and is listed for people to decide."""
    from suzhou_portal.imports.stored import broken_rules

    names = ("model", "object_id", "area_code", "field", "why")
    kind = apps.get_model("imports", "Doubt")
    found = [
        kind(**dict(zip(names, doubt, strict=True)))
        for doubt in broken_rules(schema_editor.connection)
    ]
    kind.objects.using(schema_editor.connection.alias).bulk_create(found, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0016_meetings_and_members"),
        ("imports", "0002_doubts"),
        ("organizations", "0012_order_of_days"),
        ("volunteers", "0012_times"),
    ]

    operations = [migrations.RunPython(listed, migrations.RunPython.noop)]
