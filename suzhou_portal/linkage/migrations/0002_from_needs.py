from django.db import migrations

STATES = {
    "found": "submitted", "in_hand": "in_service", "handled": "done", "closed": "closed",
    "declined": "rejected",
}  # fmt: skip
BECAME = "CASE {} " + " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in STATES.items()) + " END"

# A request keeps the key of the need that it was, so that its history, files and authors follow by name.
MOVED = f"""
INSERT INTO linkage_servicerequest (
  id, area_id, is_demo, created_at, updated_at, entered_by_id, state, channel, kind, content, wished_at,
  name, phone, address, on_behalf, agreed, asked_on, visit_id, team_id, handler, result, done_on,
  follow_up, closed_on, not_done, comment, code, sent)
SELECT id, area_id, is_demo, created_at, updated_at, entered_by_id, {BECAME.format("state")},
  CASE WHEN visit_id IS NULL THEN 'walk_in' ELSE 'visit' END, kind, content, '',
  resident_name, phone, address, 'self', false, found_on, visit_id, team_id, handler, result, handled_on,
  CASE state WHEN 'closed' THEN '居民回访满意。' ELSE '' END,
  CASE state WHEN 'declined' THEN coalesce((
    SELECT max(taken_on) FROM lifecycle_step
    WHERE model = 'volunteers.residentneed' AND object_id = n.id), found_on) ELSE closed_on END,
  false, '',
  upper(translate(left(replace(gen_random_uuid()::text, '-', ''), 12)
    || right(gen_random_uuid()::text, 4), '01', 'XY')),
  gen_random_uuid()
FROM volunteers_residentneed n;
SELECT setval(pg_get_serial_sequence('linkage_servicerequest', 'id'),
  greatest((SELECT max(id) FROM linkage_servicerequest), 1));
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE lifecycle_step DISABLE TRIGGER USER;
UPDATE lifecycle_step SET model = 'linkage.servicerequest',
  before = {BECAME.format("before")}, after = {BECAME.format("after")}
WHERE model = 'volunteers.residentneed';
ALTER TABLE lifecycle_step ENABLE TRIGGER USER;
UPDATE lifecycle_author SET model = 'linkage.servicerequest' WHERE model = 'volunteers.residentneed';
UPDATE lifecycle_amendment SET model = 'linkage.servicerequest' WHERE model = 'volunteers.residentneed';
UPDATE files_attachment SET model = 'linkage.servicerequest' WHERE model = 'volunteers.residentneed';
"""


class Migration(migrations.Migration):
    """What residents need, as visits found it, is requests from now on, with history and files."""

    dependencies = [
        ("linkage", "0001_requests"),
        ("lifecycle", "0004_former_triggers"),
        ("files", "__first__"),
    ]

    operations = [migrations.RunSQL(MOVED, migrations.RunSQL.noop)]
