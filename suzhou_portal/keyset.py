"""Pages of a list by the row at which the last one ended: any page costs what the first costs, and
rows that come or go meanwhile make no other row appear twice or never.

An address says the values of that row, signed: whatever was not made here for this order is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import takewhile
from operator import or_
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, Expression, F, Field, Func, Model, Q, QuerySet, Value

CAP = 1_000  # rows that are counted one by one; beyond, "more than that" is told
_FORWARD, _BACKWARD = ">", "<"


class InPartsQuerySet(QuerySet):
    """A queryset that may say of which parts it consists.

    PostgreSQL finds the first rows of each by an index, but not of all at once.
    """

    parts: tuple[Q, ...] = (Q(),)
    order_if_few: tuple[str, ...] = ()

    def in_parts(self, *parts: Q):
        """The rows of all these parts, which have none in common."""
        found = self.filter(reduce(or_, parts))
        found.parts = parts
        return found

    def if_few(self, *names: str):
        """The rows in this order where all of them can be compared: no more than are counted."""
        found = self.all()
        found.order_if_few = names
        return found

    def _clone(self):
        clone = super()._clone()  # type: ignore[misc]
        clone.parts, clone.order_if_few = self.parts, self.order_if_few
        return clone


class BadCursorError(ValueError):
    """The text is no cursor of a list in this order."""


@dataclass(frozen=True)
class Key:
    """One of the columns that order a list; `name` as `order_by` takes it, without its sign."""

    name: str
    descending: bool
    field: Field
    nullable: bool = False

    @property
    def order(self) -> str:
        """The column with its sign, in the form that `order_by` takes."""
        return f"-{self.name}" if self.descending else self.name

    @property
    def turned(self) -> "Key":
        """A key of this column that orders the other way round."""
        return replace(self, descending=not self.descending)

    def of(self, row: Any) -> Any:
        """The row's value, as JSON can say it."""
        value = reduce(lambda one, name: getattr(one, name, None), self.name.split("__"), row)
        return value if value is None or isinstance(value, bool | int | str) else str(value)


@dataclass(frozen=True)
class CursorPage:
    """Some rows of a list, and the cursors of the pages around: empty where there is none.

    `count` is how many rows the whole list has; with `capped` it has more than that.
    """

    object_list: list[Any]
    count: int
    capped: bool
    previous: str
    next: str
    last: str

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def total(self) -> str:
        """The number of rows as people read it."""
        return f"{self.count:,}"


def keys_of(queryset: QuerySet) -> tuple[Key, ...]:
    """What orders the queryset; its primary key breaks ties, so that the order is total.

    Only names can order a list of pages: an expression is annotated first, and never null.
    """
    model, query = queryset.model, queryset.query
    names = query.order_by or (model._meta.ordering if query.default_ordering else ())
    keys = [_key(queryset, name) for name in names]
    before = list(takewhile(lambda key: key.name != "pk", keys))
    # As said, or in the direction of the column before it.
    descending = any(key.descending for key in keys[: len(before) + 1][-1:])
    return (*before, Key("pk", descending, model._meta.pk))


def page(queryset: QuerySet, cursor: str, size: int) -> CursorPage:
    """The rows the cursor leads to; the first ones where it is empty. Two statements.

    Raises BadCursorError.
    """
    counted = _first_of_each_part(queryset.order_by(), CAP + 1).count()
    if_few: tuple[str, ...] = getattr(queryset, "order_if_few", ())
    if if_few and not counted:  # a cursor may be of the other order
        return CursorPage([], 0, False, "", "", "")
    if if_few and counted <= CAP:
        queryset = queryset.order_by(*if_few)
    keys = keys_of(queryset)
    signer = Signer(salt=f"{queryset.model._meta.label} {[key.order for key in keys]}", sep=".")
    try:
        direction, *values = signer.unsign_object(cursor) if cursor else [_FORWARD]
    except BadSignature as error:
        raise BadCursorError(cursor) from error
    rows, more = _rows(queryset, keys, direction, values, size)
    if values and not rows:  # all that lay there is gone: what is left ends, or begins, here
        direction, values = (_BACKWARD if direction == _FORWARD else _FORWARD), []
        rows, more = _rows(queryset, keys, direction, values, size)
    forward = direction == _FORWARD

    def sign(direction: str, *row: Model) -> str:
        return signer.sign_object([direction, *(key.of(one) for one in row for key in keys)])

    return CursorPage(
        rows,
        min(counted, CAP),
        counted > CAP,
        previous=sign(_BACKWARD, rows[0]) if (values if forward else more) else "",
        next=sign(_FORWARD, rows[-1]) if (more if forward else values) else "",
        last=sign(_BACKWARD),
    )


def _key(queryset: QuerySet, order: Any) -> Key:
    if not isinstance(order, str):
        raise TypeError(f"a list of pages is ordered by names, not by {order!r}")
    name = order.removeprefix("-")
    if name in queryset.query.annotations:
        return Key(name, name != order, queryset.query.annotations[name].output_field)
    model, nullable, *way = queryset.model, False, *name.split("__")
    for part in way:
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model, nullable = field.related_model, nullable or field.null
    # By itself a relation would be sorted as the records it leads to are, and compared by their keys.
    name = "pk" if field == queryset.model._meta.pk else "__".join((*way[:-1], field.attname))
    return Key(name, order.startswith("-"), field, nullable)


def _rows(
    queryset: QuerySet, keys: tuple[Key, ...], direction: str, values: list[Any], size: int
) -> tuple[list[Any], bool]:
    """The rows in the order of the list, and whether more lie beyond them in that direction."""
    forward = direction == _FORWARD
    ahead = keys if forward else tuple(key.turned for key in keys)
    if values:
        typed = [key.field.to_python(value) for key, value in zip(keys, values, strict=True)]
        queryset = queryset.filter(_beyond(ahead, typed))
    ordered = queryset.order_by(*(key.order for key in ahead))
    # Keys are sorted, and then the rows of one page are read.
    found = list(ordered.filter(pk__in=_first_of_each_part(ordered, size + 1))[: size + 1])
    rows = found[:size] if forward else found[:size][::-1]
    return rows, len(found) > size


def _first_of_each_part(queryset: QuerySet, number: int) -> QuerySet:
    """The keys of the first rows of each part of a list, or of the whole where it has none."""
    first, *others = (
        queryset.filter(part).values("pk")[:number] for part in getattr(queryset, "parts", [Q()])
    )
    return first.union(*others, all=True) if others else first


def _beyond(keys: tuple[Key, ...], values: list[Any]) -> Q:
    """The rows that follow those values.

    Neighbouring columns that go the same way are compared as one row, which an index over them
    answers; where the others join in, an index over the first ones still finds the beginning.
    """
    first, value = keys[0], values[0]
    if first.nullable:
        length, further = 1, _beyond_nullable(first, value)
        same = Q(**{f"{first.name}__isnull": True} if value is None else {first.name: value})
        reach = Q()
    else:
        alike = takewhile(
            lambda key: (key.descending, key.nullable) == (first.descending, False), keys
        )
        length, sign = len(list(alike)), "<" if first.descending else ">"
        further, same, reach = (
            Q(_compared(keys[:length], how, values[:length])) for how in (sign, "=", f"{sign}=")
        )
    if length == len(keys):
        return further
    return reach & (further | same & _beyond(keys[length:], values[length:]))


def _beyond_nullable(key: Key, value: Any) -> Q:
    """PostgreSQL puts what is null last, and first in descending order."""
    null = f"{key.name}__isnull"
    if key.descending:
        return Q(**{null: False}) if value is None else Q(**{f"{key.name}__lt": value})
    nothing = Q(pk__in=[])
    return nothing if value is None else Q(**{f"{key.name}__gt": value}) | Q(**{null: True})


def _compared(keys: tuple[Key, ...], how: str, values: list[Any]) -> Expression:
    sides = (
        [F(key.name) for key in keys],
        [Value(value, output_field=key.field) for key, value in zip(keys, values, strict=True)],
    )
    left, right = (Func(*side, template="(%(expressions)s)") for side in sides)
    return Func(
        left, right, template="%(expressions)s", arg_joiner=f" {how} ", output_field=BooleanField()
    )
