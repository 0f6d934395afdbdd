"""What else happens when written rules and emergency plans move: a new version repeals the former."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import EmergencyContact, EmergencyPlan, RuleVersion
from communities.models.versions import Versioned
from suzhou_portal.files.models import Attachment
from suzhou_portal.lifecycle.moves import after, before, take

CARRIED_OVER = (
    "area",
    "kind",
    "level",
    "assembly_place",
    "shelter",
    "measures",
    "is_demo",
)


@before(RuleVersion, "publish")
def _has_a_text(rules: RuleVersion, by: Any, on: datetime.date) -> None:
    if not rules.text and not Attachment.objects.of(rules).exists():
        raise ValidationError("公示前须填写正文，或上传制度文件。")


@before(RuleVersion, "rewrite")
def _no_longer_public(rules: RuleVersion, by: Any, on: datetime.date) -> None:
    rules.published_on = rules.adopted_on = None


@before(RuleVersion, "enforce")
def _repeals_the_rules_before(rules: RuleVersion, by: Any, on: datetime.date) -> None:
    _repeal_former(rules, by, on)


@before(EmergencyPlan, "approve")
def _repeals_the_plan_before(plan: EmergencyPlan, by: Any, on: datetime.date) -> None:
    plan.assessed_on = on
    _repeal_former(plan, by, on)


@after(EmergencyPlan, "revise")
def _begins_a_new_version(plan: EmergencyPlan, by: Any, on: datetime.date) -> None:
    if plan.versions().in_state("drafting", "in_review").exists():
        raise ValidationError("这一预案已有编制中的新版。")
    new = EmergencyPlan(**{name: getattr(plan, name) for name in CARRIED_OVER})
    new.save()
    for contact in plan.contacts.all():
        EmergencyContact(
            plan=new,
            area=new.area,
            duty=contact.duty,
            name=contact.name,
            phone=contact.phone,
            is_demo=new.is_demo,
        ).save()


def _repeal_former(version: Versioned, by: Any, on: datetime.date) -> None:
    """Those of its series in force; by the same person, since the one follows from the other."""
    former = version.versions().exclude(pk=version.pk).filter(state__in=_applying(version))
    for record in former:
        take(record, "repeal", by=by, on=on, note=f"由第{version.number}版取代。")


def _applying(version: Versioned) -> set[str]:
    return {str(source) for source in version.lifecycle.move("repeal").sources}
