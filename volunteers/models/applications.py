"""People who ask to become volunteers, without an account, until their community has confirmed them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, filled_while, in_order, placed
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Line, PastDay, PersonName, Phone
from suzhou_portal.lifecycle.models import Staged
from volunteers.enums.applications import APPLICATION, ApplicationState
from volunteers.models.certificates import in_fours, new_code
from volunteers.models.people import Volunteer


class VolunteerApplication(Staged):
    """What somebody says of themselves who wants to volunteer: name and phone, and that the community may
    keep them. The code, given once, tells them later whether they are, and their number.
    """

    lifecycle = APPLICATION

    name = PersonName("姓名", max_length=30)
    phone = Phone("电话", max_length=20)
    skills = Line("服务特长", max_length=100, blank=True)
    agreed = models.BooleanField("同意社区登记、使用上述信息联系志愿服务")
    applied_on = PastDay("申请日期", default=timezone.localdate, editable=False)
    decided_on = PastDay("办理日期", null=True, editable=False)
    volunteer = refers_to(Volunteer, "登记为", "applications", optional=True, editable=False)
    code = models.CharField("查询码", max_length=16, unique=True, default=new_code, editable=False)

    masked: ClassVar = {"phone": Mask.PHONE, "code": Mask.SECRET}
    contact_columns = ("phone",)
    used_until = "decided_on"

    class Meta:
        verbose_name = verbose_name_plural = "志愿者登记申请"
        ordering = ["area_id", "-pk"]
        constraints = [
            placed("application_at_community", "请选择您所在的社区。", Level.COMMUNITY),
            check("application_agreed", Q(agreed=True), "没有您的同意，不能登记。", at="agreed"),
            in_order("application_dates", "applied_on", "decided_on", "办理不能早于申请日期。"),
            filled_while(
                "application_became_a_volunteer",
                "volunteer",
                "确认登记须列入志愿者名录；此前不填。",
                state=ApplicationState.CONFIRMED,
            ),
        ]

    @property
    def spaced_code(self) -> str:
        """The code in fours, as people note it down."""
        return in_fours(self.code)
