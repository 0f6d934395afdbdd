"""What tests of pay stand on: a month of the district, a scheme, posts."""

import datetime

from tests.factories import communities, pay
from tests.factories.areas import DISTRICT, AreaFactory

MAY, AUGUST = datetime.date(2022, 5, 1), datetime.date(2022, 8, 1)
GRADES = {"excellent": 1300, "competent": 1000, "basic": 700, "incompetent": 0}


def in_the_district(month=MAY, **fields):
    return pay.PayPeriodFactory(area=AreaFactory(code=DISTRICT), month=month, **fields)


def an_adopted_scheme(since=datetime.date(2022, 1, 1)):
    scheme = pay.PaySchemeFactory(
        area=AreaFactory(code=DISTRICT),
        effective_from=since,
        state="adopted",
        adopted_on=since,
    )
    for years, amount in ((0, 2300), (2, 2500)):
        pay.PostRateFactory(scheme=scheme, title="", years_from=years, amount=amount)
    for grade, amount in GRADES.items():
        pay.PerformanceRateFactory(scheme=scheme, grade=grade, amount=amount)
    return scheme


def held_since(day, **fields):
    return communities.PostFactory(started_on=day, **fields)
