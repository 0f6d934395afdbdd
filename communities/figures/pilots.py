"""Figures of M4 智慧社区试点."""

from communities.models import SmartDevice, SmartPilot
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party

_PILOT = ("area", "name", "approved_on", "running_on")
_DEVICE = ("area", "pilot", "name", "kind", "quantity", "installed_on")

figures.add(Figure(
    key="smart_pilots", label="智慧社区试点", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: SmartPilot.objects.until(day, "approved_on"),
    columns=_PILOT,
    definition="截至日经区级评审批准的智慧社区试点数，含已停止运行的。",
))  # fmt: skip

figures.add(Figure(
    key="running_smart_pilots", label="正式运行的智慧社区试点", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    records_as_of=lambda day: SmartPilot.objects.not_yet(day, "stopped_on").until(day, "running_on"),
    columns=_PILOT,
    definition="截至日已验收通过并正式运行、尚未停止运行的试点数。",
))  # fmt: skip

figures.add(Figure(
    key="smart_devices", label="智慧设备和应用", unit="台套",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=SumOf("quantity"),
    records_as_of=lambda day: SmartDevice.objects.installed(day),
    columns=_DEVICE,
    definition="截至日经批准的智慧社区试点已安装、未拆除的设备和应用的数量之和，含故障的。",
))  # fmt: skip

figures.add(Figure(
    key="working_smart_devices", label="正常的智慧设备和应用", unit="台套",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=SumOf("quantity"),
    records_as_of=lambda day: SmartDevice.objects.working(day),
    columns=_DEVICE,
    definition="智慧设备和应用中，截至日没有未修复故障的数量之和。同一条登记的设备有一处故障未修复，"
    "即整条不计。",
))  # fmt: skip

figures.add(Figure(
    key="smart_device_soundness", label="智慧设备完好率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    measure=RatioOf("working_smart_devices", "smart_devices"), nothing=State.UNKNOWN,
    definition="正常的智慧设备和应用 ÷ 智慧设备和应用。",
))  # fmt: skip
