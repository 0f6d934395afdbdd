from django.db import migrations

# An evaluation that was asked for before there were sheets gets the default one; those that were made
# keep the grade they were given, without a total.
SHEETS = """
INSERT INTO organizations_evaluationscore
  (evaluation_id, area_id, name, weight, points, remark, is_demo, created_at, updated_at)
SELECT e.id, e.area_id, c.name, c.weight, NULL, '', e.is_demo, now(), now()
FROM organizations_evaluation e CROSS JOIN (VALUES
  (1, '需求和方案', 15), (2, '实施过程', 30), (3, '服务成效和满意度', 35), (4, '资金和档案管理', 20)
) AS c (place, name, weight)
WHERE e.state = 'assigned' ORDER BY e.id, c.place;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

# The sheet of an evaluation is filled in while it is being made. Who submits holds the evaluation's row,
# so that no line changes beside it.
KEPT = """
CREATE FUNCTION portal_score_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  standing text;
BEGIN
  SELECT state INTO standing FROM organizations_evaluation
    WHERE id = NEW.evaluation_id FOR NO KEY UPDATE;
  IF standing <> 'assigned' THEN
    RAISE EXCEPTION '评估已经提交，评分不能再改。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_score_kept', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER portal_score_begun BEFORE INSERT ON organizations_evaluationscore
  FOR EACH ROW EXECUTE FUNCTION portal_score_kept();
CREATE TRIGGER portal_score_kept BEFORE UPDATE ON organizations_evaluationscore
  FOR EACH ROW WHEN (
    (OLD.evaluation_id, OLD.name, OLD.weight, OLD.points, OLD.remark)
      IS DISTINCT FROM (NEW.evaluation_id, NEW.name, NEW.weight, NEW.points, NEW.remark)
  ) EXECUTE FUNCTION portal_score_kept();
"""
# What a provider reports as spent stays within the contract, also when two reports are written at once:
# each holds the project first.
COVERED = """
CREATE FUNCTION portal_report_covered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  contract numeric;
BEGIN
  SELECT contract_amount INTO contract FROM organizations_purchasedproject
    WHERE id = NEW.project_id FOR NO KEY UPDATE;
  IF contract IS NULL OR NEW.spent + (
    SELECT coalesce(sum(spent), 0) FROM organizations_projectreport
    WHERE project_id = NEW.project_id AND id <> NEW.id
  ) > contract THEN
    RAISE EXCEPTION '报告的支出合计不能超过合同金额。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_report_covered',
        TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER portal_report_begun BEFORE INSERT ON organizations_projectreport
  FOR EACH ROW EXECUTE FUNCTION portal_report_covered();
CREATE TRIGGER portal_report_covered BEFORE UPDATE ON organizations_projectreport
  FOR EACH ROW WHEN ((OLD.project_id, OLD.spent) IS DISTINCT FROM (NEW.project_id, NEW.spent))
  EXECUTE FUNCTION portal_report_covered();
"""
NOT_COVERED = """
DROP TRIGGER portal_report_begun ON organizations_projectreport;
DROP TRIGGER portal_report_covered ON organizations_projectreport;
DROP FUNCTION portal_report_covered();
"""
NOT_KEPT = """
DROP TRIGGER portal_score_begun ON organizations_evaluationscore;
DROP TRIGGER portal_score_kept ON organizations_evaluationscore;
DROP FUNCTION portal_score_kept();
"""


class Migration(migrations.Migration):
    """The sheets of what is being evaluated, kept once it was submitted; reports within the contract."""

    dependencies = [("organizations", "0009_third_parties")]

    operations = [
        migrations.RunSQL(SHEETS, migrations.RunSQL.noop),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunSQL(COVERED, NOT_COVERED),
    ]
