"""M4 智慧社区试点."""

from communities.models import DeviceFault, SmartDevice, SmartPilot
from suzhou_portal.accounts.roles import ENTER, KEEP, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, Rows, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

_CONDITION = Column("状况", "condition", rows="faults")

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
    ledger=Imported(name="smart-pilots", key=("area", "name")),
    admin=InAdmin(
        columns=("name", "applied_on", "approved_on", "accepted_on", "running_on"),
        dates="applied_on",
        rows=(
            Rows(
                SmartDevice,
                ("kind", "name", "quantity", "installed_on", "removed_on", "explanation"),
            ),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=SmartDevice, party=Party.COMMUNITIES,
    roles=offices(KEEP),
    name="smart-devices", title="设备和应用",
    lead="试点安装的设备和上线的应用，是否正常；点开设备登记故障和修复。",
    parent="pilot",
    fields=("pilot", "kind", "name", "quantity", "installed_on", "removed_on", "explanation"),
    carried=("kind", "installed_on"),
    columns=(
        "name", "kind", "quantity", "installed_on", _CONDITION,
        Column("故障（次）", "fault_count", rows="faults"),
    ),
    facts=(
        "pilot", Column("社区", "area"), "kind", "quantity", "explanation", "installed_on",
        _CONDITION, "removed_on",
    ),
    search=("name",), filters=("kind",),
    files=True,
    ledger=Imported(name="smart-devices", key=("pilot", "name", "installed_on")),
    admin=InAdmin(
        columns=("name", "pilot", "kind", Number("quantity"), "installed_on", "removed_on"),
        search=("name", "pilot__name"), filters=("kind",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=DeviceFault, party=Party.COMMUNITIES,
    roles=offices(ENTER),
    name="device-faults", title="设备故障",
    lead="每次故障从发现到修复，历史保留。",
    parent="device",
    fields=("device", "reported_on", "what"),
    columns=("what", "reported_on", "repaired_on", "repaired_by"),
    facts=(
        Column("设备或应用", "device.name"), Column("试点", "device.pilot.name"),
        Column("社区", "area"), "reported_on", "what", "repaired_on", "repaired_by", "remedy",
    ),
    search=("what", "device__name"),
    files=True,
    todos=(Todo("to_repair", "待修复的设备故障", "change", lambda faults, _: faults.to_repair()),),
    ledger=Imported(name="device-faults", key=("device", "reported_on", "what")),
    admin=InAdmin(
        columns=("what", "device", "reported_on", "repaired_on", "repaired_by"), dates="reported_on",
    ),
))  # fmt: skip
