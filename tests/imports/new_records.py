"""A new record of any ledger with every column filled, as an office would write it in a file.

What is filled in follows from the kinds of the columns, so that a new ledger needs nothing here unless its
rules want one column to fit another: then `FITTING` says so.
"""

import datetime
from decimal import Decimal

from django.db import models

from communities.enums.structure import BodyKind
from suzhou_portal.areas.models import Area
from suzhou_portal.fields import Code, CreditCode, DocumentNumber, PersonName, Phone
from tests.accounts.world import place_of
from tests.admin.test_admin import FACTORIES
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, AreaFactory

ELSEWHERE = "620902004005"
TEXTS = (
    (Phone, "13900001234"),
    (CreditCode, "51620902MJ00000000"),
    (DocumentNumber, "肃民发〔2023〕5号"),
    (Code, "SG20220601"),
    (PersonName, "钱某某"),
    (models.CharField, "另行说明"),
    (models.TextField, "第一条 照章办理。"),
)
OTHERS = (
    (models.BooleanField, True),
    (models.DateField, BEGUN),
    (models.TimeField, datetime.time(9, 30)),
    (models.DecimalField, Decimal("12.5")),
    (models.IntegerField, 3),
)
BLANK = None
FAR, NEXT_WEEK = (datetime.date.today() + datetime.timedelta(days) for days in (9_000, 7))  # noqa: DTZ011


def _made(name, path="", **known):
    """What another record, of the factory of that name, leads to, made where the new one stands."""

    def made(area, values):
        [factory] = [one for one in FACTORIES.values() if one.__name__ == name]
        shared = {"agreement": values["agreement"]} if "resource" in values else {}
        record = factory(area=area, **known, **shared)
        return getattr(record, path) if path else record

    return made


# By ledger: what each of some records says otherwise, since its rules let not all of its columns be filled,
# or want them to fit each other.
FITTING = {
    "services": [{"provider_name": BLANK}, {"provider": BLANK}],
    "compounds": [{"self_managed": False}, {"company": BLANK, "self_managed": True}],
    "grid-events": [{"due_on": NEXT_WEEK}],
    "exam-seasons": [
        {"results_on": lambda _, values: values["exam_on"] + datetime.timedelta(days=60)}
    ],
    "meetings": [{"ends": datetime.time(11)}],
    "capacities": [{"team": BLANK}, {"organization": BLANK}],
    "committee-members": [{"born": "1980-05"}],
    "service-hours": [{"activity": _made("ActivityFactory", held_on=NEXT_WEEK)}],
    "requests": [{"wished_on": NEXT_WEEK}],
    "co-building-projects": [
        {"resource": _made("CoBuildingResourceFactory", quantity=100, unit="套")}
    ],
    "governing-bodies": [
        {
            "kind": BodyKind.PROPERTY, "company": _made("ServedCompoundFactory", "company"),
            "agreement": BLANK, "head": BLANK,
        },
        {"name": "区供电公司", "company": BLANK, "head": _made("PostFactory", "person"), "head_name": BLANK},
    ],
}  # fmt: skip


def new_records(ledger):
    """The values, by field, of new records that together have every column filled."""
    return [_values(ledger, fitting) for fitting in FITTING.get(ledger.name, [{}])]


def _values(ledger, fitting):
    area = place_of(ledger.model, AreaFactory(code=COMMUNITY))
    known = _asked(ledger.model, area)
    values = {}
    for field in ledger.columns:
        value = known.get(field.name)
        values[field.name] = _filled(field, area) if value in (None, "") else value
    for name, value in fitting.items():
        values[name] = value(area, values) if callable(value) else value
    return values


def _asked(model, area):
    """What the factory of such records would make one of, with all around it."""
    kept = classmethod(lambda cls, model, *args, **kwargs: kwargs)
    return type("Asked", (FACTORIES[model],), {"_create": kept})(area=area)


def _filled(field, area):
    if field.is_relation:
        return _related(field, area)
    if field.choices:
        return next(value for value, _ in field.flatchoices if value not in ("", None))
    return next(value for kind, value in (*TEXTS, *OTHERS) if isinstance(field, kind))


def _related(field, area):
    if field.related_model is Area:
        there = [area, AreaFactory(code=ELSEWHERE)]
    else:
        made = FACTORIES[field.related_model]
        there = [made(area=place_of(field.related_model, area)) for _ in range(2)]
    return there if field.many_to_many else there[0]


def written(ledger, values):
    """The cells of a row that says this."""
    return [
        "" if values[field.name] is BLANK else _cell(ledger, place, field, values[field.name])
        for place, field in enumerate(ledger.columns)
    ]


def _cell(ledger, place, field, value):
    if field.many_to_many:
        return "、".join(_name(ledger, field, one) for one in value)
    if isinstance(value, models.Model):
        return _name(ledger, field, value)
    if field.choices:
        return str(dict(field.flatchoices)[value])
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.date):
        return (value, f"{value:%Y.%-m.%-d}", f"{value:%Y年%-m月%-d日}")[place % 3]
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return value if place % 2 else str(value)


def _name(ledger, field, record):
    if isinstance(record, Area):
        return record.code
    for step in ledger.name_of(field).split("__"):
        record = getattr(record, step)
    return str(record)


def wrong_cells(field, cell):
    """What no cell of the column may say, each of another kind of mistake."""
    if field.max_length or field.is_relation or field.choices:
        yield "长" * ((field.max_length or 60) + 1)
    if not field.blank:
        yield ""
    if field.many_to_many:
        yield f"{cell}、没有的"
        yield f"{cell}、{str(cell).split('、')[0]}"
    if not field.choices:
        yield from next((texts for kind, texts in WRONG if isinstance(field, kind)), ())


WRONG = (
    (Phone, ("不详", "1390000123", "390000")),
    (models.CharField, ("读不出\ufffd的字", "6.20902E+17")),
    (models.TextField, ("读不出\ufffd的字",)),
    (models.BooleanField, ("也许", "2")),
    (models.DateField, ("2022-13-01", "2022年2月30日", "2022.6", "44713", "1949-09-30", str(FAR))),
    (models.TimeField, ("25:61", "上午")),
    (models.DecimalField, ("一百元", "-1", "9" * 20, "1.23456", "NaN")),
    (models.IntegerField, ("三个", "-1", "1.5", "9" * 20)),
)
