"""What streets print of organizations: the certificate of a filing."""

from organizations.models import Filing
from suzhou_portal.areas.codes import Level
from suzhou_portal.records.printed import Printed, in_states, printed


def _street(filing: Filing) -> str:
    area = filing.area
    return str(area.name if area.level == Level.STREET else area.parent.name)


printed.add(Printed(
    name="filing-certificate", title="社区社会组织备案证", model=Filing,
    says={
        "name": "name", "number": "number", "place": "area", "field": "field",
        "activities": "activities", "contact": "contact", "filed_on": "filed_on",
        "changed_on": "changed_on",
    },
    remark=in_states(filed="", cancelled="备案已注销", registered="已转为登记，备案已终止"),
    action="reveal", unit=_street, dated="updated_at",
))  # fmt: skip
