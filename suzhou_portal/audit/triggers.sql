-- The audit trail at database level: one statement-level trigger for each kind of write, so that a
-- large import costs one INSERT … SELECT, and bulk operations and raw SQL are written down too.
-- Arguments of the triggers: the model's label, its key column, columns left out, and a JSON object
-- that says which columns are masked and how.

-- STABLE as to_jsonb is: PostgreSQL would not put an IMMUTABLE one in place of its calls.
CREATE OR REPLACE FUNCTION portal_masked(value jsonb, mask text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT CASE
    WHEN value IS NULL OR value IN ('null'::jsonb, '""'::jsonb) THEN value
    WHEN mask = 'name' THEN to_jsonb(left(value #>> '{}', 1) || '*')
    WHEN mask = 'phone' THEN to_jsonb(
      CASE WHEN length(regexp_replace(value #>> '{}', '\D', '', 'g')) >= 11
        THEN left(regexp_replace(value #>> '{}', '\D', '', 'g'), 3) || '****'
        ELSE '****' END
      || right(regexp_replace(value #>> '{}', '\D', '', 'g'),
           CASE WHEN length(regexp_replace(value #>> '{}', '\D', '', 'g')) >= 11 THEN 4 ELSE 2 END))
    ELSE '"***"'::jsonb
  END
$$;

-- The columns of a changed row that differ from the other side of the change.
CREATE OR REPLACE FUNCTION portal_differing(data jsonb, other jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(data)
  WHERE other -> key IS DISTINCT FROM value
$$;

-- An expression that gives `kept`, columns of the row `side`, with those masked that must be. Text and
-- not a function of its own: called for each of 100,000 rows that cost more than the rows themselves.
CREATE OR REPLACE FUNCTION portal_hiding(kept text, side text, masks jsonb) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT kept || coalesce(string_agg(format(
    $f$ || CASE WHEN %1$s ->> %2$L <> '' AND %3$s ? %2$L
      THEN jsonb_build_object(%2$L, portal_masked(%1$s -> %2$L, %4$L)) ELSE '{}' END$f$,
    side, key, kept, value), ''), '') FROM jsonb_each_text(masks)
$$;

CREATE OR REPLACE FUNCTION portal_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  actor jsonb := coalesce(nullif(current_setting('portal.actor', true), ''), '{}')::jsonb;
  label text := TG_ARGV[0];
  key text := TG_ARGV[1];
  left_out text[] := TG_ARGV[2]::text[];
  masks jsonb := TG_ARGV[3]::jsonb;
  nothing text := '''{}''::jsonb';
  whole_old text := portal_hiding('jsonb_strip_nulls(o)', 'o', masks);
  whole_new text := portal_hiding('jsonb_strip_nulls(n)', 'n', masks);
  old_kept text := nothing;
  new_kept text := nothing;
  rows text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    rows := '(SELECT NULL::jsonb AS o, NULL::jsonb AS n, ''clear'' AS action) rows';
  ELSIF TG_OP = 'INSERT' THEN
    new_kept := whole_new;
    rows := '(SELECT NULL::jsonb AS o, to_jsonb(r) - $4 AS n, ''create'' AS action'
      ' FROM new_rows r OFFSET 0) rows';
  ELSIF TG_OP = 'DELETE' THEN
    old_kept := whole_old;
    rows := '(SELECT to_jsonb(r) - $4 AS o, NULL::jsonb AS n, ''delete'' AS action'
      ' FROM old_rows r OFFSET 0) rows';
  ELSE
    -- A row without its other side was given another key: one record less, one more.
    old_kept := format('CASE WHEN o IS NULL THEN %s WHEN n IS NULL THEN %s ELSE %s END',
      nothing, whole_old, portal_hiding('portal_differing(o, n)', 'o', masks));
    new_kept := format('CASE WHEN n IS NULL THEN %s WHEN o IS NULL THEN %s ELSE %s END',
      nothing, whole_new, portal_hiding('portal_differing(n, o)', 'n', masks));
    rows := format('(SELECT to_jsonb(a) - $4 AS o, to_jsonb(b) - $4 AS n,'
      ' CASE WHEN a.%1$I IS NULL THEN ''create'' WHEN b.%1$I IS NULL THEN ''delete'''
      ' ELSE ''change'' END AS action'
      ' FROM old_rows a FULL JOIN new_rows b ON a.%1$I = b.%1$I OFFSET 0) rows'
      ' WHERE o IS DISTINCT FROM n', key);
  END IF;
  EXECUTE 'INSERT INTO audit_auditentry (at, actor_id, actor_name, address, origin, action,'
    ' model, object_id, area_code, old, new, note)'
    ' SELECT now(), ($1 ->> ''id'')::bigint, coalesce($1 ->> ''name'', session_user),'
    ' coalesce($1 ->> ''address'', ''''), coalesce($1 ->> ''origin'', ''''), action,'
    ' $2, coalesce(coalesce(n, o) ->> $3, ''''), coalesce(coalesce(n, o) ->> ''area_id'', ''''), '
    || old_kept || ', ' || new_kept || ', '''' FROM ' || rows
    USING actor, label, key, left_out;
  RETURN NULL;
END
$$;

-- Append-only also for a site whose application is the owner of its database. What prune_audit says
-- before it removes entries lets nobody change one.
CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR coalesce(current_setting('portal.retention', true), '') <> 'on' THEN
    RAISE EXCEPTION '审计日志只能追加，不能修改或删除。' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER portal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
  ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only();

-- Which kinds of record were written that a snapshot does not see: a short range of one index, by one
-- plan for all moments, since planning anew costs more than the answer.
CREATE OR REPLACE FUNCTION portal_written_since(moment pg_snapshot) RETURNS text[]
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN ARRAY(
    SELECT DISTINCT e.model FROM audit_auditentry e
    WHERE e.transaction >= pg_snapshot_xmin(moment)
      AND NOT pg_visible_in_snapshot(e.transaction, moment)
      AND e.action IN ('create', 'change', 'delete', 'clear')
  );
END
$$;
