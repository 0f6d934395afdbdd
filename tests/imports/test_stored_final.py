"""Records that their state holds are spelt anew all the same, in a database as an upgrade finds it."""

from django.db import connections

from suzhou_portal.imports.stored import clean_stored
from tests.factories.cobuilding import CoBuildingAgreementFactory


def test_rules_sleep_while_a_spelling_is_mended_and_wake_again(committed):
    agreement = CoBuildingAgreementFactory(state="signed", unit="某单位")
    owner = connections["owner"]
    table = owner.ops.quote_name(agreement._meta.db_table)
    with owner.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET unit = %s", ["某 单 位"])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert clean_stored(owner) == []
    agreement.refresh_from_db()
    assert agreement.unit == "某单位"
    with owner.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'")
        assert cursor.fetchone() == (0,)
