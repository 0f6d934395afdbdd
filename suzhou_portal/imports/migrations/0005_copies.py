"""Copies are told by their moment; batches of before keep the rows that say which they are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("imports", "0004_batches")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="copied_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="批量写入时间"),
        ),
    ]
