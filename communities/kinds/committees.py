"""M9 优化“两委”班子."""

from communities.models import CommitteeMember, CommitteeTerm
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.months import months_before
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, Rows, Todo, filled, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

WARNED = 6  # months before a term ends
LIKE = ("sex", "born", "education", "politics")
CHOSEN = ("chosen", "chosen_on")
COUNTED = (
    Column("在任（人）", "serving", rows="members"),
    Column("空缺（人）", "vacancies", rows="members"),
)

kinds.add(Kind(
    model=CommitteeTerm, party=Party.WORKERS,
    roles=offices(KEEP) | {Role.COMMUNITY: VIEW, Role.HR: VIEW},
    name="committee-terms", title="“两委”班子",
    lead="社区党委和居委会的届次、职数；成员在每一届下面登记，空缺自动算出。",
    fields=("area", "kind", "number", "started_on", "ends_on", "seats", "explanation"),
    carried=("kind", "number", "started_on", "seats"),
    columns=(
        Column("届次", "__str__"), "started_on", "ends_on", "seats",
        *COUNTED,
    ),
    facts=(
        Column("社区", "area"), "kind", "started_on", "ends_on", "seats", "explanation",
        *COUNTED, Column("班子结构", "told"),
    ),
    search=("area__name",), filters=("kind",),
    todos=(
        Todo("vacant", "有空缺的“两委”班子", "change", lambda terms, day: terms.incomplete(day)),
        Todo(
            "due", "六个月内届满或已届满、尚未换届的“两委”班子", "change",
            lambda terms, day: terms.due(months_before(day, -WARNED)), by="ends_on",
        ),
    ),
    ledger=Imported(name="committee-terms", key=("area", "kind", "number")),
    admin=InAdmin(
        columns=(
            "kind", "number", "started_on", "ends_on", Number("seats"),
            *COUNTED,
        ),
        search=("=number",),
        rows=(
            Rows(
                CommitteeMember,
                ("person", "position", "started_on", "ended_on", "education", "politics"),
            ),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=CommitteeMember, party=Party.WORKERS,
    roles=offices(KEEP | {"reveal"}) | {Role.COMMUNITY: VIEW, Role.HR: VIEW | {"reveal"}},
    name="committee-members", title="班子成员",
    lead="在这一届任职的人；离任时填离任日期，不要删除。",
    parent="term",
    fields=("term", "person", "position", *CHOSEN, "started_on", "ended_on", *LIKE),
    carried=("position", *CHOSEN),
    columns=(Column("姓名", "person"), "position", "education", "chosen", "started_on", "ended_on"),
    facts=(
        "term", Column("社区", "area"), Column("姓名", "person"), "position", *CHOSEN,
        "started_on", "ended_on", *LIKE,
    ),
    search=("person__name",),
    public=Public(
        title="社区“两委”成员",
        lead="各社区党委、居委会的在任成员。成员担任公职，姓名全部公开。",
        records=lambda day: CommitteeMember.objects.serving(day).order_by("area_id", "term", "pk"),
        columns=(
            Column("姓名", "person"), "position", Column("社区", "area"), "term.kind", "started_on",
        ),
        facts=("position", "term", *CHOSEN, "started_on", Column("本届任期届满", "term.ends_on")),
    ),
    ledger=Imported(
        name="committee-members", named_by={"term": "area__name"}, key=("term", "person"),
    ),
    admin=InAdmin(
        columns=("person", "term", "position", "education", "started_on", "ended_on"),
        filters=("term__kind", "position", "education", "politics", filled("ended_on")),
    ),
))  # fmt: skip
