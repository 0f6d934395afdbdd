"""Whom to call of what is paired, what was done there, and talks with foundations."""

import datetime
from itertools import cycle

from charity.enums.tracing import PartnershipState
from charity.models import Partnership, PartnershipTalk
from seeds.demo.world import World
from volunteers.enums.base import PairingTier
from volunteers.models import PairingActivity, PairingLink

POSITIONS = {
    PairingTier.UNIT_COMMUNITY: "机关党委专职副书记",
    PairingTier.BRANCH_GRID: "党支部书记",
    PairingTier.MEMBER_NEARBY: "临时党支部书记",
}
ACTIVITIES = (
    ("走访慰问独居老人和困难家庭", 18, "送去米面油，登记三户的助餐需求。"),
    ("党员先锋岗清理楼道堆物", 60, "清理12个单元，堵塞的消防通道已打通。"),
    ("政策宣讲：医保和养老认证", 45, "现场代办认证31人。"),
    ("协调解决小区路灯不亮", None, "联系电力公司更换路灯7盏。"),
)
TALKS = (
    ("基金会来访，介绍儿童早期阅读项目，希望在两个社区先试。", 90),
    ("电话商定：基金会出资购书，社区出场地，区民政局每季度通报进展。", 45),
    ("视频会议核对协议文本，待双方盖章。", 10),
)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese. Nothing is drawn, so that what others draw stays."""
    return f"包联活动{_activities(world)}次、对接记录{_talks(world)}条"


def _activities(world: World) -> int:
    """A contact of each pairing; of every third one that goes on, an activity or two."""
    surnames = cycle(world.rows("names"))
    links = list(PairingLink.objects.filter(is_demo=True).order_by("area_id", "pk"))
    for link in links:
        link.contact, link.phone = f"{next(surnames)['surname']}书记", world.phone()
        link.position = POSITIONS[PairingTier(link.tier)]
    PairingLink.objects.bulk_update(links, ["contact", "phone", "position"])
    made = [
        PairingActivity(
            area_id=link.area_id, link=link, content=content, people=people, result=result,
            held_on=world.months_ago(3 + (number + further) % 9),
        )
        for number, link in enumerate(links[::3])
        for further, (content, people, result) in enumerate(
            (ACTIVITIES * 2)[number % 4 : number % 4 + 1 + number % 2]
        )
        if link.ended_on is None
    ]  # fmt: skip
    return len(world.save(PairingActivity, made))


def _talks(world: World) -> int:
    """With the foundation nothing is agreed with yet: how far it has come."""
    made = [
        PartnershipTalk(
            area_id=partnership.area_id, partnership=partnership, counterpart="周明",
            position="项目部主任", phone=world.phone(), said=said,
            talked_on=world.as_of - datetime.timedelta(days=days),
        )
        for partnership in Partnership.objects.in_state(PartnershipState.TALKING)
        for said, days in TALKS
    ]  # fmt: skip
    return len(world.save(PartnershipTalk, made))
