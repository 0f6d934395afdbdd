"""Asking what was written since costs look-ups, however many marks an import left."""

from django.db import connection, connections

from suzhou_portal.areas import codes
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import reader, refresh, rows
from suzhou_portal.figures.kept.models import Part
from tests.factories.areas import COMMUNITY, AreaFactory

MARKS = """
INSERT INTO audit_touched (source, area_code, transaction)
SELECT
  (ARRAY['organizations_socialorganization', 'volunteers_volunteerteam'])[1 + n % 2],
  '62090200' || n, (3 + n * 7919 % 400)::text::xid8
FROM generate_series(1000, 30000) n
"""


def test_no_mark_is_walked_through_to_find_what_was_written(committed):
    AreaFactory(code=COMMUNITY)
    reader.read(refresh.figures_of(Part.VALUES), [codes.COUNTRY], [], site_date())
    plans = []

    def explained(execute, sql, params, many, context):
        execute("EXPLAIN " + sql, params, many, context)
        plans.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    with connections["owner"].cursor() as cursor:
        cursor.execute(MARKS)
        cursor.execute("ANALYZE audit_touched")
    with connection.execute_wrapper(explained):
        rows.look([(codes.COUNTRY, Part.VALUES)], site_date())
    [plan] = plans
    assert "touched_by_source" in plan
    assert "Seq Scan on audit_touched" not in plan
