"""How residents and visitors narrow the lists of services and organizations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet

from organizations.enums.base import Fee, OrganizationKind, ServiceCategory
from organizations.models import ServiceItem, SocialOrganization
from organizations.models.services import COLUMNS
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, choice_filter, keyword_filter
from suzhou_portal.finding.query import really_wrong
from suzhou_portal.finding.words import Run, forgiving, loosely, understood, vocabulary
from suzhou_portal.search import runs


@dataclass(frozen=True)
class Attempt:
    """A way of looking: the records, and what is said of them where the ways before found nothing."""

    records: QuerySet
    note: str = ""
    exact: bool = False


class ServiceFilter(AreaFilterSet):
    """Services: what covers the chosen community, closest first, or what answers best."""

    q = keyword_filter("如：助餐、理疗、托管", method="filter_by_words")
    category = choice_filter("类别", ServiceCategory)
    fee = choice_filter("收费", Fee)
    sort = django_filters.OrderingFilter(
        label="排序",
        fields={"verified_on": "verified", "name": "name"},
        choices=[("-verified", "最近核实"), ("name", "名称")],
        empty_label="由近及远",
    )

    class Meta:
        model = ServiceItem
        form = FilterForm
        fields = ["q", "area", "category", "fee"]

    def filter_area(self, queryset, name, value):
        """Services inside the division and those of the divisions around it."""
        return queryset.for_resident_of(value)

    def filter_by_words(self, queryset, name, value):
        """As they are: `attempts` looks for the words, in one way after the other."""
        return queryset

    def attempts(self, narrowed: Any) -> Iterator[Attempt]:
        """Ways to look for the keyword, to be tried until one finds something."""
        keyword = self.form.cleaned_data["q"]
        code = self.form.cleaned_data["area"] or settings.PORTAL_AREA
        if not runs(keyword):
            found = narrowed.matching(keyword, code) if keyword else narrowed
            yield Attempt(found, exact=True)
            return
        known = vocabulary(code, COLUMNS.categories)
        asked = understood(keyword, known)
        yield Attempt(self._sorted(narrowed.answering(asked, code)), exact=True)
        if len(code) > codes.LENGTHS[Level.DISTRICT]:
            said = f"这里没有“{keyword}”，下面是附近别处的，请先打电话问清能不能用。"
            yield Attempt(self._sorted(self._in_the_district(asked, code)), said)
        forgiven = forgiving(asked, known)
        near = narrowed.answering(forgiven, code).filter(really_wrong(forgiven, COLUMNS))
        yield Attempt(self._sorted(near), f"没有找到“{keyword}”，下面是写法或读音相近的。")
        terms = [term for run in asked for term in run.terms]
        words = "、".join(f"“{term.word}”" for term in terms)
        said = f"没有同时含{words}的" if len(terms) > 1 else f"没有找到{words}"
        loose = narrowed.answering_loosely(loosely(asked), code)
        yield Attempt(self._sorted(loose), f"{said}，下面是相近的。")

    def _in_the_district(self, asked: list[Run], code: str) -> Any:
        """What answers elsewhere in the district of the chosen division, or in all of a smaller portal."""
        district = max(codes.district_of(code), settings.PORTAL_AREA, key=len)
        wider = type(self)({**self.data, "area": district}, self.queryset, request=self.request)
        return wider.qs.answering(asked, district)

    def _sorted(self, found: Any) -> Any:
        """By what somebody chose to sort by, whatever answers best."""
        return found.if_few() if self.form.cleaned_data["sort"] else found


class OrganizationFilter(AreaFilterSet):
    """Organizations: those standing in the division or serving it."""

    q = keyword_filter("组织名称")
    kind = choice_filter("类型", OrganizationKind)

    class Meta:
        model = SocialOrganization
        form = FilterForm
        fields = ["q", "area", "kind"]

    def filter_area(self, queryset, name, value):
        """The organizations standing in the division or serving it."""
        return queryset.reaching(value)
