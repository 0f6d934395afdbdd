from django.db import migrations, models

# What the new rules would not have taken in, while it was under review: turned down, and its history
# says why. What was published stays as it is.
TURNED_DOWN = """
WITH turned_down AS (
  UPDATE reporting_correction SET state = 'rejected'
  WHERE state = 'proposed' AND (
    value < 0
    OR id NOT IN (
      SELECT min(id) FROM reporting_correction
      WHERE state = 'proposed' AND (value IS NULL OR value >= 0) GROUP BY snapshot_id
    )
  )
  RETURNING id, area_id, is_demo
)
INSERT INTO lifecycle_step (
  model, object_id, area_id, verb, label, before, after, note, taken_on, taken_at, by_name, is_demo
)
SELECT
  'reporting.correction', id, area_id, 'reject', '不予更正', 'proposed', 'rejected',
  '系统升级：同一指标只能有一件更正待审核，数值不能是负数。', current_date, now(), '', is_demo
FROM turned_down;
"""


class Migration(migrations.Migration):
    # A table with changes under way takes no new rule.
    atomic = False

    dependencies = [
        ("lifecycle", "0001_initial"),
        ("reporting", "0003_definitions_within_a_period"),
    ]

    operations = [
        migrations.RunSQL(TURNED_DOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("snapshot",),
                name="correction_one_in_review",
                violation_error_message="这一指标已经有一件更正待审核，请先审核那一件。",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "proposed"), _negated=True),
                    ("value__isnull", True),
                    ("value__gte", 0),
                    _connector="OR",
                ),
                name="correction_not_negative",
                violation_error_message="数值不能是负数。",
            ),
        ),
    ]
