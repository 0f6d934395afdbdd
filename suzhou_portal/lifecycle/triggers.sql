-- Whether some record rests on that one: of each table and key, in a state that is not one of `nothing`.
CREATE OR REPLACE FUNCTION portal_settled(resting jsonb, record bigint) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  told jsonb;
  found_one boolean;
BEGIN
  FOR told IN SELECT jsonb_array_elements(resting) LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1 AND NOT $2 ? state)',
      told ->> 'table', told ->> 'key') INTO found_one USING record, told -> 'nothing';
    IF found_one THEN
      RETURN true;
    END IF;
  END LOOP;
  RETURN false;
END
$$;

-- Refuses whatever changes a record with a lifecycle otherwise than its table says: content is corrected
-- in the states that are open, all else by a step, which then stands in history already, written in this
-- very transaction, and changes no column but its own. Personal data may be blanked at any time.
-- Argument: the label, the columns that are noted or computed, those blanked past their use, the open
-- states, the records that may rest on it (`portal_settled`), the columns that only steps fill in, those that
-- follow where what they name is merged into another record, and the steps, by change of state and verb, as
-- JSON.
CREATE OR REPLACE FUNCTION portal_content() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told jsonb := TG_ARGV[0];
  changed text[] := ARRAY(
    SELECT n.key FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o USING (key)
    WHERE n.value IS DISTINCT FROM o.value AND NOT told -> 'noted' ? n.key
      AND NOT (told -> 'masked' ? n.key AND n.value IN ('null', '""')));
  actor bigint := (nullif(current_setting('portal.actor', true), '')::jsonb ->> 'id')::bigint;
  taken record;
  known jsonb;
BEGIN
  IF OLD.state = NEW.state AND (changed = '{}'
    OR told -> 'open_in' ? OLD.state AND NOT told -> 'shut' ?| changed
      AND NOT portal_settled(told -> 'settled_by', OLD.id)) THEN
    RETURN NEW;
  END IF;
  SELECT * INTO taken FROM lifecycle_step WHERE model = told ->> 'model' AND object_id = OLD.id
    AND taken_at = now() ORDER BY id DESC LIMIT 1;
  IF taken.verb = 'undo' AND taken.before = OLD.state AND taken.after = NEW.state THEN
    known := jsonb_build_object('columns', (
      SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_each(told -> 'steps' -> (NEW.state || '>' || OLD.state)) s,
        jsonb_array_elements(s.value -> 'columns') c));
  ELSIF taken.verb = 'merged' AND taken.before = OLD.state AND taken.after = NEW.state THEN
    known := jsonb_build_object('columns', told -> 'merged');
  ELSIF taken.before = OLD.state AND taken.after = NEW.state THEN
    known := told -> 'steps' -> (OLD.state || '>' || NEW.state) -> taken.verb;
  END IF;
  IF known IS NULL AND OLD.state = NEW.state THEN
    RAISE EXCEPTION '内容已经定下，不能再修改，除非办理相应的步骤。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_content', TABLE = TG_TABLE_NAME;
  ELSIF known IS NULL THEN
    RAISE EXCEPTION '状态不能从 % 改为 %，除非办理相应的步骤。', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_lifecycle', TABLE = TG_TABLE_NAME;
  ELSIF NOT known -> 'columns' @> to_jsonb(changed) THEN
    RAISE EXCEPTION '办理这一步时不能同时修改内容。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_content', TABLE = TG_TABLE_NAME;
  END IF;
  IF known -> 'by_another' = 'true' AND (actor = OLD.entered_by_id OR EXISTS (
    SELECT FROM lifecycle_author
    WHERE model = taken.model AND object_id = OLD.id AND "user" = actor)) THEN
    RAISE EXCEPTION '这一步须由没有填写过这条记录的人办理。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_by_another', TABLE = TG_TABLE_NAME;
  END IF;
  IF EXISTS (SELECT FROM lifecycle_step WHERE model = taken.model AND object_id = OLD.id
    AND known -> 'not_by' ? verb AND by_id = actor) THEN
    RAISE EXCEPTION '这一步须由没有办理过前面步骤的人办理。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_not_by', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

-- Whether a row may go all the same: with a demonstration that is cleared (what is not marked goes with what
-- is), or where the owner of its table says so, as for pruned history.
CREATE OR REPLACE FUNCTION portal_cleared(is_demo boolean, place oid) RETURNS boolean LANGUAGE sql AS $$
  SELECT coalesce(is_demo, true) AND current_setting('portal.clearing', true) = 'on'
    OR current_setting('portal.retention', true) = 'on'
      AND (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = place)
$$;

-- Refuses to delete what stands in a state that is not open, but for a demonstration that is cleared.
-- Arguments: the states that are open.
CREATE OR REPLACE FUNCTION portal_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = ANY (TG_ARGV) OR portal_cleared(OLD.is_demo, TG_RELID) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '已经办理的记录不能删除。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_decided', TABLE = TG_TABLE_NAME;
END
$$;

-- Refuses to write what stands with a record while that one is in none of some states; it waits for a
-- step just being taken. Argument: the table above, the column with its key, the states, the columns that
-- may change later, and the label with the steps that write it too, as JSON.
CREATE OR REPLACE FUNCTION portal_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  told jsonb := TG_ARGV[0];
  written jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  left_out text[] := ARRAY(SELECT jsonb_array_elements_text(told -> 'left'));
  stands text;
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - left_out = to_jsonb(NEW) - left_out THEN
    RETURN NEW;
  ELSIF TG_OP = 'DELETE' AND portal_cleared((written ->> 'is_demo')::boolean, TG_RELID) THEN
    RETURN OLD;
  END IF;
  EXECUTE format('SELECT state FROM %I WHERE id = $1 FOR SHARE', told ->> 'above')
    INTO stands USING (written ->> (told ->> 'key'))::bigint;
  -- Gone is what a record takes with it.
  IF stands IS NULL OR told -> 'states' ? stands OR EXISTS (
    SELECT FROM lifecycle_step WHERE model = told ->> 'model' AND taken_at = now()
      AND object_id = (written ->> (told ->> 'key'))::bigint AND told -> 'verbs' ? verb) THEN
    RETURN coalesce(NEW, OLD);
  END IF;
  RAISE EXCEPTION '上一级记录现在的状态下不能增加、修改或删除这一条。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_part', TABLE = TG_TABLE_NAME;
END
$$;

-- Steps are only added. Of a demonstration they go with it; of pruned history, the owner may say so; and
-- of an account that is gone, only its name stays.
CREATE OR REPLACE FUNCTION portal_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.by_id IS NULL AND to_jsonb(OLD) - 'by_id' = to_jsonb(NEW) - 'by_id' THEN
      RETURN NEW;
    END IF;
  ELSIF portal_cleared(OLD.is_demo, TG_RELID) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '办理记录不能修改或删除。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_step_kept', TABLE = TG_TABLE_NAME;
END
$$;
