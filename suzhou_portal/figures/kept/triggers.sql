-- Says which areas a statement touched, in one INSERT. Arguments of the triggers: the column that says
-- where a row stands, blank where nothing is counted by it; and whether rows may count anywhere.
CREATE OR REPLACE FUNCTION portal_touched() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  area_column text := TG_ARGV[0];
  anywhere boolean := TG_ARGV[1];
  written text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT * FROM new_rows'
    WHEN 'DELETE' THEN 'SELECT * FROM old_rows'
    ELSE 'SELECT * FROM old_rows UNION ALL SELECT * FROM new_rows' END;
  places text := CASE
    WHEN TG_OP = 'TRUNCATE' THEN 'SELECT $1 AS source, '''' AS place UNION ALL SELECT $1 || ''*'', '''''
    ELSE concat_ws(' UNION ALL ',
      CASE WHEN area_column <> '' THEN
        format('SELECT DISTINCT $1 AS source, coalesce(%I, '''') AS place FROM (%s) w',
          area_column, written) END,
      CASE WHEN anywhere THEN
        format('SELECT $1 || ''*'' AS source, '''' AS place WHERE EXISTS (%s)', written) END)
    END;
BEGIN
  EXECUTE 'INSERT INTO figures_touched (source, area_code, transaction)'
    ' SELECT source, place, pg_current_xact_id() FROM (' || places || ') touched'
    USING TG_TABLE_NAME::text;
  RETURN NULL;
END
$$;
