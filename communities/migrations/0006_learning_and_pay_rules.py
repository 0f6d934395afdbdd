from django.db import migrations
from django.utils import timezone

# Rows from before courses had a state get the one their dates say.
STATE_BY_DATES = """
UPDATE communities_course SET state = CASE
  WHEN ends_on < %s THEN 'ended'
  WHEN starts_on <= %s THEN 'running'
  WHEN EXISTS (SELECT 1 FROM communities_enrolment e WHERE e.course_id = communities_course.id)
    THEN 'enrolling'
  ELSE 'planned' END
"""

HOURS = """
UPDATE communities_enrolment e SET course_hours = c.hours
FROM communities_course c WHERE c.id = e.course_id AND c.hours IS NOT NULL
"""

# The hours repeated in an enrolment are its course's own, so that a check can compare them (ADR 3).
HOURS_ARE_THE_COURSES = """
ALTER TABLE communities_enrolment ADD CONSTRAINT enrolment_hours_are_the_courses
FOREIGN KEY (course_id, course_hours) REFERENCES communities_course (id, hours)
ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
"""

# Pay, and corrections booked, in a month that has been checked or closed stay as they are, whoever
# writes and however. The rows of the month are held, so that a month cannot be closed while somebody
# is still writing into it. Only `seed_demo --clear` may remove settled rows, and only made-up ones.
SETTLED = """
CREATE FUNCTION portal_settled_month() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  noted text[] := '{updated_at,entered_by_id,gross}';
  version jsonb;
  period record;
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - noted = to_jsonb(NEW) - noted THEN
    RETURN NEW;
  END IF;
  FOREACH version IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY[to_jsonb(NEW)]
    WHEN 'DELETE' THEN ARRAY[to_jsonb(OLD)]
    ELSE ARRAY[to_jsonb(OLD), to_jsonb(NEW)] END
  LOOP
    FOR period IN
      SELECT state FROM communities_payperiod
      WHERE month = (version ->> TG_ARGV[0])::date
        AND starts_with(version ->> 'area_id', CASE area_id WHEN 'CN' THEN '' ELSE area_id END)
      FOR SHARE
    LOOP
      IF period.state <> 'drafting' AND NOT portal_clearing(TG_OP, version) THEN
        RAISE EXCEPTION '该月薪酬已复核或关账，不能再增改或删除；关账后请登记薪酬更正。'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_settled_month',
            TABLE = TG_TABLE_NAME;
      END IF;
    END LOOP;
  END LOOP;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION portal_clearing(operation text, version jsonb) RETURNS boolean LANGUAGE sql AS $$
  SELECT operation = 'DELETE' AND (version ->> 'is_demo')::boolean
    AND coalesce(current_setting('portal.clearing', true), '') = 'on'
$$;

CREATE FUNCTION portal_settled_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT portal_clearing(TG_OP, to_jsonb(OLD)) THEN
      RAISE EXCEPTION '已复核或关账的月份不能删除。'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_settled_period',
          TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
  END IF;
  IF (OLD.month, OLD.area_id, OLD.is_demo) IS DISTINCT FROM (NEW.month, NEW.area_id, NEW.is_demo)
    OR OLD.state = 'closed' AND NEW.state <> 'closed'
  THEN
    RAISE EXCEPTION '已复核或关账的月份不能改动。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_settled_period',
        TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER portal_settled_month BEFORE INSERT OR UPDATE OR DELETE ON communities_paymonth
  FOR EACH ROW EXECUTE FUNCTION portal_settled_month('month');
CREATE TRIGGER portal_settled_month BEFORE INSERT OR UPDATE OR DELETE ON communities_paycorrection
  FOR EACH ROW EXECUTE FUNCTION portal_settled_month('booked_in');
CREATE TRIGGER portal_settled_period BEFORE UPDATE OR DELETE ON communities_payperiod
  FOR EACH ROW WHEN (OLD.state <> 'drafting') EXECUTE FUNCTION portal_settled_period();
"""
UNSETTLED = """
DROP TRIGGER portal_settled_month ON communities_paymonth;
DROP TRIGGER portal_settled_month ON communities_paycorrection;
DROP TRIGGER portal_settled_period ON communities_payperiod;
DROP FUNCTION portal_settled_month();
DROP FUNCTION portal_settled_period();
DROP FUNCTION portal_clearing(text, jsonb);
"""


def state_by_dates(apps, schema_editor):
    today = timezone.localdate()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(STATE_BY_DATES, [today, today])


class Migration(migrations.Migration):
    """Courses of before get a state; what no check constraint reaches is held by the database."""

    dependencies = [("communities", "0005_learning_and_pay")]

    operations = [
        migrations.RunPython(state_by_dates, migrations.RunPython.noop),
        migrations.RunSQL(HOURS, migrations.RunSQL.noop),
        migrations.RunSQL(
            HOURS_ARE_THE_COURSES,
            "ALTER TABLE communities_enrolment DROP CONSTRAINT enrolment_hours_are_the_courses",
        ),
        migrations.RunSQL(SETTLED, UNSETTLED),
    ]
