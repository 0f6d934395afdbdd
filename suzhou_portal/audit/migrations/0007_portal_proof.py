"""A row that is written to prove that the database takes writes; no trail, and no mark, tells of it."""

from django.db import migrations

# The commit need not reach the disk: what is proved is that it would be taken.
FORWARDS = """
CREATE TABLE portal_proof (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO portal_proof DEFAULT VALUES;
CREATE FUNCTION portal_proved() RETURNS boolean LANGUAGE sql AS $$
    UPDATE portal_proof SET at = clock_timestamp()
    WHERE set_config('synchronous_commit', 'off', true) = 'off' RETURNING true
$$;
"""
BACKWARDS = "DROP FUNCTION portal_proved(); DROP TABLE portal_proof;"


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_entered_by_whom")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
