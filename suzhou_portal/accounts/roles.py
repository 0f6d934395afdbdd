"""What each role may do: section 5 of the domain brief as one table.

A permission is named as Django names it, `app.action_model`. The table is code and not rows, so that
what a role may do is reviewed, tested and released like everything else, and cannot drift on a site.
"""

from typing import Any

from django.db import models

from suzhou_portal.areas.codes import Level


class Role(models.TextChoices):
    """The roles of people with an account; residents and the public need none."""

    TEAM = "team", "志愿队伍"
    ORGANIZATION = "organization", "社会组织"
    EVALUATOR = "evaluator", "第三方评估"
    GRID_WORKER = "grid_worker", "网格员"
    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    DISTRICT = "district", "区级"
    HR = "hr", "区级人事"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


# The levels at which a role is held; others are held anywhere.
LEVELS: dict[str, tuple[Level, ...]] = {
    Role.GRID_WORKER: (Level.GRID, Level.COMMUNITY),
    Role.COMMUNITY: (Level.COMMUNITY,),
    Role.STREET: (Level.STREET,),
    **dict.fromkeys(
        (Role.DISTRICT, Role.HR, Role.AUDITOR, Role.ADMINISTRATOR),
        (Level.DISTRICT, Level.CITY, Level.PROVINCE, Level.COUNTRY),
    ),
}
# Roles that see only what is their own, told by a key of `owned_by` on each model.
OWNERS = {Role.TEAM: "team", Role.ORGANIZATION: "organization", Role.EVALUATOR: "evaluator"}

VIEW, KEEP, CHANGE = ("view",), ("view", "add", "change", "delete"), ("view", "change")

_COMMUNITY = (
    "communities.person", "communities.communityprofile", "communities.mechanism",
    "communities.policydocument", "communities.reachreport", "communities.post",
    "communities.certificate", "communities.examregistration", "communities.course",
    "communities.enrolment",
)  # fmt: skip
_STANDARDS = ("communities.recruitmentbatch", "communities.allowancestandard")
_PARTIES = (
    "organizations.socialorganization", "organizations.serviceitem",
    "volunteers.volunteerteam", "volunteers.pairinglink",
    "charity.partnership", "charity.charityresource", "charity.charityproject",
)  # fmt: skip
_PURCHASES = (
    "organizations.purchasedproject", "organizations.evaluation", "organizations.incubationservice",
)  # fmt: skip
_COBUILDING = (
    "communities.cobuildingagreement", "communities.cobuildingneed",
    "communities.cobuildingresource", "communities.cobuildingproject",
)  # fmt: skip
_EVENTS = ("communities.gridevent",)
_GRIDS = ("communities.gridpost", "communities.gridbranch")
_PROPERTY = ("communities.propertycompany", "communities.servedcompound")
_RATINGS = ("communities.propertyrating",)
_MECHANISMS = (*_GRIDS, *_EVENTS, *_PROPERTY)
_TRAINING = ("communities.trainingplan", "communities.plannedsession")
_TRAINED_AT = ("communities.trainingbase", "communities.examseason")
_REVIEWS = ("communities.performancereview",)
_PAY_RULES = ("communities.payscheme", "communities.postrate", "communities.performancerate")
_PAY = ("communities.paymonth", "communities.payperiod", "communities.paycorrection")
# M7: rules and plans are kept in versions, cases and meetings as a file, so few of them are deleted.
_VERSIONS = ("communities.ruleversion", "communities.emergencyplan")
_MEETINGS = ("communities.deliberationmeeting",)
_BELOW_THEM = ("communities.emergencycontact", "communities.meetingtask")
_MEDIATION = ("communities.mediationcase", "communities.mediationsession")
_ENTER = ("view", "add", "change")
_DONORS, _ALLOCATIONS = ("charity.donor",), ("charity.allocation",)
_USES, _DUTIES = ("charity.resourceuse",), ("charity.disclosureduty",)
_PILOTS, _DEVICES = ("communities.smartpilot",), ("communities.smartdevice",)
_PROJECTS, _CRITERIA = ("communities.secretaryproject",), ("communities.criterion",)
_BODIES = ("communities.governingbody",)
_COMMITTEES = ("communities.committeeterm", "communities.committeemember")
_SYSTEM = ("volunteers.systemslot", "charity.foundation")
# M19 to M23: only the district declares an emergency; what residents said is kept as a file.
_VOLUNTEERS_EMERGENCY = ("volunteers.emergency",)
_VOLUNTEERS_FILES = ("volunteers.muster", "volunteers.mustertask", "volunteers.residentneed")
_VOLUNTEERS_KEPT = (
    "volunteers.checkin", "volunteers.doorvisit", "volunteers.cadreday", "volunteers.cadrefinding",
    "volunteers.teamtraining", "volunteers.trainingattendance",
)  # fmt: skip
# What a unit reports, the office above reviews; what was reported is only looked at.
_RETURNS = ("reporting.return", "reporting.correction")
_REPORTED = ("reporting.snapshot",)
_DEFINITIONS = ("reporting.figuredefinition",)
_FORMS = ("reports.returnform", "reports.formcell")
_PUBLISHED = ("figures.publishedvalue", "figures.demonstration")


def permission(action: str, model: Any) -> str:
    """The name of a permission on a kind of record, or on the kind a record is of."""
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def _may(actions: tuple[str, ...], *models: str) -> set[str]:
    named = (model.split(".") for model in models)
    return {f"{app}.{action}_{name}" for app, name in named for action in actions}


def _reveal(*models: str) -> set[str]:
    """May see a masked value of these in full, giving a reason."""
    return _may(("reveal",), *models)


_VOLUNTEERS_CONTACTS = (
    "volunteers.checkin", "volunteers.doorvisit", "volunteers.residentneed", "volunteers.cadreday",
)  # fmt: skip
_CONTACTS = (
    *_VOLUNTEERS_CONTACTS,
    "communities.person", "communities.gridevent", "communities.cobuildingagreement",
    "communities.propertycompany", "organizations.socialorganization", "volunteers.volunteerteam",
    "communities.emergencycontact", "communities.mediationcase", "communities.deliberationmeeting",
    "communities.governingbody",
)  # fmt: skip

_REPORTING = _may(_ENTER, *_RETURNS) | _may(VIEW, *_REPORTED, *_FORMS)
_REVIEWING = _REPORTING | _may(("review",), *_RETURNS)
_SEEN_BY_ALL = tuple(label for label in _CONTACTS if label not in _MEDIATION)
_CONSULTATION = (
    _may(KEEP, *_VERSIONS, *_BELOW_THEM)
    | _may(("view", "add", "change"), *_MEETINGS, *_MEDIATION)
    | _may(("decide",), "communities.ruleversion")
    | _may(("handle",), "communities.mediationcase")
)
# What those who organize in the street, community and district do alike.
_VOLUNTEERS = (
    _may(KEEP, *_VOLUNTEERS_KEPT)
    | _may(_ENTER, *_VOLUNTEERS_FILES)
    | _may(("perform",), "volunteers.mustertask")
    | _may(("handle", "confirm"), "volunteers.residentneed")
)
_VOLUNTEERS_TEAM = (
    _may(VIEW, "volunteers.muster", "volunteers.trainingattendance", *_VOLUNTEERS_FILES)
    | _may(("view", "add"), "volunteers.checkin")
    | _may(_ENTER, "volunteers.doorvisit")
    | _may(("perform",), "volunteers.mustertask")
    | _may(("handle",), "volunteers.residentneed")
)
_VOLUNTEERS_GRID_WORKER = (
    _may(_ENTER, "volunteers.doorvisit", "volunteers.cadreday", "volunteers.cadrefinding")
    | _may(("view", "add"), "volunteers.residentneed", "volunteers.checkin")
    | _may(("handle",), "volunteers.residentneed")
    | _may(VIEW, "volunteers.muster", *_VOLUNTEERS_EMERGENCY)
)

# Volunteers' service: who organizes records it, an office confirms what was entered by hand.
_SERVICE = ("volunteers.volunteer", "volunteers.activity", "volunteers.service")
_CERTIFIED = ("volunteers.servicecertificate",)
_STARS = ("volunteers.starlevel",)
_SERVICE_OFFICE = (
    _may(KEEP, *_SERVICE) | _may(("view", "add"), *_CERTIFIED) | _may(("confirm",), "volunteers.service")
    | _may(VIEW, *_STARS) | _reveal("volunteers.volunteer")
)  # fmt: skip
_CHARITY = (
    _may(KEEP, *_DONORS, *_USES, *_ALLOCATIONS)
    | _may(("view", "add", "change"), *_DUTIES)
    | _reveal(*_DONORS)
)
_CHARITY_OFFICE = _CHARITY | _may(("approve",), *_ALLOCATIONS)
# M13 to M17: what each role adds for social organizations, beside the register and the purchases.
_ORGANIZATIONS_KEPT = (
    "organizations.incubatee", "organizations.incubationdelivery", "organizations.registration",
    "organizations.filing", "organizations.payment", "organizations.deliverable",
    "organizations.supervisionvisit", "organizations.rectification",
)  # fmt: skip
_ORGANIZATIONS_TRACKS = ("organizations.incubationtrack",)
_ORGANIZATIONS_SEEN = (
    "organizations.payment", "organizations.deliverable", "organizations.supervisionvisit",
    "organizations.rectification",
)  # fmt: skip
_ORGANIZATIONS_APPLIED = ("organizations.incubatee", "organizations.registration")
_ORGANIZATIONS: dict[str, set[str]] = {
    Role.ORGANIZATION: _may(_ENTER, *_ORGANIZATIONS_APPLIED)
    | _may(VIEW, *_ORGANIZATIONS_SEEN, "organizations.incubationdelivery", "organizations.filing")
    | _may(("submit",), "organizations.deliverable")
    | _may(("rectify",), "organizations.rectification"),
    Role.EVALUATOR: _may(VIEW, "organizations.payment", "organizations.deliverable")
    | _may(_ENTER, "organizations.supervisionvisit", "organizations.rectification")
    | _may(("review",), "organizations.rectification"),
    Role.COMMUNITY: _may(_ENTER, "organizations.filing", *_ORGANIZATIONS_APPLIED)
    | _may(VIEW, *_ORGANIZATIONS_TRACKS)
    | _reveal("organizations.filing"),
    Role.STREET: _may(_ENTER, "organizations.filing", *_ORGANIZATIONS_APPLIED)
    | _may(("decide",), "organizations.filing")
    | _may(VIEW, *_ORGANIZATIONS_SEEN, "organizations.incubationdelivery", *_ORGANIZATIONS_TRACKS)
    | _reveal("organizations.filing"),
    Role.DISTRICT: _may(_ENTER, *_ORGANIZATIONS_KEPT)
    | _may(KEEP, *_ORGANIZATIONS_TRACKS)
    | _may(
        ("decide",), *_ORGANIZATIONS_APPLIED, "organizations.purchasedproject",
        "organizations.evaluation",
    )
    | _may(("submit", "accept"), "organizations.deliverable")
    | _may(("rectify", "review"), "organizations.rectification")
    | _reveal("organizations.filing"),
}  # fmt: skip

PERMISSIONS: dict[str, frozenset[str]] = {
    role: frozenset(permissions | _ORGANIZATIONS.get(role, set()))
    for role, permissions in {
        Role.TEAM: _may(CHANGE, "volunteers.volunteerteam")
        | _may(_ENTER, *_SERVICE)
        | _may(VIEW, *_CERTIFIED)
        | _reveal("volunteers.volunteer")
        | _VOLUNTEERS_TEAM,
        Role.ORGANIZATION: _may(CHANGE, "organizations.socialorganization")
        | _may(KEEP, "organizations.serviceitem")
        | _may(VIEW, "organizations.purchasedproject", "organizations.evaluation"),
        Role.EVALUATOR: _may(VIEW, "organizations.purchasedproject")
        | _may(CHANGE, "organizations.evaluation"),
        Role.GRID_WORKER: _may(("view", "add", "change", "handle"), "communities.gridevent")
        | _may(
            VIEW, *_GRIDS, "communities.communityprofile", "organizations.serviceitem",
            "volunteers.volunteerteam", "volunteers.pairinglink",
        )
        | _VOLUNTEERS_GRID_WORKER,
        Role.COMMUNITY: _may(KEEP, *_COMMUNITY, *_PARTIES, *_MECHANISMS)
        | _may(("handle",), *_EVENTS)
        | _CHARITY
        | _may((*KEEP, "handle"), *_COBUILDING, *_RATINGS)
        | _may(KEEP, *_REVIEWS)
        | _SERVICE_OFFICE
        | _may(VIEW, *_TRAINING, *_TRAINED_AT)
        | _CONSULTATION
        | _may(_ENTER, *_PILOTS, *_PROJECTS)
        | _may(KEEP, *_DEVICES, *_BODIES)
        | _may(VIEW, *_CRITERIA, *_COMMITTEES)
        | _VOLUNTEERS
        | _may(VIEW, *_VOLUNTEERS_EMERGENCY)
        | _REPORTING
        | _reveal(*_CONTACTS),
        Role.STREET: _may(KEEP, *_COMMUNITY, *_PARTIES, *_MECHANISMS)
        | _may(("handle", "direct"), *_EVENTS)
        | _CHARITY_OFFICE
        | _may(VIEW, *_COBUILDING)
        | _may(("view", "review"), *_RATINGS)
        | _may(KEEP, *_TRAINING, *_REVIEWS)
        | _SERVICE_OFFICE
        | _may(("publish",), "communities.course")
        | _may(("confirm",), *_REVIEWS)
        | _may(VIEW, *_PURCHASES, *_TRAINED_AT)
        | _CONSULTATION
        | _may(("review",), "communities.emergencyplan")
        | _may(_ENTER, *_PILOTS, *_PROJECTS)
        | _may(("file",), *_PROJECTS)
        | _may(KEEP, *_DEVICES, *_BODIES, *_COMMITTEES)
        | _may(VIEW, *_CRITERIA)
        | _may(("review",), "communities.reachreport")
        | _VOLUNTEERS
        | _may(VIEW, *_VOLUNTEERS_EMERGENCY)
        | _REVIEWING
        | _reveal(*_CONTACTS),
        Role.DISTRICT: _may(
            KEEP, *_COMMUNITY, *_MECHANISMS, *_STANDARDS, *_PARTIES, *_PURCHASES, *_SYSTEM, "areas.area"
        )
        | _may(VIEW, *_PUBLISHED, *_COBUILDING, *_RATINGS)
        | _SERVICE_OFFICE
        | _may(KEEP, *_STARS)
        | _may(("change",), *_CERTIFIED)
        | _CHARITY_OFFICE
        | _may(KEEP, *_PILOTS, *_DEVICES, *_PROJECTS, *_CRITERIA, *_BODIES, *_COMMITTEES)
        | _may(("decide",), *_PILOTS)
        | _may(("file", "review"), *_PROJECTS)
        | _may(("handle", "direct"), *_EVENTS)
        | _may(KEEP, *_TRAINING, *_TRAINED_AT, *_REVIEWS)
        | _may(("publish",), "communities.course")
        | _may(("approve",), "communities.trainingplan")
        | _may(("confirm",), *_REVIEWS)
        | _may(KEEP, "calendars.specialday")
        | _may(VIEW, *_VERSIONS, *_MEETINGS, *_BELOW_THEM)
        | _may(("review",), "communities.emergencyplan")
        | _may(("review",), "communities.reachreport")
        | _VOLUNTEERS
        | _may((*KEEP, "activate"), *_VOLUNTEERS_EMERGENCY)
        | _REVIEWING
        | _may(VIEW, *_DEFINITIONS)
        | _may(KEEP, *_FORMS)
        | _reveal(*_SEEN_BY_ALL),
        Role.HR: _may(KEEP, *_PAY, *_PAY_RULES)
        | _may(("approve",), "communities.payscheme")
        | _may(("review",), "communities.payperiod") | _may(("confirm",), "communities.person")
        | _may(VIEW, "communities.person", "communities.post", *_STANDARDS, *_REVIEWS, *_COMMITTEES),
        Role.AUDITOR: _may(VIEW, "audit.auditentry"),
        Role.ADMINISTRATOR: _may(("view", "add", "change"), "accounts.user")
        | _may(KEEP, "accounts.assignment"),
    }.items()
}  # fmt: skip
