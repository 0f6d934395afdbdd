from django.db import migrations

# The same pairing that was accepted twice: the one that began first goes on, each other one ends on the
# day on which it began, so that none is lost and none counts twice.
ENDED = """
UPDATE volunteers_pairinglink later SET ended_on = later.started_on
FROM volunteers_pairinglink first
WHERE later.ended_on IS NULL AND first.ended_on IS NULL
  AND (later.area_id, later.tier, later.party_body) = (first.area_id, first.tier, first.party_body)
  AND (first.started_on, first.id) < (later.started_on, later.id)
"""


class Migration(migrations.Migration):
    """Before a pairing is held to be there once."""

    dependencies = [("volunteers", "0006_explanations")]

    operations = [migrations.RunSQL(ENDED, migrations.RunSQL.noop)]
