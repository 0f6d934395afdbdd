"""What was found wrong on pages: one new for a community, one for the district, one put right, one not."""

from seeds.demo.world import World
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.models import PageFault

ANSWER = {"answer": "已把地点改为二楼党群活动室，并在微信群说明。"}
REASON = {"note": "服务目录只列公共服务和公益服务，不列商业门店。"}
# The page, what is wrong, and the step with which it was answered; the first left a phone.
REPORTED: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("/areas/{}/", "办公时间写的是周一至周五，周六上午其实也有人值班，请补上。", "", {}),
    ("/dashboard/", "“持证率”点开以后，分母是什么没有看懂。", "", {}),
    ("/open/meetings/?area={}", "会议地点写成了旧的活动室，已经搬到二楼了。", "handle", ANSWER),
    ("/services/?area={}", "我家楼下的理发店怎么没有列出来？", "reject", REASON),
)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    community = world.communities[0]
    for months, (page, what, verb, filled) in enumerate(REPORTED):
        area = community if "{}" in page else world.district
        [fault] = world.save(
            PageFault,
            [
                PageFault(
                    area=area,
                    page=page.format(community.code),
                    what=what,
                    contact="" if months else world.phone(),
                    agreed=not months,
                    reported_on=world.months_ago(months),
                )
            ],
        )
        if verb:
            take(fault, verb, on=world.workday_after(fault.reported_on, 2), **filled)
    return f"网页纠错{len(REPORTED)}条"
