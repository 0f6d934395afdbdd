"""M20 我当一天网格员, 我在社区上一天班."""

from suzhou_portal.accounts.roles import ENTER, KEEP, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public
from volunteers.models import CadreDay, CadreFinding

kinds.add(Kind(
    model=CadreDay, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal"}) | {Role.GRID_WORKER: ENTER},
    name="cadre-days", title="我当一天网格员、我在社区上一天班",
    lead="干部报名、社区安排、当天登记情况；发现的问题随即成为网格事件。",
    fields=("area", "kind", "unit", "name", "phone", "planned_on"),
    carried=("area", "kind", "unit"),
    columns=(
        "unit", "kind", Column("地区", "area"), Column("干部", "name"), "planned_on", "done_on",
    ),
    facts=(
        "kind", Column("地区", "area"), "name", "phone", "planned_on", "host", "diary", "done_on",
    ),
    search=("unit", "diary"), filters=("kind",),
    files=True,
    todos=(
        Todo("to_arrange", "待安排的干部一日体验", "change", "signed_up"),
        Todo("to_record", "待登记当天情况的干部一日体验", "change", "arranged", due="planned_on"),
    ),
    public=Public(
        lead="机关干部到网格、到社区体验一天：哪个单位、去了哪里、做了什么。",
        records=lambda day: CadreDay.objects.until(day, "done_on"),
        columns=("unit", "kind", Column("地区", "area"), "done_on"),
        facts=("kind", Column("地区", "area"), "done_on", "diary"),
    ),
    ledger=Imported(name="cadre-days", key=("unit", "name", "planned_on")),
    admin=InAdmin(
        columns=("unit", "kind", "planned_on", "done_on", "masked_phone"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=CadreFinding, party=Party.VOLUNTEERS,
    roles=offices(KEEP) | {Role.GRID_WORKER: ENTER},
    name="cadre-findings", title="发现的问题",
    lead="干部当天发现的问题，登记后就是网格事件，由社区按网格事件办理。",
    parent="day",
    fields=("day", "kind", "title", "place", "description"), carried=("day", "kind"),
    columns=("title", "kind", "place", "found_on", Column("办理状态", "event.state")),
    facts=(
        Column("干部一日体验", "day.__str__"), "kind", "place", "description", "found_on",
        Column("办理状态", "event.state"), "event.due_on", "event.result",
    ),
    search=("title", "place"),
    ledger=Imported(name="cadre-findings", named_by={"day": "unit"}, key=("day", "title")),
    admin=InAdmin(
        columns=(
            "title", "kind", "day", "found_on", Column("办理状态", "event.state", "event__state"),
        ),
        filters=("kind",),
    ),
))  # fmt: skip
