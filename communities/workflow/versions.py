"""What steps of written rules and emergency plans check and change besides."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.models import EmergencyContact, EmergencyPlan, RuleVersion
from communities.models.rules import Versioned
from suzhou_portal.files.models import Attachment
from suzhou_portal.lifecycle.moves import after, before, take

CARRIED_OVER = ("area", "kind", "level", "assembly_place", "shelter", "measures", "is_demo")


@before(RuleVersion, "publish")
def publish_a_text(rules: RuleVersion, by: Any, on: datetime.date) -> None:
    """Refuse rules with neither text nor file."""
    if not rules.text and not Attachment.objects.of(rules).exists():
        raise ValidationError("公示前须填写正文，或上传制度文件。")


@before(RuleVersion, "enforce")
@before(EmergencyPlan, "approve")
def repeal_former_version(version: Versioned, by: Any, on: datetime.date) -> None:
    """Repeal what applied before, by the same person: the one follows from the other."""
    applying = [str(source) for source in version.lifecycle.move("repeal").sources]
    for former in version.versions().exclude(pk=version.pk).in_state(*applying):
        take(former, "repeal", by=by, on=on, note=f"由第{version.number}版取代。")


@after(EmergencyPlan, "revise")
def draft_new_version(plan: EmergencyPlan, by: Any, on: datetime.date) -> None:
    """Draft the next version with the same text and contacts; refuse while there is a draft."""
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
