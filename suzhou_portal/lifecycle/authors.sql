-- Notes whoever acts (portal.actor, as in the trail) as an author of what the written rows belong to.
-- Arguments: the query from rows to label and key, the columns that are no content, the changes of state
-- by which nobody becomes an author, and the label. A record whose state stays takes a step only where
-- one stands in its history, written in this very transaction.
CREATE OR REPLACE FUNCTION portal_authors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  author bigint := (nullif(current_setting('portal.actor', true), '')::jsonb ->> 'id')::bigint;
  side text;
  written text;
BEGIN
  -- Who moves what names a merged record says nothing new of those that named it.
  IF author IS NULL OR current_setting('portal.merging', true) = 'on' THEN
    RETURN NULL;
  END IF;
  FOREACH side IN ARRAY CASE TG_OP
    WHEN 'INSERT' THEN ARRAY['new'] WHEN 'DELETE' THEN ARRAY['old'] ELSE ARRAY['old', 'new'] END
  LOOP
    written := CASE WHEN TG_OP = 'UPDATE' THEN format(
      '(SELECT %s_rows.* FROM old_rows JOIN new_rows ON old_rows.id = new_rows.id'
      ' CROSS JOIN LATERAL (SELECT to_jsonb(old_rows) AS o, to_jsonb(new_rows) AS n) both_sides'
      ' WHERE o - $2 IS DISTINCT FROM n - $2'
      ' AND (coalesce((o ->> ''state'') || ''>'' || (n ->> ''state''), '''') <> ALL ($3)'
      ' OR o -> ''state'' = n -> ''state'' AND NOT EXISTS (SELECT FROM lifecycle_step s'
      ' WHERE s.model = $4 AND s.object_id = old_rows.id AND s.taken_at = now())))', side)
      ELSE side || '_rows' END;
    EXECUTE 'INSERT INTO lifecycle_author (model, object_id, "user") SELECT model, id, $1 FROM ('
      || format(TG_ARGV[0], written) || ') AS w (model, id) ON CONFLICT DO NOTHING'
      USING author, TG_ARGV[1]::text[], TG_ARGV[2]::text[], TG_ARGV[3];
  END LOOP;
  RETURN NULL;
END
$$;
