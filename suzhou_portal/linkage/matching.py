"""Which resource could serve which need, and why: by what is asked for, where it is, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from charity.enums.base import ResourceKind
from communities.enums.cobuilding import CoBuildingNeedKind, SupplyKind
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from volunteers.enums.visits import ResidentNeedKind

MOST = 3  # suggestions beside one need or resource
_S, _C, _R = SupplyKind, CoBuildingNeedKind, ResidentNeedKind
# What of a unit's resources donated ones are like.
LIKE = {
    ResourceKind.FUNDS: _S.FUNDS, ResourceKind.GOODS: _S.GOODS, ResourceKind.SERVICES: _S.EXPERTISE,
}  # fmt: skip
# Money, rooms and people serve whatever needs them.
SERVED_WITH: dict[str, tuple[str, ...]] = {
    _C.LIVELIHOOD: (_S.PEOPLE,), _C.AID: (_S.FUNDS,), _C.ENVIRONMENT: (_S.PEOPLE,),
    _C.FACILITY: (_S.FUNDS,), _C.CULTURE: (_S.VENUE, _S.PEOPLE), _R.ELDERLY: (_S.PEOPLE,),
    _R.CHILDREN: (_S.VENUE, _S.PEOPLE), _R.HARDSHIP: (_S.FUNDS,), _R.WORK: (_S.VENUE,),
    _R.REPAIR: (_S.PEOPLE,), _R.SAFETY: (_S.PEOPLE,), _R.MIND: (_S.PEOPLE,),
}  # fmt: skip
# Anything may serve what its name speaks of; goods and skills serve nothing else.
SPEAKS_OF: dict[str, str] = {
    _C.LIVELIHOOD: "健康 诊 法律 助餐 维修 宣讲", _C.AID: "帮扶 慰问 米 棉 就业 助学",
    _C.ENVIRONMENT: "苗木 工具 清", _C.FACILITY: "器材 设备 停车",
    _C.CULTURE: "文艺 书法 美术 音乐 阅读 演出 音响",
    _R.ELDERLY: "老 助餐 照护 护理 轮椅 陪", _R.HEALTH: "医 诊 健康 体检 药 理疗",
    _R.CHILDREN: "儿童 学生 少年 托", _R.HARDSHIP: "帮扶 慰问 米 棉 衣 助学 救助",
    _R.WORK: "就业 技能 岗位 培训", _R.REPAIR: "维修 水电 家电 家政",
    _R.SAFETY: "消防 灭火 烟感 安全 应急", _R.LEGAL: "法律 调解 维权", _R.MIND: "心理",
}  # fmt: skip


@dataclass(frozen=True)
class Need:
    """What somebody needs: its kind with its label, where, under which agreement (None where it is a
    resident's), and for how many days it has waited.
    """

    record: Any
    kind: str
    label: str
    area: str
    agreement: int | None
    days: int


@dataclass(frozen=True)
class Offer:
    """A resource of which something is left: its kind as a unit's, with its label, where, and under which
    agreement (None where it was donated).
    """

    record: Any
    title: str
    kind: str
    label: str
    area: str
    agreement: int | None
    left: str


@dataclass(frozen=True)
class Match:
    """A need and an offer that could serve it, why these two, and how much speaks for it."""

    need: Need
    offer: Offer
    why: tuple[str, ...]
    rank: int

    @property
    def for_need(self) -> str:
        """Its reasons beside the need: how much there is, too."""
        return "；".join((*self.why, f"尚余{self.offer.left}"))

    @property
    def for_offer(self) -> str:
        """Its reasons beside the offer: how long the need has waited, too."""
        return "；".join((*self.why, f"已等{self.need.days}天"))


def match(need: Need, offer: Offer) -> Match | None:
    """Why the offer could serve the need; None where it can't. What a unit gives by agreement meets the needs
    of that agreement, and of residents of its community.
    """
    same = need.agreement is not None and need.agreement == offer.agreement
    fits, much = _fits(need, offer)
    where, near = _nearness(need.area, offer)
    if not fits or not near or (need.agreement and offer.agreement and not same):
        return None
    agreed = ["同一份共建协议"] if same else []
    return Match(need, offer, (*agreed, fits, where), 4 * same + much + near)


def _fits(need: Need, offer: Offer) -> tuple[str, int]:
    """Whether what is offered is what is needed: in words, blank where it is not, and how much that says."""
    words = SPEAKS_OF.get(need.kind, "").split()
    if word := next((one for one in words if one in offer.title), ""):
        return f"“{word}”合乎{need.label}", 4
    fits = offer.kind in SERVED_WITH.get(need.kind, ())
    return (f"{need.label}可用{offer.label}", 2) if fits else ("", 0)


def _nearness(area: str, offer: Offer) -> tuple[str, int]:
    """How the offer stands to where the need is: in words, and the more the nearer; 0 where it is elsewhere."""
    for level, words, near in ((Level.COMMUNITY, "同一社区", 3), (Level.STREET, "同一街道", 2)):
        length = codes.LENGTHS[level]
        if len(offer.area) >= length and offer.area[:length] == area[:length]:
            return ("", 0) if offer.agreement and near < 3 else (words, near)
    return ("本地区可用", 1) if codes.contains(offer.area, area) else ("", 0)


def best(needs: Iterable[Need], offers: Iterable[Offer]) -> list[Match]:
    """Every pair that fits: what most speaks for first, then whoever has waited longest."""
    offers = list(offers)
    found = [match(need, offer) for need in needs for offer in offers]
    return sorted(filter(None, found), key=lambda one: (-one.rank, -one.need.days))
