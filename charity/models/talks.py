"""M25: what was said between the first contact with a foundation and the end of what was agreed."""

from typing import ClassVar

from charity.enums.tracing import PARTNERSHIP
from charity.models.records import Partnership
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone, Prose
from suzhou_portal.formats import date


class PartnershipTalk(AreaRecord):
    """A talk with the foundation of a partnership: the day, with whom, and what was said."""

    stands_with = "partnership"
    written_while = PARTNERSHIP.open

    partnership = refers_to(Partnership, "基金会合作", "talks")
    talked_on = PastDay("对接日期")
    counterpart = PersonName("对方联系人", max_length=30)
    position = Line("对方职务", max_length=40, blank=True)
    phone = Phone("联系电话", max_length=20, blank=True)
    said = Prose("谈了什么", max_length=1000)

    masked: ClassVar = {"counterpart": Mask.NAME, "phone": Mask.PHONE}
    contact_columns = ("counterpart", "phone")
    used_until = "partnership__ended_on"
    named_with: ClassVar = ("partnership",)

    class Meta:
        verbose_name = verbose_name_plural = "对接记录"
        ordering = ["partnership_id", "-talked_on", "-pk"]

    def __str__(self):
        return f"{self.partnership}：{date(self.talked_on)}对接"
