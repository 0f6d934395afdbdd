-- The audit trail and the marks of what was written, at database level: one statement-level trigger for
-- each kind of write, so that a large import costs one statement, and bulk operations and raw SQL are
-- written down too. Arguments of the triggers: the model's label, its key column, columns left out, a JSON
-- object that says which columns are masked and how; and, for the marks, the column that says where a row
-- stands, blank where nobody asks for it, and whether rows count anywhere.

-- A masked value; nothing stays nothing. Mobile numbers, of which there are most, come first.
CREATE OR REPLACE FUNCTION portal_masked(value text, mask text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN value = '' THEN value
    WHEN mask = 'name' THEN left(value, 1) || '*'
    WHEN mask = 'phone' AND value ~ '^[0-9]{11}$' THEN left(value, 3) || '****' || right(value, 4)
    WHEN mask = 'phone' THEN
      CASE WHEN length(regexp_replace(value, '\D', '', 'g')) >= 11
        THEN left(regexp_replace(value, '\D', '', 'g'), 3) || '****'
        ELSE '****' END
      || right(regexp_replace(value, '\D', '', 'g'),
           CASE WHEN length(regexp_replace(value, '\D', '', 'g')) >= 11 THEN 4 ELSE 2 END)
    WHEN value IS NOT NULL THEN '***'
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
      THEN jsonb_build_object(%2$L, portal_masked(%1$s ->> %2$L, %4$L)) ELSE '{}' END$f$,
    side, key, kept, value), ''), '') FROM jsonb_each_text(masks)
$$;

-- The columns of a table that are kept, with those masked that must be, to select from its rows. What
-- is masked before it becomes JSON is built once.
CREATE OR REPLACE FUNCTION portal_kept(relation oid, left_out text[], masks jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT string_agg(
    CASE WHEN masks ? attname
      THEN format('portal_masked(%1$I::text, %2$L) AS %1$I', attname, masks ->> attname)
      ELSE quote_ident(attname) END, ', ' ORDER BY attnum)
  FROM pg_attribute
  WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped AND attname <> ALL (left_out)
$$;

-- A query for the marks that a statement leaves: source (of the table $4) and area of rows, old and new.
-- Where nobody asks for areas, what made no entry, such as the time of a sign-in, leaves no mark either.
CREATE OR REPLACE FUNCTION portal_marks(event text, area_column text, anywhere boolean) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN event = 'TRUNCATE' THEN $f$SELECT $4, '' UNION ALL SELECT $4 || '*', ''$f$
    WHEN area_column = '' AND NOT anywhere THEN $f$SELECT $4, '-' WHERE EXISTS (SELECT FROM entries)$f$
    ELSE concat_ws(' UNION ALL ',
      CASE WHEN area_column <> '' THEN
        format($f$SELECT DISTINCT $4, coalesce(%I, '') FROM (%s) w$f$, area_column, written) END,
      CASE WHEN anywhere THEN format($f$SELECT $4 || '*', '' WHERE EXISTS (%s)$f$, written) END)
    END
  FROM (SELECT CASE event
    WHEN 'INSERT' THEN 'SELECT * FROM new_rows'
    WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
    ELSE 'SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows' END) AS rows (written)
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
  whole_old text;
  whole_new text;
  kept text; -- object, area, action, old, new
  rows text;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    kept := concat_ws(', ', '''''', '''''', '''clear''', nothing, nothing);
    rows := '(SELECT) r';
  ELSIF TG_OP = 'UPDATE' THEN
    whole_old := portal_hiding('jsonb_strip_nulls(o)', 'o', masks);
    whole_new := portal_hiding('jsonb_strip_nulls(n)', 'n', masks);
    -- A row without its other side was given another key: one record less, one more.
    kept := format('coalesce(coalesce(n, o) ->> %1$L, ''''), coalesce(coalesce(n, o) ->> ''area_id'', ''''),'
      ' CASE WHEN o IS NULL THEN ''create'' WHEN n IS NULL THEN ''delete'' ELSE ''change'' END,'
      ' CASE WHEN o IS NULL THEN %2$s WHEN n IS NULL THEN %3$s ELSE %4$s END,'
      ' CASE WHEN n IS NULL THEN %2$s WHEN o IS NULL THEN %5$s ELSE %6$s END',
      key, nothing, whole_old, portal_hiding('portal_differing(o, n)', 'o', masks),
      whole_new, portal_hiding('portal_differing(n, o)', 'n', masks));
    rows := format('(SELECT to_jsonb(a) - $3 AS o, to_jsonb(b) - $3 AS n'
      ' FROM old_rows a FULL JOIN new_rows b ON a.%1$I = b.%1$I OFFSET 0) r'
      ' WHERE o IS DISTINCT FROM n', key);
  ELSE
    kept := concat_ws(', ', format('r.%I::text', key),
      CASE WHEN EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = TG_RELID AND attname = 'area_id')
        THEN 'coalesce(r.area_id, '''')' ELSE '''''' END,
      CASE TG_OP WHEN 'INSERT' THEN '''create''' ELSE '''delete''' END,
      CASE TG_OP WHEN 'INSERT' THEN nothing END, 'jsonb_strip_nulls(to_jsonb(r))',
      CASE TG_OP WHEN 'DELETE' THEN nothing END);
    rows := format('(SELECT %s FROM %s OFFSET 0) r', portal_kept(TG_RELID, left_out, masks),
      CASE TG_OP WHEN 'INSERT' THEN 'new_rows' ELSE 'old_rows' END);
  END IF;
  EXECUTE 'WITH entries AS (INSERT INTO audit_auditentry (at, actor_id, actor_name, address, origin,'
    ' note, model, object_id, area_code, action, old, new)'
    ' SELECT now(), ($1 ->> ''id'')::bigint, coalesce($1 ->> ''name'', session_user),'
    ' coalesce($1 ->> ''address'', ''''), coalesce($1 ->> ''origin'', ''''), '''', $2, '
    || kept || ' FROM ' || rows
    || ' RETURNING 1) INSERT INTO audit_touched (source, area_code, transaction)'
    ' SELECT source, area_code, pg_current_xact_id() FROM ('
    || portal_marks(TG_OP, TG_ARGV[4], TG_ARGV[5]::boolean) || ') AS marks (source, area_code)'
    USING actor, label, left_out, TG_TABLE_NAME::text;
  RETURN NULL;
END
$$;

-- The application's one way to add to the trail: what no trigger sees. The time is the clock's, and
-- what happened none of the kinds that the triggers write, so that nothing is forged or backdated.
CREATE OR REPLACE FUNCTION portal_note(
  action text, actor_id bigint, actor_name text, address text, origin text, note text,
  model text, object_id text, area_code text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF action IN ('create', 'change', 'delete', 'clear')
    OR action = 'prune' AND session_user <> current_user
  THEN
    RAISE EXCEPTION '审计日志的“%”由数据库自己记录。', action
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO audit_auditentry (at, action, actor_id, actor_name, address, origin, note, model,
    object_id, area_code, old, new)
  VALUES (clock_timestamp(), action, actor_id, actor_name, address, origin, note, model,
    object_id, area_code, '{}', '{}');
END
$$;

-- When a row of a table that is kept for good was written, the clock says and nobody else.
CREATE OR REPLACE FUNCTION portal_stamped() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], now()));
END
$$;

-- Append-only also for a site whose application is the owner of its database. What prune_audit says
-- before it removes entries lets nobody change one.
CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR coalesce(current_setting('portal.retention', true), '') <> 'on' THEN
    RAISE EXCEPTION '%只能追加，不能修改或删除。', TG_ARGV[0] USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;

-- Where transactions are counted as they are here: which run of which server, which database, and which
-- file of the marks. Whatever puts back a server, a database or its rows changes one of them.
CREATE OR REPLACE FUNCTION portal_here() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(' ', extract(epoch FROM pg_postmaster_start_time()), oid,
    pg_relation_filenode(to_regclass('audit_touched')))
  FROM pg_database WHERE datname = current_database()
$$;

-- Which tables were written that a snapshot does not see, blank for all: a short range of one index, by
-- one plan for all moments, since planning anew costs more than the answer. Marks that a dump has brought
-- from another cluster may carry numbers of transactions that are yet to come in this one.
CREATE OR REPLACE FUNCTION portal_written_since(moment pg_snapshot) RETURNS text[]
LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off AS $$
BEGIN
  RETURN ARRAY(
    SELECT DISTINCT rtrim(t.source, '*') FROM audit_touched t
    WHERE t.transaction >= pg_snapshot_xmin(moment)
      AND t.transaction < pg_snapshot_xmax(pg_current_snapshot())
      AND NOT pg_visible_in_snapshot(t.transaction, moment)
  );
END
$$;
