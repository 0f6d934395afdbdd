-- What is kept of some areas, and which sources were written since: a mark counts that the row's
-- snapshot does not see. Marks are found where the row stands, and for rows that all of a country or
-- a province counts for by source, so that what is written elsewhere is never walked through.
-- Each row says too whether the lock is held now and whether this session may only read: one row is
-- there where nothing is kept.
SELECT here.alone, here.reads_only, k.area_code, k.part, k.figures, k.version, k.computed_at,
  k.as_of = %(as_of)s AND k.definitions = %(definitions)s AND k.cluster = c.system_identifier,
  pg_snapshot_xmax(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(k.snapshot)::text::bigint,
  ARRAY(
    SELECT t.source FROM audit_touched t
    WHERE k.part = %(values)s AND k.area_code <> %(country)s
      AND t.area_code >= k.area_code AND t.area_code < k.area_code || ':' -- follows the digits
      AND t.transaction >= pg_snapshot_xmin(k.snapshot)
      AND NOT pg_visible_in_snapshot(t.transaction, k.snapshot)
    UNION
    SELECT t.source FROM audit_touched t
    WHERE t.area_code IN ('', %(country)s, left(k.area_code, 2), left(k.area_code, 4),
        left(k.area_code, 6), left(k.area_code, 9), left(k.area_code, 12))
      AND (t.area_code = '' OR t.source = ANY(%(inherited)s))
      AND t.transaction >= pg_snapshot_xmin(k.snapshot)
      AND NOT pg_visible_in_snapshot(t.transaction, k.snapshot)
    UNION
    SELECT s.source
    FROM unnest(CASE k.part WHEN %(withheld)s THEN %(of_means)s::text[] ELSE %(sources)s END) s (source)
    CROSS JOIN LATERAL (
      SELECT FROM audit_touched t
      WHERE t.source = s.source AND t.transaction >= pg_snapshot_xmin(k.snapshot)
        AND NOT pg_visible_in_snapshot(t.transaction, k.snapshot)
        AND (k.area_code = %(country)s OR t.area_code ^@ k.area_code)
      ORDER BY t.transaction DESC LIMIT 1 -- by the index: else each source reads all marks
    ) written
    WHERE k.part = %(withheld)s OR k.area_code = %(country)s
  )
FROM (
  SELECT pg_try_advisory_xact_lock(hashtextextended(%(lock)s, 0)) AS alone, -- of NULL nothing is tried
    current_setting('transaction_read_only') = 'on' AS reads_only
) here
CROSS JOIN pg_control_system() c
LEFT JOIN figures_kept k
  ON k.part = %(values)s AND k.area_code = ANY(%(areas)s)
  OR k.part = %(withheld)s AND k.area_code = ANY(%(around)s)
