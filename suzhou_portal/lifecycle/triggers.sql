-- Refuses a change of state that is none of the lifecycle's. Arguments: its changes, as before>after.
CREATE OR REPLACE FUNCTION portal_lifecycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (OLD.state || '>' || NEW.state) = ANY (TG_ARGV) THEN
    RAISE EXCEPTION '状态不能从 % 改为 %。', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_lifecycle', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

-- Refuses a change of what is final. Arguments: the columns that may still change: state, what steps fill
-- in, what anonymising blanks, and what the portal notes.
CREATE OR REPLACE FUNCTION portal_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
    RAISE EXCEPTION '内容已经生效，不能再修改。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_final', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
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
  ELSIF OLD.is_demo AND current_setting('portal.clearing', true) = 'on'
    OR current_setting('portal.retention', true) = 'on'
      AND (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID)
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '办理记录不能修改或删除。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_step_kept', TABLE = TG_TABLE_NAME;
END
$$;
