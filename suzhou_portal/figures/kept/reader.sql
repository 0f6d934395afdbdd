-- What is kept of some areas, and which sources were written since: a mark counts that the row's
-- snapshot does not see. The country has no code that others begin with.
SELECT k.area_code, k.part, k.figures, k.version, k.computed_at,
  k.as_of = %(as_of)s AND k.definitions = %(definitions)s AND k.cluster = c.system_identifier,
  pg_snapshot_xmax(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(k.snapshot)::text::bigint,
  ARRAY(
    SELECT DISTINCT t.source FROM figures_touched t
    WHERE t.transaction >= pg_snapshot_xmin(k.snapshot)
      AND NOT pg_visible_in_snapshot(t.transaction, k.snapshot)
      AND (
        t.area_code = '' OR k.area_code = %(country)s OR t.area_code ^@ k.area_code
        OR t.source = ANY(%(inherited)s)
          AND (t.area_code = %(country)s OR k.area_code ^@ t.area_code)
      )
  )
FROM figures_kept k, pg_control_system() c
WHERE k.part = %(values)s AND k.area_code = ANY(%(areas)s)
  OR k.part = %(withheld)s AND k.area_code = ANY(%(around)s)
