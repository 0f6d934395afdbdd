from django.db import migrations


class Migration(migrations.Migration):
    """The model gets another name; its table keeps the one that the SQL of kept values knows."""

    dependencies = [("figures", "0004_one_feed")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Kept", "KeptValue"),
                migrations.AlterModelTable("KeptValue", "figures_kept"),
            ]
        )
    ]
