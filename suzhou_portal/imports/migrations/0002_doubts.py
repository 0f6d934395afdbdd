from django.conf import settings
from django.db import migrations, models


def clean(apps, schema_editor):
    """What is kept is spelt as fields spell it now; what can't be is listed. Later columns are left."""
    from suzhou_portal.imports.stored import clean_stored

    names = ("model", "object_id", "area_code", "field", "why")
    kind = apps.get_model("imports", "Doubt")
    doubts = clean_stored(schema_editor.connection)
    found = [kind(**dict(zip(names, doubt, strict=True))) for doubt in doubts]
    kind.objects.using(schema_editor.connection.alias).bulk_create(found, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_submission"),
        ("areas", "0002_division_changes"),
        ("calendars", "0001_initial"),
        ("charity", "0006_reversals"),
        ("communities", "0012_plan_adjusted"),
        ("figures", "0005_kept_value"),
        ("imports", "0001_initial"),
        ("lifecycle", "0003_kept_as_decided"),
        ("organizations", "0010_score_sheets"),
        ("reporting", "0004_corrections_that_can_be"),
        ("reports", "0001_forms"),
        ("volunteers", "0009_emergencies_reach_and_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Doubt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=100, verbose_name="记录类别")),
                ("object_id", models.CharField(max_length=100, verbose_name="记录编号")),
                ("area_code", models.CharField(blank=True, db_collation="C", max_length=15, verbose_name="地区")),
                ("field", models.CharField(max_length=100, verbose_name="栏目")),
                ("why", models.CharField(max_length=300, verbose_name="原因")),
            ],
            options={
                "verbose_name": "待核对的数据",
                "verbose_name_plural": "待核对的数据",
                "ordering": ["model", "pk"],
            },
        ),
        migrations.RunPython(clean, migrations.RunPython.noop),
    ]
