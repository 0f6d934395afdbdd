"""M4 智慧社区试点."""

from communities.models import SmartDevice, SmartPilot
from suzhou_portal.accounts.roles import ENTER, KEEP, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import InAdmin, Kind, Number, Public, Rows, Todo, filled, kinds
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=SmartPilot, party=Party.COMMUNITIES,
    roles=offices(ENTER) | {Role.DISTRICT: KEEP | {"decide"}},
    name="smart-pilots", title="智慧社区试点",
    lead="社区申报，区级评审；批准后建设、试运行，验收通过后正式运行。",
    fields=("area", "name", "content", "applied_on"), carried=("area",),
    columns=("name", Column("社区", "area"), "applied_on"),
    facts=(
        Column("社区", "area"), "content", "applied_on", "approved_on", "building_on", "trial_on",
        "accepted_on", "running_on", "stopped_on", "findings",
    ),
    search=("name", "content"),
    files=True,
    todos=(
        Todo("to_decide", "待评审的智慧社区试点", "decide", "applied"),
        Todo("to_accept", "试运行待验收的智慧社区试点", "decide", "trial"),
    ),
    public=Public(
        lead="经区级批准的智慧社区试点，建了什么，进展到哪一步。",
        records=lambda day: SmartPilot.objects.until(day, "approved_on"),
        columns=("name", Column("社区", "area"), "approved_on"),
        facts=(
            Column("社区", "area"), "content", "approved_on", "building_on", "trial_on",
            "accepted_on", "running_on", "stopped_on", "findings",
        ),
    ),
    admin=InAdmin(
        columns=("name", "applied_on", "approved_on", "accepted_on", "running_on"),
        dates="applied_on",
        rows=(
            Rows(
                SmartDevice,
                ("kind", "name", "quantity", "installed_on", "faulty_since", "removed_on", "explanation"),
            ),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=SmartDevice, party=Party.COMMUNITIES,
    roles=offices(KEEP),
    name="smart-devices", title="设备和应用",
    lead="试点安装的设备和上线的应用，是否正常。",
    parent="pilot",
    fields=(
        "pilot", "kind", "name", "quantity", "installed_on", "faulty_since", "removed_on", "explanation",
    ),
    carried=("kind", "installed_on"),
    columns=("name", "kind", "quantity", "installed_on", Column("状况", "condition")),
    facts=(
        "pilot", Column("社区", "area"), "kind", "quantity", "explanation", "installed_on",
        Column("状况", "condition"), "faulty_since", "removed_on",
    ),
    search=("name",), filters=("kind",),
    files=True,
    todos=(
        Todo(
            "faulty", "有故障的智慧设备", "change",
            lambda devices, day: devices.installed(day).until(day, "faulty_since"),
        ),
    ),
    admin=InAdmin(
        columns=(
            "name", "pilot", "kind", Number("quantity"), "installed_on", "faulty_since",
            "removed_on",
        ),
        search=("name", "pilot__name"), filters=("kind", filled("faulty_since")),
    ),
))  # fmt: skip
