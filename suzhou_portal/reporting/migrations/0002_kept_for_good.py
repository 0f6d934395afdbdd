from django.db import migrations

# What was published stays as it was, whoever writes and however. Only `seed_demo --clear` may
# remove it, and only what is made up.
KEPT = """
CREATE FUNCTION portal_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.is_demo AND coalesce(current_setting('portal.clearing', true), '') = 'on' THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION '已经发布的内容不能修改或删除；有误的请登记更正。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_kept', TABLE = TG_TABLE_NAME;
END
$$;

CREATE FUNCTION portal_kept_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '已经发布的内容不能清空。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_kept', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER portal_kept BEFORE UPDATE OR DELETE ON reporting_snapshot
FOR EACH ROW EXECUTE FUNCTION portal_kept();
CREATE TRIGGER portal_kept_return BEFORE DELETE ON reporting_return
FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION portal_kept();
CREATE TRIGGER portal_kept_correction BEFORE DELETE ON reporting_correction
FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION portal_kept();
CREATE TRIGGER portal_kept_whole BEFORE TRUNCATE ON reporting_snapshot
FOR EACH STATEMENT EXECUTE FUNCTION portal_kept_whole();
CREATE TRIGGER portal_kept_whole BEFORE TRUNCATE ON reporting_correction
FOR EACH STATEMENT EXECUTE FUNCTION portal_kept_whole();
CREATE TRIGGER portal_kept_whole BEFORE TRUNCATE ON reporting_figuredefinition
FOR EACH STATEMENT EXECUTE FUNCTION portal_kept_whole();
"""

# A snapshot is taken while its return is being approved, and at no other time. The return is held,
# so that it cannot be approved while somebody else is still adding to it.
IN_REVIEW = """
CREATE FUNCTION portal_snapshot_in_review() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  report_state text;
BEGIN
  SELECT state INTO report_state FROM reporting_return WHERE id = NEW.report_id FOR SHARE;
  IF report_state IS DISTINCT FROM 'submitted' THEN
    RAISE EXCEPTION '只有审核上报时才留存数值。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_snapshot_in_review',
        TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER portal_snapshot_in_review BEFORE INSERT ON reporting_snapshot
FOR EACH ROW EXECUTE FUNCTION portal_snapshot_in_review();
"""

# A definition is never changed. Removing one takes the owner of the table and the setting with which
# the trail is pruned; what a snapshot refers to, nobody removes.
DEFINED = """
CREATE FUNCTION portal_defined() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND coalesce(current_setting('portal.retention', true), '') = 'on'
    AND (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID)
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '指标口径的历史不能修改或删除。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_defined', TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER portal_defined BEFORE UPDATE OR DELETE ON reporting_figuredefinition
FOR EACH ROW EXECUTE FUNCTION portal_defined();
"""

UNDO = """
DROP FUNCTION portal_defined() CASCADE;
DROP FUNCTION portal_snapshot_in_review() CASCADE;
DROP FUNCTION portal_kept_whole() CASCADE;
DROP FUNCTION portal_kept() CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [("reporting", "0001_initial")]

    operations = [migrations.RunSQL(KEPT + IN_REVIEW + DEFINED, UNDO)]
