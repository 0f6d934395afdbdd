"""M14 公益类注册绿色通道 and M15 街道备案."""

from organizations.models import Filing, Registration
from suzhou_portal.accounts.roles import ENTER, VIEW, Role, offices
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=Registration, party=Party.ORGANIZATIONS,
    roles=offices(ENTER) | {Role.ORGANIZATION: ENTER, Role.DISTRICT: ENTER | {"decide"}},
    name="registrations", title="公益类登记绿色通道",
    lead="材料齐全即受理，自受理起按工作日计时；对照法定60日，看节省了多少天。",
    fields=("area", "organization", "name", "kind", "purpose", "applied_on"),
    carried=("area", "kind"),
    columns=("name", "area", "applied_on", "received_on", "due_on", "decided_on", "days_saved"),
    facts=(
        "area", "organization", "kind", "purpose", "applied_on", "supplement", "supplemented_on",
        "received_on", "due_on", "decided_on", "days_taken", "days_saved", "credit_code",
    ),
    search=("name", "purpose"), filters=("kind",),
    files=True, files_are_content=True,
    todos=(
        Todo("to_receive", "待受理的登记申请（含已补正的）", "decide", "submitted"),
        Todo("to_decide", "待决定的登记申请", "decide", "received"),
        Todo("overdue", "超过承诺办结日期的登记申请", "decide", "received", past="due_on"),
        Todo("to_correct", "待提交补正的登记申请", "change", "correcting"),
    ),
    public=Public(
        lead="公益类社会组织登记用了几个工作日，比法定的60日节省多少。",
        records=lambda day: Registration.objects.approved(day),
        columns=("name", "area", "kind", "received_on", "decided_on", "days_taken", "days_saved"),
        facts=(
            "area", "kind", "received_on", "decided_on", "days_taken", "days_saved", "credit_code",
        ),
    ),
    ledger=Imported(name="registrations", key=("area", "name")),
    admin=InAdmin(
        columns=("name", "kind", "applied_on", "received_on", "due_on", "decided_on", "days_saved"),
        dates="applied_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Filing, party=Party.ORGANIZATIONS,
    roles=offices(ENTER | {"reveal"}) | {
        Role.ORGANIZATION: VIEW, Role.STREET: ENTER | {"decide", "reveal"},
    },
    name="filings", title="街道备案",
    lead="社区社会组织向街道备案、变更、注销。备案的组织没有法人资格，没有统一社会信用代码。",
    fields=("area", "name", "field", "activities", "members", "contact", "phone", "applied_on"),
    carried=("area", "field"),
    columns=("name", "area", "number", "field", "filed_on", "ended_on"),
    facts=(
        "area", "field", "activities", "members", "contact", "phone", "applied_on", "number",
        "filed_on", "changed_on", "ended_on",
    ),
    search=("name", "activities", "number"),
    files=True, files_are_content=True,
    todos=(Todo("to_file", "待备案的社区社会组织", "decide", "applied"),),
    public=Public(
        title="街道备案的社区社会组织",
        lead="在街道备案的社区社会组织，含已注销和转为登记的。",
        records=lambda day: Filing.objects.until(day, "filed_on"),
        columns=("name", "area", "number", "field", "filed_on", "ended_on"),
        facts=("area", "number", "field", "filed_on", "activities", "changed_on", "ended_on"),
    ),
    ledger=Imported(name="filings", key=("area", "name")),
    admin=InAdmin(
        columns=(
            "name", "number", "field", "filed_on", "ended_on", "masked_contact", "masked_phone",
        ),
        search=("name", "number", "activities"),
    ),
))  # fmt: skip
