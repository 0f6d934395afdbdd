-- The snapshot is the transaction's: taken before the values were computed, by which they are true.
INSERT INTO figures_kept AS k (area_code, part, as_of, definitions, cluster, figures, snapshot,
  version, computed_at)
SELECT r.area_code, r.part, %(as_of)s, %(definitions)s, c.system_identifier, r.figures,
  pg_current_snapshot(), pg_current_xact_id()::text::bigint, clock_timestamp()
FROM unnest(%(areas)s::text[], %(parts)s::text[], %(figures)s::jsonb[])
  AS r (area_code, part, figures), pg_control_system() c
ORDER BY r.area_code, r.part
ON CONFLICT (area_code, part) DO UPDATE SET
  as_of = excluded.as_of, definitions = excluded.definitions, cluster = excluded.cluster,
  figures = excluded.figures, snapshot = excluded.snapshot, computed_at = excluded.computed_at,
  version = CASE
    WHEN k.figures = excluded.figures AND k.as_of = excluded.as_of THEN k.version
    ELSE excluded.version END
