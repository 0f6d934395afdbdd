"""What two people do to one request at the same moment ends in one way, and history tells it all."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.workflow.requests import claim
from tests.committed import apart
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.linkage import ServiceRequestFactory, served
from tests.factories.volunteers import VolunteerTeamFactory


def race(*acts):
    """What comes of acts begun at once, each over a connection of its own."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        try:
            return act() or "done"
        except (ValidationError, PermissionDenied, IntegrityError):
            return "refused"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(lambda act: apart(lambda: run(act)), acts))


def steps(request):
    return [step.verb for step in reversed(request.steps())]


def a_member():
    team = VolunteerTeamFactory(is_demo=True)
    user = User.objects.create_user(f"member-{team.pk}", is_demo=True)
    Assignment.objects.create(user=user, role="team", area=team.area, team=team)
    return user, team


def accepted_and_declined():
    asked = ServiceRequestFactory(state="dispatched", handler="社区专干", is_demo=True)
    answers = race(
        lambda: take(asked, "accept") and "", lambda: take(asked, "recall", note="改派") and ""
    )
    asked.refresh_from_db()
    # Recalled first it is not accepted; accepted first it is not recalled.
    assert sorted(answers) == ["done", "refused"]
    assert steps(asked) in (["accept"], ["recall"])
    assert asked.state == {"accept": "accepted", "recall": "to_dispatch"}[steps(asked)[0]]


def called_off_while_it_is_sent():
    asked = ServiceRequestFactory(state="to_dispatch", is_demo=True)
    race(
        lambda: take(asked, "cancel", note="不要了") and "",
        lambda: take(asked, "dispatch", handler="社区专干") and "",
    )
    asked.refresh_from_db()
    # Sent first, it may still be called off before somebody accepts.
    assert (steps(asked), asked.state) in (
        (["cancel"], "cancelled"),
        (["dispatch", "cancel"], "cancelled"),
    )


def claimed_by_two(members):
    asked = ServiceRequestFactory(state="unmet", unmet_on=BEGUN, is_demo=True)
    acts = [lambda who=who: claim(asked, by=who[0], provider=who[1]) and "" for who in members]
    assert sorted(race(*acts)) == ["done", "refused"]
    asked.refresh_from_db()
    assert (asked.state, steps(asked)) == ("accepted", ["dispatch", "accept"])
    [accepted] = asked.steps().filter(verb="accept")
    assert asked.team == dict(members)[accepted.by]


def rated_twice():
    asked = served(BEGUN, is_demo=True)
    answers = race(
        lambda: take(asked, "rate", rating=5) and "",
        lambda: take(asked, "object", not_done=True) and "",
    )
    assert sorted(answers) == ["done", "refused"]
    asked.refresh_from_db()
    assert (asked.state, steps(asked)) in (
        ("closed", ["rate", "close"]),
        ("follow_up", ["object"]),
    )


def sent_twice(area):
    page = uuid.uuid4()
    told = {"area": area, "channel": "phone", "kind": "other", "content": "修灯", "is_demo": True}
    made = race(*[lambda: ServiceRequest.objects.create(sent=page, **told) and ""] * 2)
    assert sorted(made) == ["done", "refused"]
    assert ServiceRequest.objects.filter(sent=page).count() == 1


@pytest.mark.parametrize("times", [2, pytest.param(200, marks=pytest.mark.exhaustive)])
def test_one_outcome_each_and_its_history(committed, times):
    area, members = AreaFactory(code=COMMUNITY), [a_member(), a_member()]
    for _ in range(times):
        accepted_and_declined()
        called_off_while_it_is_sent()
        claimed_by_two(members)
        rated_twice()
        sent_twice(area)
