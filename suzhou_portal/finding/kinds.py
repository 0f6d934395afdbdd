"""What residents type and what it means."""

from suzhou_portal.accounts.roles import ENTER, VIEW, Role, offices
from suzhou_portal.finding.models import DangerWord, MissedSearch, Synonym
from suzhou_portal.records.kinds import InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party

_KEPT_BY_THE_DISTRICT = {Role.COMMUNITY: VIEW, Role.STREET: VIEW, Role.DISTRICT: ENTER}

kinds.add(Kind(
    model=Synonym, party=Party.COMMUNITIES,
    roles=_KEPT_BY_THE_DISTRICT,
    name="synonyms", title="同义词",
    lead="居民怎么说，服务目录里怎么叫。搜前一个词，也找到后一个词；由区级维护。",
    fields=("area", "said", "means", "in_use"), carried=("area",),
    columns=("said", "means", "in_use", "area"),
    search=("said", "means"),
    admin=InAdmin(columns=("said", "means", "in_use"), filters=("in_use",)),
))  # fmt: skip

kinds.add(Kind(
    model=DangerWord, party=Party.COMMUNITIES,
    roles=_KEPT_BY_THE_DISTRICT,
    name="danger-words", title="危急词",
    lead="搜到这些词，先显示该打的电话；由区级维护。",
    fields=("area", "word", "numbers", "advice", "in_use"), carried=("area",),
    columns=("word", "numbers", "advice", "in_use", "area"),
    search=("word", "advice"),
    admin=InAdmin(columns=("word", "numbers", "advice", "in_use"), filters=("in_use",)),
))  # fmt: skip

kinds.add(Kind(
    model=MissedSearch, party=Party.COMMUNITIES,
    roles=offices(VIEW | {"handle"}) | {Role.DISTRICT: VIEW | {"handle", "decide"}},
    name="missed-searches", title="没有找到的搜索",
    lead="居民搜了什么没有找到，不记是谁。逐条答复：加同义词（区级）、已有或新增服务、不属本地服务。",
    columns=("text", "times", "first_on", "last_on", "area"),
    facts=("text", "area", "times", "first_on", "last_on", "means", "service"),
    search=("text",),
    todos=(Todo("to_answer", "居民搜了没有找到、待答复的词", "handle", "open"),),
    admin=InAdmin(columns=("text", "times", "first_on", "last_on", "means", "service")),
))  # fmt: skip
