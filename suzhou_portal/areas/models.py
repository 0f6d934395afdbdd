"""The tree of administrative divisions, and what every record that stands in one shares."""

import datetime
from contextlib import suppress
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Left, Length
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.areas import codes, succession
from suzhou_portal.areas.answering import Answering
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.relations import account, refers_to
from suzhou_portal.areas.rules import any_blank, check, checks_hold
from suzhou_portal.fields import Name, PlannedDay
from suzhou_portal.keyset import InPartsQuerySet

COMMITTEE = "居委会"
_LEVELS = [
    Q(level=level) & Q(code__regex=f"^[0-9]{{{length}}}$")
    for level, length in codes.LENGTHS.items()
]


def in_force(day: datetime.date, path: str = "") -> Q:
    """The condition that a division exists on that day: the row's own, or the one its `path` leads to."""
    start, end = f"{path}valid_from", f"{path}valid_to"
    begun, lasting = Q(**{f"{start}__lte": day}), Q(**{f"{end}__gt": day})
    return (any_blank(start) | begun) & (any_blank(end) | lasting)


def counted_in(length: int) -> Any:
    """Where a record counts: its division's code cut to a length; the country where that is 0.

    PostgreSQL groups by no constant: the country's is one row.
    """
    return Left("area_id", length) if length else Value(codes.COUNTRY)


class AreaQuerySet(models.QuerySet):
    """Divisions, filtered by code prefix and by the date they are in force."""

    def inside(self, code: str):
        """The division itself and all in it."""
        return self.filter(codes.inside("code", [code]))

    def in_force(self, day: datetime.date):
        return self.filter(in_force(day))


class Area(models.Model):
    """A division of China, from the country to the grid. Its key is its code; codes are never reused."""

    code = models.CharField("区划代码", max_length=15, primary_key=True, db_collation="C")
    name = Name("名称", max_length=60)
    level = models.CharField("级别", max_length=10, choices=Level.choices, editable=False)
    parent = refers_to("self", "上级", "children", null=True, editable=False)
    valid_from = PlannedDay("设立日期", null=True, blank=True)
    valid_to = PlannedDay("撤销日期", null=True, blank=True, help_text="撤销当日起不再有效。")
    successor = refers_to("self", "并入", "predecessors", optional=True)
    is_demo = models.BooleanField("演示数据", default=False, editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            check(
                "area_level_fits_code",
                Q(code=codes.COUNTRY, level=Level.COUNTRY) | Q(*_LEVELS, _connector=Q.OR),
                "区划代码的位数与级别不符。",
            ),
            check(
                "area_parent_contains_it",
                Q(level=Level.COUNTRY, parent__isnull=True)
                | Q(level=Level.PROVINCE, parent=codes.COUNTRY)
                | Q(parent__isnull=False, code__startswith=F("parent")) & ~Q(code=F("parent")),
                "上级的区划代码必须是本级代码的前几位。",
            ),
            check(
                "area_valid_to_after_valid_from",
                any_blank("valid_to", "valid_from") | Q(valid_to__gt=F("valid_from")),
                "撤销日期必须晚于设立日期。",
            ),
        ]
        indexes = [models.Index(Length("code"), "code", name="area_length_code")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Level and parent follow from the code."""
        self.level = codes.level_of(self.code)
        self.parent_id = codes.parent_of(self.code)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("area", args=[self.code])

    def exists_on(self, day: datetime.date) -> bool:
        """Whether it has begun by that day and not yet ended."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)

    @property
    def shown_name(self) -> str:
        """Its name beside a record: that of one that has ended says so."""
        ended = self.valid_to is not None and self.valid_to <= timezone.localdate()
        return f"原{self.name}" if ended else self.name

    @property
    def short_name(self) -> str:
        """The name people use: a community's without 居委会, as which the statistics list it."""
        return self.name.removesuffix(COMMITTEE)


class AreaRecordQuerySet(InPartsQuerySet):
    """Records, filtered by where they stand."""

    def visible_to(self, user: Any, action: str = "view"):
        """Records the person may see, or may do something else with."""
        return self.filter(user.scope(self.model, action))

    def within(self, code: str):
        """Records standing in the division or anywhere inside it."""
        return self.filter(area__code__startswith=codes.prefix_of(code))

    def found_in(self, code: str):
        """What people look for in the division: records in it, and those left by what was merged into it."""
        return self.in_parts(*codes.each_inside("area__code", succession.answered_for(code)))

    def covering(self, code: str):
        """Records standing in the division or in one of the divisions around it."""
        return self.filter(area__in=codes.lineage(code))

    def standing(self, day: datetime.date):
        """Records whose home area exists on that day."""
        return self.filter(in_force(day, "area__"))

    def at_level(self, level: Level):
        """Records whose home area is itself at this level."""
        return self.filter(area__level=level)

    def until(self, day: datetime.date, column: str):
        """Records whose date in that column is that day or an earlier one."""
        return self.filter(**{f"{column}__lte": day})

    def not_yet(self, day: datetime.date, column: str):
        """Records whose date in that column is blank or a later one."""
        return self.filter(any_blank(column) | Q(**{f"{column}__gt": day}))

    def past_use(self, day: datetime.date):
        """Records of which nobody needs the personal data since before that day."""
        until = self.model.used_until  # type: ignore[attr-defined]
        return self.filter(**{f"{until}__lt": day}) if until else self.none()

    def open_on(self, day: datetime.date, start: str = "started_on", end: str = "ended_on"):
        """Records begun by that day and not yet over: the last day still counts."""
        return self.filter(any_blank(end) | Q(**{f"{end}__gte": day}), **{f"{start}__lte": day})


class AreaRecord(Answering, models.Model):
    """What every record shares: the one division it belongs to, at whatever level is true."""

    area = refers_to(Area, "所属地区", "+")
    is_demo = models.BooleanField("演示数据", default=False, editable=False)
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)
    entered_by = account("录入人", on_delete=models.SET_NULL, db_index=False)

    objects = AreaRecordQuerySet.as_manager()
    _checks_hold = _fields_hold = False
    # Names of rules that whoever validates asks about by themselves.
    asked_later: ClassVar[Any] = ()
    reference: ClassVar[bool] = False  # whether the reference data bring some
    called: ClassVar[str] = "name"  # the column whose text it goes by
    named_with: ClassVar[tuple[str, ...]] = ()  # the relations that its own text needs
    used_until: ClassVar[str] = ""  # the date after which nobody needs its personal data
    stands_with: ClassVar[str] = ""  # the record above, in whose area this kind always stands
    # In which states of the record above it is written, if not in all; and what of it later, too.
    written_while: ClassVar[tuple[str, ...]] = ()
    written_later: ClassVar[tuple[str, ...]] = ()
    # Roles to which these come from elsewhere: owners have their own wherever these stand, others those of
    # the divisions around theirs.
    comes_to: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self):
        return str(getattr(self, self.called))

    def save(self, *args, **kwargs):
        """What stands with another record stands where that one does."""
        self._stand()
        super().save(*args, **kwargs)

    @property
    def above(self) -> Any:
        """The record it stands with; None where it stands by itself, or nobody has said which."""
        return getattr(self, self.stands_with, None) if self.stands_with else None

    def clean(self):
        """Rules about the division are asked of the one in which it will stand."""
        super().clean()
        self._stand()
        above = self.above
        if not self.written_while or above is None or above.state in self.written_while:
            return
        if self._state.adding or self._differs(*self.written_later):
            kind, state = self._meta.verbose_name, above.get_state_display()
            ways = [
                move.label
                for before, after, move in above.lifecycle.changes()
                if before == above.state and after in self.written_while
            ]
            first = f"先办理“{'”或“'.join(ways)}”。" if ways else ""
            raise ValidationError(f"“{above}”现在是“{state}”，不能增加或修改{kind}。{first}")

    def _differs(self, *but: str) -> bool:
        """Whether it differs from what is stored in what a form asks for, but for these fields."""
        asked = [f.attname for f in self._meta.concrete_fields if f.editable and f.name not in but]
        stored = type(self)._base_manager.get(pk=self.pk)
        return any(getattr(self, name) != getattr(stored, name) for name in asked)

    def placed_on(self) -> datetime.date:
        """The day on which its division has to exist: that of its entry, unless it is about another."""
        return timezone.localdate()

    def require_standing(self, at: str = "area") -> None:
        """A new record begins in no division that has ended; what stands with a record of it goes on.

        Raises ValidationError `at` the field, which names the division to choose instead.
        """
        if self._state.adding and self.above is None and self.area_id:
            with suppress(Area.DoesNotExist):  # which is said where the column itself is checked
                area = self.area
                if area.valid_from or area.valid_to:  # else it is there on any day
                    succession.require_in_force(area, self.placed_on(), at)

    def require_takes(self, media_type: str, data: bytes) -> None:
        """Raises ValidationError for a file that may not be kept with this kind of record."""

    def _stand(self) -> None:
        if self.above is not None:
            self.area_id = self.above.area_id

    def full_clean(self, exclude=None, validate_unique=True, validate_constraints=True):
        """Rules across fields compute with them, so they are asked only once each by itself is right."""
        self.clean_fields(exclude)
        self._fields_hold = True
        try:
            super().full_clean(exclude, validate_unique, validate_constraints)
        finally:
            self._fields_hold = False

    def clean_fields(self, exclude=None):
        """Each asks the database whether the record that it refers to is there, so it is asked once."""
        if not self._fields_hold:
            super().clean_fields(exclude)
            self.require_standing("" if "area" in (exclude or ()) else "area")

    def validate_constraints(self, exclude=None):
        """Ask all checks in one statement; only where one is broken each by itself, as Django does."""
        self._checks_hold = checks_hold(self, exclude)
        try:
            super().validate_constraints(exclude)
        finally:
            self._checks_hold = False

    def get_constraints(self):
        """Return the constraints still to be asked one by one."""
        return [
            (model, [rule for rule in rules if not self._is_asked(rule)])
            for model, rules in super().get_constraints()
        ]

    def _is_asked(self, rule: Any) -> bool:
        checked = self._checks_hold and isinstance(rule, models.CheckConstraint)
        return checked or rule.name in self.asked_later

    def check_rules(self) -> None:
        """Every rule of the record, those about columns no form shows too. Raises ValidationError."""
        hidden = {field.name for field in self._meta.fields if not field.editable}
        self.clean_fields(exclude=hidden)
        self.clean()
        self.validate_unique()
        self.validate_constraints()
