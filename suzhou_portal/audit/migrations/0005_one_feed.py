import suzhou_portal.audit.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_failed_tries'),
    ]

    operations = [
        # They write the column that goes, and a table that goes with figures.0004; `migrate` puts what is
        # there now when all migrations are done.
        migrations.RunSQL(
            'DROP FUNCTION IF EXISTS portal_audit() CASCADE;'
            ' DROP FUNCTION IF EXISTS portal_touched() CASCADE',
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=80, verbose_name='来源')),
                ('area_code', models.CharField(db_collation='C', max_length=15, verbose_name='地区')),
                ('transaction', suzhou_portal.audit.fields.TransactionId(verbose_name='事务')),
            ],
            options={
                'verbose_name': '变动标记',
                'verbose_name_plural': '变动标记',
            },
        ),
        migrations.RemoveIndex(
            model_name='auditentry',
            name='audit_written',
        ),
        migrations.RemoveField(
            model_name='auditentry',
            name='transaction',
        ),
        migrations.AddIndex(
            model_name='touched',
            index=models.Index(fields=['area_code', 'transaction'], name='touched_by_area'),
        ),
        migrations.AddIndex(
            model_name='touched',
            index=models.Index(fields=['source', 'transaction'], name='touched_by_source'),
        ),
        migrations.AddIndex(
            model_name='touched',
            index=models.Index(fields=['transaction'], name='touched_by_transaction'),
        ),
    ]
