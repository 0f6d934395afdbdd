from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("imports", "0005_copies")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="marked",
            field=models.BooleanField(default=False, verbose_name="已标出问题"),
        ),
    ]
