"""Every address of the portal, by its name, and the path to it in the world of these tests."""

from django.contrib import admin
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from charity.models import CharityProject, CharityResource
from communities.models import (
    Course,
    ExamSeason,
    PayPeriod,
    Person,
    PlannedSession,
)
from organizations.models import Evaluation, ServiceItem, SocialOrganization
from suzhou_portal.areas.models import Area
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.open_data import identifier
from suzhou_portal.records.kinds import kinds
from suzhou_portal.reporting.models import Return
from suzhou_portal.reports.models import ReturnForm
from tests.accounts.expected import DESK_PAGES, rule_of
from volunteers.models import Activity, Emergency, ServiceCertificate, TeamTraining

# What nobody signed in has to do with, and what has no record in its address.
ARGUMENTS = {
    "name": "charity",
    "key": "organizations",
    "column": "phone",
    "app_label": "communities",
    "url": "no/such/page",
    "content_type_id": "1",
    "verb": "finish",
    "document": "service-certificate",
    "file": 1,
    "draft": "00000000-0000-4000-8000-000000000000",
    "kind": "person",
    "older": 1,
    "later": 1,
    "period": "2022-Q1",
    "ending": "xlsx",
    "service_code": "elderly",
    "number": 1,
}
# The desks whose pages are walked; tests/desks walks them all.
SHEET_OF = {
    "course_attendance": Course, "course_results": Course, "exam_passes": ExamSeason,
    "payroll_of": PayPeriod, "activity_check_in": Activity, "desk_printed": ServiceCertificate,
    "charity_trace": CharityResource, "charity_project": CharityProject, "pay_check_of": PayPeriod,
    "score_sheet": Evaluation, "mobilization": Emergency, "filled_form": ReturnForm,
    "organization": SocialOrganization, "session_course": PlannedSession,
    "training_turnout": TeamTraining,
    "request": ServiceRequest, "request_suggestions": ServiceRequest, "request_receipt": ServiceRequest,
    "merged_records": Person,
    "return": Return, "snapshot": Return, "poster": Activity,
}  # fmt: skip
OTHERWISE = {
    "desk_printed": {"name": "service-certificates", "ending": "pdf"},
    "one_list": {"name": "requests"}, "poster": {"name": "activities"}, "saved_view": {"pk": 1},
    "desk_together": {"name": "reviews", "verb": "confirm"},
}  # fmt: skip
DESK, REGISTER = kinds.desk("grid-events"), kinds.desk("grid-posts")


def walk(patterns, space=""):
    """The name and pattern of every address, through all namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner)
        else:
            yield space + (pattern.name or _described(pattern)), pattern.pattern


def _described(pattern):
    return "short form" if "object_id" in pattern.pattern.converters else "without a name"


ADDRESSES = list(walk(get_resolver().url_patterns))
PATTERNS = dict(ADDRESSES)
# Of the pages that the admin has for every kind of record, made by the same code, those of one kind.
OF_EACH_PAGE = list({rule_of(name)[1].get("page") or name: name for name in PATTERNS}.values())
# The two kinds of address that Django gives no name.
NAMED = {
    "admin:short form": "/admin/areas/area/{object_id}/",
    "admin:without a name": "/admin/{url}",
}


def path_to(name, object_id):
    """The address, about a record where it is about one."""
    model = model_of(name)
    given = ARGUMENTS | {
        "object_id": object_id.get(model), "pk": object_id[ServiceItem],
        "code": object_id[Area],
    }  # fmt: skip
    given["column"] = next(iter(getattr(model, "masked", {})), "phone")
    if name in DESK_PAGES:
        given |= {"name": DESK.name, "pk": object_id[DESK.model]}
    if name in SHEET_OF:
        given |= {"pk": object_id[SHEET_OF[name]]}
    if name.startswith("open311_"):
        given |= {"pk": object_id[ServiceRequest], "ending": "json"}
    given |= OTHERWISE.get(name, {})
    if name.startswith("import_"):
        given |= {"name": "resources"}
    if name.startswith("public"):
        given |= {"name": REGISTER.name, "pk": object_id[REGISTER.model]}
    if name in NAMED:
        return NAMED[name].format(**given)
    pattern = PATTERNS[name]
    if name.endswith(("_service", "_organization")):
        kind = name.rpartition("_")[2]
        model = {"service": ServiceItem, "organization": SocialOrganization}[kind]
        given |= {"found": identifier(kind, object_id[model])}
    wanted = [*pattern.converters, *getattr(getattr(pattern, "regex", None), "groupindex", ())]
    return reverse(name, kwargs={key: given[key] for key in wanted})


def model_of(name):
    """The kind of record that an address of the admin is about; divisions where it is about none."""
    wanted = rule_of(name)[1].get("model")
    for model in admin.site._registry:
        if f"{model._meta.app_label}_{model._meta.model_name}" == wanted:
            return model
    return Area
