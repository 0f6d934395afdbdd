"""找错: what a visitor or a colleague found wrong on a page, for whoever keeps that page."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from suzhou_portal.areas.rules import check, in_order
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import PastDay, Phone, Prose
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.linkage.enums.faults import PAGE_FAULT

LONGEST_ADDRESS = 500


class PageFault(Staged):
    """What somebody found wrong on a page of the portal; it stands in the division that the page is about.

    The contact is there for a question about it, with the consent of whoever gave it.
    """

    lifecycle = PAGE_FAULT

    page = models.CharField("网页地址", max_length=LONGEST_ADDRESS)
    what = Prose("哪里有错", max_length=500)
    contact = Phone("联系电话", max_length=20, blank=True)
    agreed = models.BooleanField("同意就这件事与我联系", default=False)
    reported_on = PastDay("提出日期", default=timezone.localdate)
    answer = Prose("怎样改正的", max_length=500, blank=True)
    closed_on = PastDay("处理日期", null=True, blank=True, editable=False)
    sent = models.UUIDField("提交编号", unique=True, default=uuid.uuid4, editable=False)

    called = "page"
    masked: ClassVar = {"contact": Mask.PHONE}
    contact_columns = ("contact",)
    used_until = "closed_on"

    class Meta:
        verbose_name = verbose_name_plural = "网页纠错"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            check("page_fault_here", Q(page__startswith="/"), "请填写本站网页的地址。", at="page"),
            check(
                "page_fault_contact_agreed",
                Q(contact="") | Q(agreed=True),
                "填写电话的，请勾选同意与您联系；不想留电话的，请清空。",
                at="agreed",
            ),
            check(
                "page_fault_closed",
                Q(state=PAGE_FAULT.start, closed_on__isnull=True)
                | Q(state="rejected", closed_on__isnull=False)
                | Q(state="handled", closed_on__isnull=False) & ~Q(answer=""),
                "处理须有日期，改正的须写明怎样改正。",
            ),
            in_order("page_fault_days", "reported_on", "closed_on", "处理日期不能早于提出日期。"),
        ]
