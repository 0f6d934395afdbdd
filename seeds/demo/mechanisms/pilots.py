"""Smart-community pilots at every stage, with what they installed."""

import datetime

from communities.enums.pilots import DeviceKind
from communities.models import DeviceFault, SmartDevice, SmartPilot
from seeds.demo.world import World
from suzhou_portal.lifecycle.models import Amendment
from suzhou_portal.lifecycle.moves import take

# How far each pilot has come, with the days from one step to the next, and since how many months.
COURSES = (
    (20, (("approve", 20), ("build", 15), ("try_out", 120), ("accept", 60), ("run", 10))),
    (14, (("approve", 18), ("build", 20), ("try_out", 100), ("accept", 70), ("run", 7))),
    (30, (("approve", 20), ("build", 15), ("try_out", 90), ("accept", 60), ("run", 10), ("stop", 400))),
    (13, (("approve", 25), ("build", 15), ("try_out", 80), ("rework", 40), ("try_out", 50), ("accept", 60))),
    (8, (("approve", 20), ("build", 15), ("try_out", 110))),
    (5, (("approve", 15), ("build", 20))),
    (2, (("approve", 20),)),
    (1, ()),
    (9, (("refuse", 25),)),
)  # fmt: skip
NOTES = {
    "refuse": "与区级统一建设的平台重复，建议直接接入。",
    "rework": "告警信息未能推送到网格员，请整改后重新试运行。",
    "stop": "设备供应商停止维护，功能并入社区一网统管平台。",
}
FINDINGS = "设备安装到位，功能符合申报内容，试运行期间运行稳定，居民反映良好，同意通过验收。"
REPAIRED, FAULTY = 0.4, 0.12  # of the devices
FAULTS = (
    ("通信中断，平台收不到数据", "重启网关并更换网卡，已恢复上线。"),
    ("识别不灵敏，反复刷不开", "清洁并重新校准，现场测试正常。"),
    ("电池耗尽，没有告警", "更换电池，列入每季度巡检。"),
)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    places = world.rng.sample(world.communities, min(len(world.communities), len(COURSES)))
    rows = world.rows("smart_pilots")
    devices = 0
    for number, (community, (months, course)) in enumerate(zip(places, COURSES, strict=False)):
        row = rows[number % len(rows)]
        [pilot] = world.save(
            SmartPilot,
            [
                SmartPilot(
                    area=community,
                    name=row["name"],
                    content=row["content"],
                    applied_on=world.months_ago(months),
                )
            ],
        )
        devices += _carry(world, pilot, course)
    _ask_to_change(world)
    return f"智慧社区试点{len(places)}个、设备和应用{devices}项"


def _ask_to_change(world: World) -> None:
    """One pilot that runs shall be changed, which nobody has decided yet."""
    pilot = SmartPilot.objects.filter(state="running").order_by("pk").first()
    if pilot is not None:
        changes = {
            "content": [pilot.content, f"{pilot.content}新增楼道烟感报警，接入社区值班电话。"]
        }
        asked = Amendment(
            area=pilot.area, model=pilot._meta.label_lower, object_id=pilot.pk, verb="amend",
            label="变更方案", changes=changes, reason="居民议事会提出增加楼道烟感报警。",
        )  # fmt: skip
        world.save(Amendment, [asked])


def _carry(world: World, pilot: SmartPilot, course: tuple[tuple[str, int], ...]) -> int:
    day, made = pilot.applied_on, 0
    for verb, days in course:
        if verb == "try_out" and not made:
            made = _install(world, pilot, day)
        day = min(world.as_of, day + datetime.timedelta(days=days))
        filled = {"findings": FINDINGS} if verb == "accept" else {}
        take(pilot, verb, on=day, note=NOTES.get(verb, ""), **filled)
    return made


def _install(world: World, pilot: SmartPilot, begun: datetime.date) -> int:
    rows = world.rng.sample(world.rows("smart_devices"), world.rng.randint(2, 4))
    devices = []
    for row in rows:
        installed_on = begun + datetime.timedelta(days=world.rng.randint(10, 70))
        devices.append(
            SmartDevice(
                area=pilot.area,
                pilot=pilot,
                kind=DeviceKind(row["kind"]),
                name=row["name"],
                quantity=world.rng.randint(int(row["least"]), int(row["most"])),
                installed_on=installed_on,
            )
        )
    devices = world.save(SmartDevice, devices)
    for device in devices:
        for repaired, share in ((True, REPAIRED), (False, FAULTY)):
            if world.chance(share):
                _break_down(world, device, repaired=repaired)
    return len(devices)


def _break_down(world: World, device: SmartDevice, *, repaired: bool) -> None:
    what, remedy = world.rng.choice(FAULTS)
    reported_on = world.day_between(device.installed_on, world.as_of)
    fault = DeviceFault(area=device.area, device=device, reported_on=reported_on, what=what)
    [fault] = world.save(DeviceFault, [fault])
    if repaired:
        day = min(world.as_of, reported_on + datetime.timedelta(days=world.rng.randint(1, 6)))
        take(fault, "repair", on=day, repaired_by="设备维保单位（演示）", remedy=remedy)
