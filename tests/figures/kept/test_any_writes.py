"""Whatever is written by whomever in whatever order: what is kept is what records say."""

from hypothesis import strategies as st

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import upkeep
from tests.cases import tried
from tests.committed import clear
from tests.figures.kept import world

ACTS = [name for name in vars(world.Session) if not name.startswith("_") and name != "finish"]
step = st.one_of(
    st.tuples(
        st.sampled_from(ACTS),
        st.integers(0, len(world.SESSIONS) - 1),
        st.sampled_from(world.LEAVES),
        st.integers(0, 5),
    ),
    st.tuples(
        st.just("read"), st.just(0), st.sampled_from(["CN", "62", *world.LEAVES]), st.just(0)
    ),
    st.tuples(st.sampled_from(["refresh", "cleared"]), st.just(0), st.just(""), st.just(0)),
)


def take(step, doers):
    act, number, code, amount = step
    if act == "read":
        assert world.told(code) == world.truth(code)
    elif act == "refresh":
        upkeep.refresh_all(Area.objects.values_list("code", flat=True), site_date())
    elif act == "cleared":
        if not any(doer.open for doer in doers):  # TRUNCATE waits for whoever is writing
            world.cleared()
    else:
        getattr(doers[number], act)(code, amount)


def run(steps):
    with world.sessions():
        world.places()
        upkeep.refresh_all(Area.objects.values_list("code", flat=True), site_date())
        doers = [world.Session(name) for name in world.SESSIONS]
        for one in steps:
            take(one, doers)
        for doer in doers:
            doer.finish()
        assert world.mismatches() == []
        for code in ("CN", world.GRID):
            assert world.told(code) == world.truth(code)
    clear()


@tried(few=2, many=15)
def test_what_is_kept_is_what_records_say(committed, attempt):
    attempt(run, st.lists(step, min_size=4, max_size=30))
