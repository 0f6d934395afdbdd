"""How residents and visitors narrow the lists of services and organizations."""

import django_filters
from django.conf import settings

from organizations.enums.base import Fee, OrganizationKind, ServiceCategory
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.areas.filters import AreaFilterSet, FilterForm, choice_filter, keyword_filter


class ServiceFilter(AreaFilterSet):
    """Services: what covers the chosen community, closest first."""

    q = keyword_filter("如：助餐、理疗、托管")
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

    def filter_keyword(self, queryset, name, value):
        return queryset.matching(value, self.form.cleaned_data["area"] or settings.PORTAL_AREA)


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
