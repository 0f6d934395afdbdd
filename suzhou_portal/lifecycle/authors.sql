-- Notes whoever acts (portal.actor, as in the trail) as an author of what the written rows belong to.
-- Arguments: the query from rows to label and key, the columns that are no content, and the changes of
-- state by which nobody becomes an author.
CREATE OR REPLACE FUNCTION portal_authors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  author bigint := (nullif(current_setting('portal.actor', true), '')::jsonb ->> 'id')::bigint;
  side text;
  written text;
BEGIN
  IF author IS NULL THEN
    RETURN NULL;
  END IF;
  FOREACH side IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY['new'] WHEN 'DELETE' THEN ARRAY['old'] ELSE ARRAY['old', 'new'] END
  LOOP
    written := CASE WHEN TG_OP = 'UPDATE' THEN format(
      '(SELECT %s_rows.* FROM old_rows JOIN new_rows ON old_rows.id = new_rows.id'
      ' CROSS JOIN LATERAL (SELECT to_jsonb(old_rows) AS o, to_jsonb(new_rows) AS n) both_sides'
      ' WHERE o - $2 IS DISTINCT FROM n - $2'
      ' AND coalesce((o ->> ''state'') || ''>'' || (n ->> ''state''), '''') <> ALL ($3))', side)
      ELSE side || '_rows' END;
    EXECUTE 'INSERT INTO lifecycle_author (model, object_id, "user") SELECT model, id, $1 FROM ('
      || format(TG_ARGV[0], written) || ') AS w (model, id) ON CONFLICT DO NOTHING'
      USING author, TG_ARGV[1]::text[], TG_ARGV[2]::text[];
  END LOOP;
  RETURN NULL;
END
$$;

-- Refuses a step that only another person may take to whoever is an author, and to everybody other
-- content together with it. Arguments: the label, the columns that are no content, those steps, and
-- step>column for what each asks for.
CREATE OR REPLACE FUNCTION portal_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  actor bigint := (nullif(current_setting('portal.actor', true), '')::jsonb ->> 'id')::bigint;
  step text := OLD.state || '>' || NEW.state;
  apart text[] := TG_ARGV[1]::text[] || ARRAY(
    SELECT split_part(one, '>', 3) FROM unnest(TG_ARGV[3]::text[]) one
    WHERE starts_with(one, step || '>'));
BEGIN
  IF step <> ALL (TG_ARGV[2]::text[]) OR actor IS NULL THEN
    RETURN NEW;
  END IF;
  IF actor = OLD.entered_by_id OR EXISTS (
    SELECT FROM lifecycle_author
    WHERE model = TG_ARGV[0] AND object_id = OLD.id AND "user" = actor
  ) THEN
    RAISE EXCEPTION '这一步须由没有填写过这条记录的人办理。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_by_another', TABLE = TG_TABLE_NAME;
  END IF;
  IF to_jsonb(OLD) - apart IS DISTINCT FROM to_jsonb(NEW) - apart THEN
    RAISE EXCEPTION '办理这一步时不能同时修改内容。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_by_another', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;
