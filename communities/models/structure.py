"""M6 一核多元: the bodies that govern a community, the party committee at their core."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from communities.enums.committees import HEADS
from communities.enums.structure import CORE, SINGLE, TERMS, BodyKind
from communities.models.cobuilding import CoBuildingAgreement
from communities.models.committees import CommitteeMember, CommitteeTerm
from communities.models.people import Person, refuse_gone
from communities.models.red_property import PropertyCompany, ServedCompound
from suzhou_portal import formats
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_order, one_at_a_time, placed, unique
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import Name, PastDay, PersonName
from suzhou_portal.figures.dates import site_date


class GoverningBodyQuerySet(AreaRecordQuerySet):
    def at_work(self, day: datetime.date):
        """Bodies founded by that day and not ended, of which what they are on record as goes on too: a
        committee's term, a company's service here, an agreement with the unit.

        Each with `term_head`: who heads the committee whose term runs on that day.
        """
        here = {"area": OuterRef("area")}
        kind = Case(*[When(kind=body, then=Value(str(term))) for body, term in TERMS.items()])
        terms = CommitteeTerm.objects.filter(kind=OuterRef("term_kind"), **here)
        served = ServedCompound.objects.open_on(day).filter(
            area__code__startswith=OuterRef("area"), company=OuterRef("company")
        )
        agreed = CoBuildingAgreement.objects.in_force(day).filter(
            unit=OuterRef("agreement__unit"), **here
        )
        heads = CommitteeMember.objects.serving(day).filter(
            position__in=HEADS, term__kind=OuterRef("term_kind"), **here
        )
        bodies = self.open_on(day, "founded_on", "ended_on").annotate(
            term_kind=kind, term_head=Subquery(heads.values("person__name")[:1])
        )
        return bodies.filter(
            ~Exists(terms) | Exists(terms.in_force(day)),
            Q(company=None) | Exists(served),
            Q(agreement=None) | Exists(agreed),
        )

    def core(self):
        """The party committees."""
        return self.filter(kind=CORE)

    def without_core(self, day: datetime.date):
        """Bodies at work in a community that has no party committee on that day."""
        core = GoverningBody.objects.core().at_work(day).filter(area=OuterRef("area"))
        return self.at_work(day).exclude(Exists(core))


class GoverningBody(AreaRecord):
    """A body that takes part in governing a community.

    A committee goes on while a term of it does, where terms are on record, and is headed by whoever heads
    it then. A property company and a partner refer to their records and go on while those do. Another
    body's head is a person on record, or just a name where the person is none of ours. Heads of the
    party, residents' and supervision committees hold public office and are named in full to anybody; the
    name of any other head is masked.
    """

    kind = models.CharField("类别", max_length=20, choices=BodyKind.choices)
    company = refers_to(
        PropertyCompany, "物业企业", "bodies", optional=True, help_text="类别为物业服务企业的选。"
    )
    agreement = refers_to(
        CoBuildingAgreement, "共建协议", "bodies", optional=True, help_text="类别为共建单位的选。"
    )
    name = Name("名称", max_length=60, blank=True, help_text="选了物业企业或共建协议的可留空。")
    head = refers_to(
        Person, "负责人", "headed_bodies", optional=True, help_text="已登记的人员从这里选。"
    )
    head_name = PersonName(
        "负责人姓名", max_length=30, blank=True, help_text="没有登记为人员的，在这里写姓名。"
    )
    founded_on = PastDay("成立（加入）日期")
    ended_on = PastDay("终止（退出）日期", null=True, blank=True)

    objects: ClassVar = GoverningBodyQuerySet.as_manager()
    masked: ClassVar = {"head_name": Mask.NAME}
    contact_columns = ("head_name",)
    used_until = "ended_on"

    class Meta:
        verbose_name = verbose_name_plural = "治理主体"
        ordering = ["area_id", "kind", "pk"]
        constraints = [
            in_order("body_dates", "founded_on", "ended_on", "终止日期不能早于成立日期。"),
            placed("body_stands_at_community", "治理主体属于社区：请选择社区。", Level.COMMUNITY),
            check(
                "body_one_head",
                Q(head__isnull=True) | Q(head_name=""),
                "负责人从人员中选，或者写姓名，只填一处。",
            ),
            check(
                "body_company",
                Q(company=None) | Q(kind=BodyKind.PROPERTY),
                "类别为物业服务企业的才选物业企业。",
                at="company",
            ),
            check(
                "body_agreement",
                Q(agreement=None) | Q(kind=BodyKind.PARTNER),
                "类别为共建单位的才选共建协议。",
                at="agreement",
            ),
            check("body_named", ~Q(name=""), "请填写名称，或选物业企业、共建协议。", at="name"),
            unique(
                "body_once",
                "该社区已登记这一主体。",
                "area",
                "kind",
                "name",
                condition=Q(ended_on__isnull=True),
            ),
            *[
                one_at_a_time(
                    f"body_one_{kind.value}",
                    "founded_on",
                    "ended_on",
                    Q(kind=kind.value),
                    f"该社区同一时间只能有一个{kind.label}，请先填原有的终止日期。",
                )
                for kind in SINGLE
            ],
        ]

    def clean(self):
        """What it refers to is here, and gives it its name."""
        super().clean()
        here = self.area_id
        if here and self.company and not self.company.compounds.within(here).exists():
            raise ValidationError({"company": "这家企业在本社区没有服务的小区，请先登记物业小区。"})
        if here and self.agreement and self.agreement.area_id != here:
            raise ValidationError({"agreement": "这份协议不是本社区签订的。"})
        refuse_gone(self, "head", self.ended_on or site_date())
        self._take_name()

    def refusals(self, name, found):
        """Whoever has left heads nothing."""
        gone = (
            Person.objects.why_gone(found, self.ended_on or site_date()) if name == "head" else {}
        )
        return super().refusals(name, found) | gone

    def save(self, *args, **kwargs):
        """Named as what it refers to, unless said otherwise."""
        self._take_name()
        super().save(*args, **kwargs)

    def _take_name(self) -> None:
        if not self.name and self.company:
            self.name = self.company.name
        elif not self.name and self.agreement:
            self.name = self.agreement.unit

    @property
    def is_core(self) -> bool:
        """Whether it is the core the others stand round."""
        return self.kind == CORE

    @property
    def public_head(self) -> str:
        """Its head, as anybody may read the name."""
        name = self.head.name if self.head else self.head_name
        name = getattr(self, "term_head", None) or name
        return name if self.kind in SINGLE else formats.masked_name(name)
