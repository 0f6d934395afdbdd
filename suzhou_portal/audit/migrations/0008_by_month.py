"""The trail becomes a table of months, so that one that is old enough goes as a whole.

What is there is not copied: it stays as one part (`…_before`), up to the end of this month. What no month
holds, since nobody has made that month yet or a clock was wrong, goes to `…_other`.
"""

from django.db import migrations

INDEXES = ("audit_record", "audit_at", "audit_entered", "audit_failures")

MONTHS = f"""
ALTER TABLE audit_auditentry RENAME TO audit_auditentry_before;
ALTER TABLE audit_auditentry_before DROP CONSTRAINT audit_auditentry_pkey;
ALTER TABLE audit_auditentry_before ADD CONSTRAINT audit_auditentry_before_pkey PRIMARY KEY (id, at);
{"".join(f"ALTER INDEX {name} RENAME TO {name}_before;" for name in INDEXES)}

DO $$
DECLARE
  following bigint;
BEGIN
  SELECT last_value + is_called::int INTO following FROM audit_auditentry_id_seq;
  -- PostgreSQL before 17 has no identity columns in tables with parts.
  ALTER TABLE audit_auditentry_before ALTER id DROP IDENTITY;
  CREATE SEQUENCE audit_auditentry_id_seq;
  PERFORM setval('audit_auditentry_id_seq', following, false);
END
$$;

CREATE TABLE audit_auditentry
  (LIKE audit_auditentry_before INCLUDING DEFAULTS, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
ALTER TABLE audit_auditentry ALTER id SET DEFAULT nextval('audit_auditentry_id_seq');
ALTER SEQUENCE audit_auditentry_id_seq OWNED BY audit_auditentry.id;
CREATE INDEX audit_record ON audit_auditentry (model, object_id, id DESC);
CREATE INDEX audit_at ON audit_auditentry USING brin (at);
CREATE INDEX audit_entered ON audit_auditentry (actor_id, id DESC)
  WHERE action = 'create' AND actor_id IS NOT NULL;
CREATE INDEX audit_failures ON audit_auditentry (address, at)
  WHERE action IN ('sign_in_failed', 'try_failed');
CREATE TABLE audit_auditentry_other PARTITION OF audit_auditentry DEFAULT;

DO $$
DECLARE
  latest timestamptz;
BEGIN
  SELECT max(at) INTO latest FROM audit_auditentry_before;
  IF latest IS NULL THEN
    DROP TABLE audit_auditentry_before;
  ELSE
    EXECUTE format('ALTER TABLE audit_auditentry ATTACH PARTITION audit_auditentry_before'
      ' FOR VALUES FROM (MINVALUE) TO (%L)',
      (date_trunc('month', greatest(latest, now()) AT TIME ZONE 'Asia/Shanghai')
        + interval '1 month') AT TIME ZONE 'Asia/Shanghai');
  END IF;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0007_portal_proof")]

    operations = [migrations.RunSQL(MONTHS, migrations.RunSQL.noop, elidable=False)]
