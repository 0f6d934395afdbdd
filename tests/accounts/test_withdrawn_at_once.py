"""Two windows in which one act about divisions is withdrawn."""

from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.models import Area
from tests.areas.merging import TODAY, act
from tests.committed import both
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.journeys import Somebody

NEW = "620902004088"


def test_twice_at_once_it_is_done_once(committed):
    somebody = Somebody(Role.DISTRICT, AreaFactory(code=DISTRICT).pk)
    AreaFactory(code=COMMUNITY)
    act(
        somebody,
        "founded",
        {"code": NEW, "name": "甲社区", "effective_on": TODAY(), "document": "文"},
    )
    path = f"/divisions/change/{DivisionChange.objects.get().pk}/withdraw/"

    def take_back():
        return somebody.client.post(path).content.decode()

    answers = both(Area.objects.get(pk=DISTRICT), take_back, take_back)
    assert sorted("已经撤回" in one for one in answers) == [False, True]
    assert not Area.objects.filter(pk=NEW).exists()
