"""Rules that many records share, as constraints the database holds, each with its Chinese message."""

from collections.abc import Collection
from contextlib import suppress
from functools import cache, partial, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import DEFAULT_DB_ALIAS, models, router
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Least, Length, NullIf
from django.db.models.lookups import Exact, LessThanOrEqual

from suzhou_portal import clock
from suzhou_portal.areas.codes import COUNTRY, LENGTHS, Level

YEARS, _YEAR_RULE = (2000, 2100), "请填写2000至2100之间的年份。"
year_validators = (MinValueValidator(YEARS[0], _YEAR_RULE), MaxValueValidator(YEARS[1], _YEAR_RULE))
LONGEST_NIGHT = 12  # hours


class _SaidAt(models.constraints.BaseConstraint):
    """A constraint that names the field at which forms say it is broken, if any; to migrations a plain one."""

    plain: type[models.constraints.BaseConstraint]

    def __init__(self, *, at: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.at = at

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        try:
            super().validate(model, instance, exclude, using)
        except ValidationError as error:
            at = self.at or self.broken_at(instance)
            if not at:
                raise
            raise ValidationError({at: error.messages}) from error

    def broken_at(self, instance: models.Model) -> str:
        """The field that breaks it, where that is one alone."""
        return ""

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return f"django.db.models.{self.plain.__name__}", args, kwargs

    def clone(self):
        return type(self)(at=self.at, **self.deconstruct()[2])


class CheckAt(_SaidAt, models.CheckConstraint):
    """A check whose message stands at a field: the one it names, or the only one that a broken part of it
    is about.
    """

    plain = models.CheckConstraint

    def broken_at(self, instance):
        values = instance._get_field_expression_map(instance._meta)
        about = type(instance)._get_expr_references
        condition: Any = self.condition
        whole = condition.negated or condition.connector != Q.AND
        for part in [condition] if whole else map(Q, condition.children):
            names = {name for name, *_ in about(part)}
            known = {name: _typed(value) for name, value in values.items() if name in names}
            alone = len(names) == 1 and instance._meta.get_field(*names).editable
            if alone and not part.check(known, router.db_for_write(type(instance))):
                return names.pop()
        return ""


class UniqueAt(_SaidAt, models.UniqueConstraint):
    """At most one such record; the message stands at a field."""

    plain = models.UniqueConstraint


class Apart(ExclusionConstraint):
    """An exclusion that is not asked while a form leaves out a column that its condition is about."""

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        with suppress(FieldError):
            super().validate(model, instance, exclude, using)

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return "django.contrib.postgres.constraints.ExclusionConstraint", args, kwargs


def checks_hold(record: models.Model, exclude: Collection[str] | None) -> bool:
    """Whether all checks hold that are about no column left out: asked in one statement."""
    asked = _together(type(record), frozenset(exclude or ()))
    known = {
        name: _typed(value)
        for name, value in record._get_field_expression_map(record._meta, exclude).items()  # type: ignore[attr-defined]
    }
    try:
        return not asked or asked.check(known, router.db_for_write(type(record), instance=record))
    except FieldError:  # a generated column that is made of one left out
        return False


def _typed(value: Any) -> Any:
    """Blank with its type: without one the check fails, and Django takes that for one that holds."""
    blank = isinstance(value, Value) and value.value is None
    return Cast(value, value.output_field) if blank else value


@cache
def _together(model: type[models.Model], exclude: frozenset[str]) -> Q:
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    about: Any = model._get_expr_references  # type: ignore[attr-defined]
    return Q(*[
        rule.condition for rule in checks if exclude.isdisjoint(name for name, *_ in about(rule.condition))
    ])  # fmt: skip


def check(name: str, condition: Q, message: str, at: str = "") -> models.CheckConstraint:
    """What holds of every record, with what is said where it doesn't: `at` a field, else where one alone
    breaks it there.
    """
    return CheckAt(at=at, name=name, condition=condition, violation_error_message=message)


def unique(
    name: str, message: str, *fields: str, condition: Q | None = None, at: str = ""
) -> models.UniqueConstraint:
    """No two of the records that meet the condition agree in all these fields; said `at` a field."""
    said = {"fields": fields, "condition": condition, "violation_error_message": message}
    rule: Any = partial(UniqueAt, at=at) if at else models.UniqueConstraint
    return rule(name=name, **said)


def together(name: str, *fields: str) -> models.UniqueConstraint:
    """Lets others refer to a record and these fields of it together: a migration adds the composite
    foreign key that keeps what they repeat equal.
    """
    return models.UniqueConstraint(name=name, fields=("id", *fields))


def any_blank(*fields: str) -> Q:
    """One of the fields is blank."""
    return Q(*[(f"{field}__isnull", True) for field in fields], _connector=Q.OR)


def filled_while(name: str, field: str, message: str, **state: Any) -> models.CheckConstraint:
    """The field is filled in records of that state, such as `state="closed"`, and blank in others."""
    filled, blank = ({f"{field}__isnull": one} for one in (False, True))
    return check(name, Q(**state, **filled) | ~Q(**state) & Q(**blank), message)


def in_order(name: str, earlier: str, later: str, message: str) -> models.CheckConstraint:
    """`later` is blank or not before `earlier`."""
    return check(
        name, any_blank(later, earlier) | Q(**{f"{later}__gte": F(earlier)}), message, at=later
    )


def not_negative(
    name: str, *fields: str, message: str = "金额不能小于0。"
) -> models.CheckConstraint:
    """None of the fields is below zero; blank is allowed."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__gte": 0}) | any_blank(field)
    return check(name, condition, message)


def by_another(name: str, who: str, whom: str, message: str) -> models.CheckConstraint:
    """`who` is not the account in `whom`; either may be blank, as where a command acted."""
    return check(name, any_blank(who, whom) | ~Q(**{who: F(whom)}), message)


def stands_at(*levels: Level) -> Q:
    """The record's home area is at one of these levels."""
    return reduce(or_, (Q(Exact(Length("area"), LENGTHS[level])) for level in levels))


def placed(name: str, message: str, level: Level) -> models.CheckConstraint:
    """The record's home area is at this level."""
    return check(name, stands_at(level), message)


def may_stand_in(model: type[models.Model], code: str) -> bool:
    """Whether the model's records stand at the level of that division, as its rules (`stands_at`) say."""
    known = {stands_at(level).children[0]: length for level, length in LENGTHS.items()}
    conditions = [getattr(rule, "condition", None) for rule in model._meta.constraints]
    levels = [
        one.children
        for one in conditions
        if one and all(isinstance(child, Exact) and child in known for child in one.children)
    ]
    return all(len(code) in {known[child] for child in asked} for asked in levels)


def one_at_a_time(name: str, start: str, end: str, condition: Q, message: str) -> Apart:
    """Of the records of one area that meet the condition, no two run on the same day.

    The last day still counts; a blank end is open. The code is compared as a range of one number,
    which GiST can do without an extension.
    """
    code = Cast(NullIf("area", Value(COUNTRY)), models.BigIntegerField())
    closed = Value("[]")
    return Apart(
        name=name,
        expressions=[
            (Func(code, code, closed, function="int8range"), RangeOperators.OVERLAPS),
            # Dates out of order make no range; another rule refuses them.
            (Func(Least(start, end), end, closed, function="daterange"), RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )


def in_hours(name: str, begin: str, end: str) -> models.CheckConstraint:
    """What ends has begun, at another time; what ends on the next day is no longer than a night, since
    most such spans are times filled in the wrong way round.
    """
    lasts = clock.sql_minutes(F(begin), F(end))
    same_day = Q(**{f"{end}__gt": F(begin)}) | Q(**{end: clock.MIDNIGHT})
    overnight = Q(LessThanOrEqual(lasts, LONGEST_NIGHT * 60))
    told = Q(**{f"{begin}__isnull": False}) & ~Q(**{begin: F(end)}) & (same_day | overnight)
    return check(
        name,
        Q(**{f"{end}__isnull": True}) | told,
        "结束时间须晚于开始时间；到次日的填次日的时间，"
        f"不超过{LONGEST_NIGHT}小时，到半夜的填24:00。",
        at=end,
    )


def no_overlap(
    name: str, who: str, day: str, hours: tuple[str, str, str], condition: Q, message: str
) -> Apart:
    """Of the records of one `who` that meet the condition, no two run at once.

    The `hours` are when what begins on that day starts, and from when to when somebody takes part. One may
    begin when another ends. A blank time makes no range. The key is compared as a range of one number,
    which GiST can do without an extension.
    """
    starts, begin, end = hours
    came = clock.sql_moment(day, starts, begin)
    left = clock.sql_later(came, clock.sql_minutes(begin, end))
    return Apart(
        name=name,
        expressions=[
            (Func(who, who, Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
            (Func(came, left, function="tsrange"), RangeOperators.OVERLAPS),
        ],
        condition=condition & Q(**{f"{begin}__isnull": False, f"{end}__isnull": False}),
        violation_error_message=message,
    )
