"""What tests of pay stand on: a month of the district, a scheme, posts."""

import datetime

from suzhou_portal.lifecycle.moves import take
from tests.factories import communities, pay
from tests.factories.areas import DISTRICT, AreaFactory

MAY, AUGUST = datetime.date(2022, 5, 1), datetime.date(2022, 8, 1)
GRADES = {"excellent": 1300, "competent": 1000, "basic": 700, "incompetent": 0}


def in_the_district(month=MAY, **fields):
    return pay.PayPeriodFactory(area=AreaFactory(code=DISTRICT), month=month, **fields)


def an_adopted_scheme(since=datetime.date(2022, 1, 1), title=""):
    """A scheme drafted with its rates, for posts of that title, and then adopted."""
    scheme = pay.PaySchemeFactory(area=AreaFactory(code=DISTRICT), effective_from=since)
    for years, amount in ((0, 2300), (2, 2500)):
        pay.PostRateFactory(scheme=scheme, title=title, years_from=years, amount=amount)
    for grade, amount in GRADES.items():
        pay.PerformanceRateFactory(scheme=scheme, grade=grade, amount=amount)
    return take(scheme, "adopt", on=since)


def held_since(day, **fields):
    return communities.PostFactory(started_on=day, **fields)
