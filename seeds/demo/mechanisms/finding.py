"""What residents looked for and did not find, some of it answered."""

import datetime

from seeds.demo.world import World
from suzhou_portal.finding.models import MissedSearch
from suzhou_portal.lifecycle.moves import take

# What was typed, how often, how many weeks ago last, and how it was answered.
TYPED = (
    ("游泳", 14, 1, ""), ("遛狗", 3, 2, ""), ("换身份证", 9, 1, ""), ("公园门票", 2, 5, ""),
    ("修电动车", 11, 1, ""), ("宠物打针", 2, 3, ""), ("充电桩", 17, 1, ""), ("减肥", 4, 6, ""),
    ("学英语", 2, 8, ""), ("开锁师傅", 6, 9, "service"), ("打流感针", 5, 10, "service"),
    ("老漂族", 3, 7, "synonym"), ("彩票", 2, 12, "not_ours"), ("买火车票", 5, 11, "not_ours"),
)  # fmt: skip
ANSWERS = {
    "service": {"service": "见服务目录中新增的同类服务"},
    "synonym": {"means": "情绪陪伴"},
    "not_ours": {"note": "不是社区服务，请到相应的窗口或网站办理。"},
}


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    places = [world.district, *world.communities]
    for number, (text, times, weeks, answer) in enumerate(TYPED):
        last = world.as_of - datetime.timedelta(weeks=weeks)
        [missed] = world.save(MissedSearch, [
            MissedSearch(
                area=places[number % len(places)], text=text, times=times,
                first_on=last - datetime.timedelta(days=3 * times), last_on=last,
            )
        ])  # fmt: skip
        if answer:
            take(missed, answer, on=last + datetime.timedelta(days=4), **ANSWERS[answer])
    return f"没有找到的搜索{len(TYPED)}条"
