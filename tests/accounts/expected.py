"""Who may have which address of the portal, by its name."""

import re
from dataclasses import dataclass

from django.apps import apps

from suzhou_portal.accounts.roles import OWNERS, PERMISSIONS
from tests.accounts.world import Staff


@dataclass
class Visit:
    """A person at an address; `model` and `page` are said of addresses of a record."""

    who: Staff
    name: str
    method: str
    model: str = "communities_gridevent"
    page: str = ""

    def may(self, action):
        """Whether the table of roles says so."""
        app, _, model = self.model.partition("_")
        return f"{app}.{action}_{model}" in PERMISSIONS.get(self.who.role, ())


def public(visit):
    """Everybody reads it; nobody sends anything to it."""
    return {200} if visit.method == "get" else {405}


def by_key(visit):
    """Everybody reads it; only a system with a key sends anything, whoever is signed in."""
    return {200} if visit.method == "get" else {403}


def health(visit):
    """Whoever asks in whatever way."""
    return {200}


def returned(visit):
    """A return not yet published: whoever may see it in the office."""
    if visit.method != "get":
        return {405}
    seen = "reporting.view_return" in PERMISSIONS.get(visit.who.role, ())
    return {200} if seen else {404}


def own(visit):
    """Everybody with an account, for themselves."""
    return {200}


def only_read(visit):
    """The same, but nothing is sent to it."""
    return {200} if visit.method == "get" else {405}


def elsewhere(visit):
    """Leads on to another page."""
    return {302}


def elsewhere_to_read(visit):
    """The same, and nothing is sent to it."""
    return {302} if visit.method == "get" else {405}


def only_sent(visit):
    """A button for everybody; there is nothing to read."""
    return {405} if visit.method == "get" else {302}


def nowhere(visit):
    """Nothing is there, or nothing without saying what one looks for."""
    return {403, 404} if visit.method == "get" else {403, 404, 405}


def own_choice(visit):
    """A form of one's own in which nothing must be filled in."""
    return {200} if visit.method == "get" else {302}


def unasked(visit):
    """Sent from a page of one's own only: here without what that page says, or about nobody's."""
    return {405} if visit.method == "get" else {400, 404, 405}


def nothing(visit):
    """Open to anybody, and here there is none."""
    return {404} if visit.method == "get" else {404, 405}


def sign_in(visit):
    """Whoever is signed in is led on."""
    return {200} if visit.who.label == "anonymous" else {302}


def sign_out(visit):
    """Nobody signs out by following a link; who is out already is led on."""
    return {302} if visit.method == "post" else {302, 405}


def app_list(visit):
    """An app of which the role may see anything."""
    granted = PERMISSIONS.get(visit.who.role, ())
    return {200} if any(one.startswith("communities.") for one in granted) else {404}


def desk(visit):
    """As the role's permissions at the desk say."""
    wanted, sent = DESK_PAGES[visit.name]
    if not visit.may(wanted):
        return {403, 405}
    return {200} if visit.method == "get" and sent != "only" else {200, 302, 405}


DESK_PAGES = {
    "desk": ("view", ""),
    "desk_new": ("add", ""),
    "desk_record": ("view", ""),
    "desk_edit": ("change", ""),
    "desk_files": ("change", "only"),
    "desk_move": ("handle", ""),
    "desk_undo": ("view", "only"),
    "desk_amendment": ("view", "only"),
}


def sheet(visit):
    """A page of its own, for whom its permission is given; 404 while there is nothing to fill in."""
    granted = SHEETS[visit.name] in PERMISSIONS.get(visit.who.role, ())
    return {200, 302, 400, 404, 405} if granted else {403, 404, 405}


SHEETS = {
    "desk_together": "communities.confirm_performancereview",
    "course_attendance": "communities.change_course",
    "course_results": "communities.change_course",
    "session_course": "communities.change_plannedsession",
    "exam_passes": "communities.change_examregistration",
    "expiring_certificates": "communities.view_certificate",
    "desk_printed": "volunteers.view_servicecertificate",
    "payroll": "communities.add_paymonth",
    "payroll_of": "communities.add_paymonth",
    "confirmations": "communities.confirm_person",
    "open_accounts": "accounts.add_user",
    "account_template": "accounts.add_user",
    "division_change": "areas.add_divisionchange",
    "withdraw_division_change": "areas.add_divisionchange",
    "review_sheet": "communities.add_performancereview",
    "activity_check_in": "volunteers.change_service",
    "track_records": "organizations.decide_purchasedproject",
    "mobilization": "volunteers.add_muster",
    "training_turnout": "volunteers.add_trainingpresence",
    "filled_form": "reports.view_returnform",
    "pay_check": "communities.view_paymonth",
    "pay_check_of": "communities.view_paymonth",
    "score_sheet": "organizations.evaluate_evaluation",
    "request_suggestions": "linkage.dispatch_servicerequest",
    "request_receipt": "linkage.dispatch_servicerequest",
    "running": "service.view_checkresult",
}


def importing(visit):
    """Offices that may add such records; a team or an organization enters its own one by one."""
    granted = "charity.add_charityresource" in PERMISSIONS.get(visit.who.role, ())
    if not granted or visit.who.role in OWNERS:
        return {403, 405}
    return {200} if visit.method == "get" or visit.name == "import_ledger" else {405}


def claims(visit):
    """Organizations and teams; a button that names no request leads nowhere."""
    if visit.who.role not in ("organization", "team"):
        return {403}
    return {200} if visit.method == "get" else {404}


def merging(visit):
    """Whoever may change such records, and delete one; the two here are one and the same, so no pair."""
    if visit.name == "merged_records":
        granted, told = "communities.view_person" in PERMISSIONS.get(visit.who.role, ()), {200, 404}
    else:
        granted = "communities.delete_person" in PERMISSIONS.get(visit.who.role, ())
        told = {404} if visit.name == "twin_pair" else {200}
    if visit.name != "twin_pair" and visit.method != "get":
        return {405}
    return told if granted else {403}


PAGES = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "history": ("view", "view"),
    "delete": ("delete", "delete"),
    "reveal": ("reveal", "reveal"),
    "first_password": ("change", "change"),
    "second_factor": ("change", "change"),
    "renew": ("change", "change"),
}


AT_THE_DISTRICT = (
    "communities_criterion", "organizations_incubationtrack", "volunteers_starlevel",
)  # fmt: skip


# Of one provider, which here is the team.
OF_A_TEAM = ("linkage_servicecapacity", "linkage_servicerequest")


def record(visit):
    """As the role's permissions for that kind of record say."""
    if visit.model in OF_A_TEAM and visit.who.role == "organization":
        listed = visit.page in ("changelist", "add") and visit.method == "get"
        return {200, 403} if listed else {200, 302, 403, 404}
    reading, writing = PAGES[visit.page]
    if not visit.may(reading if visit.method == "get" else writing):
        return {403, 404}
    # What was decided stays: only an open record is changed or deleted here.
    steps = hasattr(_model(visit.model), "lifecycle")
    kept = {403} if steps and visit.page in ("change", "delete") else set()
    # These stand at the district, where a community has no page of a record.
    above = {404} if visit.model in AT_THE_DISTRICT else set()
    return ({200} if visit.method == "get" else {200, 302}) | above | kept


def _model(name):
    return apps.get_model(*name.split("_"))


EXPECTED = {
    "home|dashboard|party_dashboard|area|area_resources|structure|committees|compare|wall": public,
    "figure|figure_rows_csv|figures_json|figures_csv|catalogue|catalogue_json": public,
    "services|service|organizations|organization|volunteers": public,
    "hsds|hsds_openapi|(open|hsds)_(services|service|organizations|organization)": public,
    "charity|charity_project|charity_resources|charity_trace": public,
    "volunteer_system|pairing_gaps|divisions": public,
    "linkage|three_lists|one_list": public,
    "reports|report|report_file|analysis|analysis_file": public,
    "open311_discovery|open311_services|open311_service|open311_request": public,
    "open311_requests": by_key,
    "elder|drop_draft": only_sent,
    "robots_txt|security_txt|sitemap|sitemap_part|site_map|privacy|accessibility": public,
    "favicon|touch_icon": elsewhere_to_read,
    "public|public_record|service_poster|poster": public,
    "returns": public,
    "return|snapshot": returned,
    "verify_certificate": public,
    "my_service|join_volunteers|joined_volunteers|requests|ask|page_fault": health,
    "request|prove_phone": elsewhere,
    "open_requests": claims,
    "desk_index|imports|doubts|notices": only_read,
    "notice|notices_read|save_view|saved_view|import_undo": unasked,
    "feed|calendar": public,
    "import_ledger|import_template|import_export": importing,
    "twins|twin_pair|merged_records": merging,
    "|".join(DESK_PAGES): desk,
    "|".join(SHEETS): sheet,
    "attachment|import_job|import_marked|import_problems": nowhere,
    "public_file": nothing,
    "mail_address": own_choice,
    "account|password|second_factor|second_factor_setup|own_pay": own,
    "sign_in": sign_in,
    "sign_out|admin:logout|leave_requests": sign_out,
    "admin:index": own,
    "admin:password_change_done|admin:jsi18n": only_read,
    "admin:login|admin:password_change": elsewhere,
    "admin:autocomplete|desk_many": nowhere,
    "admin:app_list": app_list,
    "admin:without a name": nowhere,
    "admin:short form": elsewhere,
    rf"admin:(?P<model>[a-z]+_[a-z]+)_(?P<page>{'|'.join(PAGES)})": record,
}
OPEN = {
    only_sent,
    nothing,
    returned,
    public,
    by_key,
    health,
    sign_in,
    sign_out,
    elsewhere,
    elsewhere_to_read,
}


def rule_of(name):
    """Who may have it, and which record and page it is about."""
    for pattern, rule in EXPECTED.items():
        if found := re.fullmatch(pattern, name):
            return rule, found.groupdict()
    return None
