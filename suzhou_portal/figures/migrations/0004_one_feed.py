from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0005_one_feed'),
        ('figures', '0003_marks_by_area_and_source'),
    ]

    operations = [
        # Marks stand in audit_touched from now on; without those made before, nothing kept is known to
        # be true. It is computed again when it is asked for.
        migrations.RunSQL('DELETE FROM figures_kept', migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='Touched',
        ),
    ]
