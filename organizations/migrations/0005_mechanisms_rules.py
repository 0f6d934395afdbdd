from django.db import migrations

# What was paid before payments were rows is one payment, on the day it was last noted.
PAID_BEFORE = """
INSERT INTO organizations_payment
  (project_id, area_id, amount, paid_on, note, is_demo, created_at, updated_at)
SELECT id, area_id, paid_amount, greatest(signed_on, updated_at::date), '启用付款明细以前的付款',
  is_demo, now(), now()
FROM organizations_purchasedproject WHERE paid_amount > 0;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

# Payments of a project are written one after the other: each holds the project first, so that the
# sum that follows is of all of them, and the project's own check keeps it within the contract.
PAYMENTS = """
CREATE FUNCTION portal_payment_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  signed date;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM 1 FROM organizations_purchasedproject WHERE id = OLD.project_id FOR NO KEY UPDATE;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  SELECT signed_on INTO signed FROM organizations_purchasedproject
    WHERE id = NEW.project_id FOR NO KEY UPDATE;
  IF signed IS NULL OR NEW.paid_on < signed THEN
    RAISE EXCEPTION '付款日期不能早于签约日期。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_payment', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION portal_payment_summed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organizations_purchasedproject p SET paid_amount = (
    SELECT coalesce(sum(amount), 0) FROM organizations_payment WHERE project_id = p.id
  ) WHERE id IN (OLD.project_id, NEW.project_id);
  RETURN NULL;
END
$$;

CREATE FUNCTION portal_paid_is_the_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.paid_amount <> (
    SELECT coalesce(sum(amount), 0) FROM organizations_payment WHERE project_id = NEW.id
  ) THEN
    RAISE EXCEPTION '已付金额由付款记录算出，不能直接改。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_paid_is_the_sum',
        TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER portal_payment_held BEFORE INSERT OR UPDATE OR DELETE ON organizations_payment
  FOR EACH ROW EXECUTE FUNCTION portal_payment_held();
CREATE TRIGGER portal_payment_summed AFTER INSERT OR UPDATE OR DELETE ON organizations_payment
  FOR EACH ROW EXECUTE FUNCTION portal_payment_summed();
CREATE TRIGGER portal_paid_is_the_sum BEFORE INSERT OR UPDATE ON organizations_purchasedproject
  FOR EACH ROW EXECUTE FUNCTION portal_paid_is_the_sum();
"""
NO_PAYMENTS = """
DROP TRIGGER portal_payment_held ON organizations_payment;
DROP TRIGGER portal_payment_summed ON organizations_payment;
DROP TRIGGER portal_paid_is_the_sum ON organizations_purchasedproject;
DROP FUNCTION portal_payment_held();
DROP FUNCTION portal_payment_summed();
DROP FUNCTION portal_paid_is_the_sum();
"""

# An incubation service is given while the organization is in the centre. Both sides hold the
# organization's row, so that nobody leaves before the day of a service being entered.
DELIVERIES = """
CREATE FUNCTION portal_delivery_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  inside record;
BEGIN
  SELECT admitted_on, left_on INTO inside FROM organizations_incubatee
    WHERE id = NEW.incubatee_id FOR NO KEY UPDATE;
  IF inside.admitted_on IS NULL OR NEW.delivered_on < inside.admitted_on
    OR NEW.delivered_on > inside.left_on
  THEN
    RAISE EXCEPTION '服务日期应在入驻之后、出壳或退出之前。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_delivery_within',
        TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION portal_left_after_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM organizations_incubationdelivery WHERE incubatee_id = NEW.id
      AND (NEW.admitted_on IS NULL OR delivered_on < NEW.admitted_on OR delivered_on > NEW.left_on)
  ) THEN
    RAISE EXCEPTION '这一天以后还有孵化服务记录，请核对日期。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_left_after_deliveries',
        TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER portal_delivery_within BEFORE INSERT OR UPDATE ON organizations_incubationdelivery
  FOR EACH ROW EXECUTE FUNCTION portal_delivery_within();
CREATE TRIGGER portal_left_after_deliveries BEFORE UPDATE ON organizations_incubatee
  FOR EACH ROW WHEN (
    (OLD.admitted_on, OLD.left_on) IS DISTINCT FROM (NEW.admitted_on, NEW.left_on)
  ) EXECUTE FUNCTION portal_left_after_deliveries();
"""
NO_DELIVERIES = """
DROP TRIGGER portal_delivery_within ON organizations_incubationdelivery;
DROP TRIGGER portal_left_after_deliveries ON organizations_incubatee;
DROP FUNCTION portal_delivery_within();
DROP FUNCTION portal_left_after_deliveries();
"""

# Provider and evaluator repeated in a visit are its evaluation's own (ADR 3).
VISITS = """
ALTER TABLE organizations_supervisionvisit ADD CONSTRAINT visit_parties_are_the_evaluations
FOREIGN KEY (evaluation_id, provider_id, evaluator_id)
REFERENCES organizations_evaluation (id, provider_id, evaluator_id)
ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    """What no check constraint reaches is held by the database."""

    dependencies = [("organizations", "0004_mechanisms")]

    operations = [
        migrations.RunSQL(PAID_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(PAYMENTS, NO_PAYMENTS),
        migrations.RunSQL(DELIVERIES, NO_DELIVERIES),
        migrations.RunSQL(
            VISITS,
            "ALTER TABLE organizations_supervisionvisit"
            " DROP CONSTRAINT visit_parties_are_the_evaluations",
        ),
    ]
