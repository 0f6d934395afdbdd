"""我的工作: what is to be done over all kinds of record, by the day by which it is to be done."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from suzhou_portal.audit import trail
from suzhou_portal.desks.following import weighs
from suzhou_portal.desks.lately import SHOWN, Entered
from suzhou_portal.desks.together import version_of
from suzhou_portal.desks.waiting import MOST, Waits, all_waiting, desk_list, nearer
from suzhou_portal.figures.scope import site_as_of
from suzhou_portal.lifecycle.allowed import offered
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.records.gathering import gathered, named
from suzhou_portal.records.kinds import Kind

PAGE = 30
STEPS = 2  # that a row offers; the record's page has them all
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class StepButton:
    """A step that a row offers: taken at once, or, where it asks for something, on the page of its form."""

    move: Move
    url: str
    at_once: bool


@dataclass
class Task:
    """A record that waits: what, whose, where, by when, and what can be done at once."""

    waits: Waits
    day: datetime.date
    record: Any = None
    steps: list[StepButton] = field(default_factory=list)

    @property
    def due(self) -> str:
        """How the day by which it is to be done stands to today; blank where none is set."""
        due = self.waits.due
        if due is None:
            return ""
        left = (due - self.day).days
        if left < 0:
            return f"超期{-left}天"
        if left == 0:
            return "今天"
        return "本周" if left < DAYS_OF_WEEK - self.day.weekday() else "以后"

    @property
    def tone(self) -> str:
        """How the pill of its day is coloured."""
        return {"超": "bad", "今": "not_comparable"}.get(self.due[:1], "quiet")

    @property
    def url(self) -> str:
        """Its page; where the kind has no desk, that of the admin."""
        model, kind = type(self.record)._meta, self.waits.kind
        if kind.name:
            return reverse("desk_record", args=[kind.name, self.waits.pk])
        names = f"admin:{model.app_label}_{model.model_name}_change"
        return reverse(names, args=[self.waits.pk])

    @property
    def state(self) -> str:
        """Where it stands; blank of what has no steps."""
        return self.record.get_state_display() if isinstance(self.record, Staged) else ""

    @property
    def version(self) -> str:
        """As `together.version_of` has it."""
        return version_of(self.record)


@dataclass(frozen=True)
class Waiting:
    """All that waits: of the person's own level, and what offices nearer to the records can do too; and how
    many records each to-do has.
    """

    own: list[Waits]
    inner: list[Waits]
    counts: list[tuple[str, str, str]]  # label, number, address

    def shown(self, whose: str) -> list[Waits]:
        """Those asked for; where nothing of the own level waits, what waits inside."""
        return self.inner if whose == "inner" else self.own


def sorted_waiting(user: Any, day: datetime.date) -> Waiting:
    """What waits for the person, each record once, those due first and those without a day last."""
    found = all_waiting(user, day)
    once: dict[tuple[Kind, int], Waits] = {}
    counts: Counter[tuple[Kind, Any]] = Counter()
    levels: dict[tuple[Kind, Any], int | None] = {}
    for one in found:
        counts[one.kind, one.todo] += 1
        once.setdefault((one.kind, one.pk), one)
    for kind, todo in counts:
        levels[kind, todo] = nearer(user, kind, todo)
    parts: dict[bool, list[Waits]] = defaultdict(list)
    for one in sorted(once.values(), key=_urgency):
        level = levels[one.kind, one.todo]
        parts[level is None or len(one.area) < level or bool(one.todo.own)].append(one)
    return Waiting(
        parts[True], parts[False], [_counted(*of, number) for of, number in counts.items()]
    )


def onward(request: HttpRequest, said: str, record: Any) -> SafeString:
    """What is said after a step on a record's page: that it is done, what waits next, and the way to all that waits."""
    user, day = request.user, site_as_of(request)
    found = sorted_waiting(user, day)
    here = (type(record), record.pk)
    waiting = [one for one in found.own or found.inner if (one.kind.model, one.pk) != here]
    tasks, _ = opened(user, day, waiting[:1], [])
    following = format_html_join(
        "", '下一件：<a href="{}">{}</a>。', [(task.url, task.record) for task in tasks]
    )
    return format_html('{}{}<a href="{}">返回我的工作</a>', said, following, reverse("desk_index"))


def _urgency(one: Waits) -> tuple[datetime.date, str]:
    return one.due or datetime.date.max, one.kind.noun


def _counted(kind: Kind, todo: Any, number: int) -> tuple[str, str, str]:
    shown = f"{MOST}以上" if number > MOST else str(number)
    return todo.label, shown, f"{desk_list(kind.model)}?todo={todo.key}"


def opened(
    user: Any, day: datetime.date, rows: Iterable[Waits], entered: Entered
) -> tuple[list[Task], list[tuple[Kind, Any]]]:
    """The rows with their records and steps, and the records entered lately that the person still sees:
    the same few statements however many.
    """
    tasks = [Task(one, day) for one in rows]
    wanted: dict[Kind, set[int]] = defaultdict(set)
    lately = list(dict.fromkeys(entered))[:SHOWN]
    for kind, pk in [*((one.waits.kind, one.waits.pk) for one in tasks), *lately]:
        wanted[kind].add(pk)
    parts = gathered(
        [
            kind.model._default_manager.visible_to(user).filter(pk__in=keys)
            for kind, keys in wanted.items()
        ]
    )
    there = {(kind, one.pk): one for kind, part in zip(wanted, parts, strict=True) for one in part}
    named(there.values())
    for part in parts:
        trail.look(part)
    tasks = [one for one in tasks if (one.waits.kind, one.waits.pk) in there]
    for task in tasks:
        task.record = there[task.waits.kind, task.waits.pk]
    _give_steps(user, tasks)
    return tasks, [(kind, there[kind, pk]) for kind, pk in lately if (kind, pk) in there]


def _give_steps(user: Any, tasks: list[Task]) -> None:
    asked = [
        one
        for one in tasks
        if one.waits.todo.steps and one.waits.kind.name and isinstance(one.record, Staged)
    ]
    given = offered(user, [(one.record, one.waits.todo.action) for one in asked])
    for task in asked:
        record, desk = task.record, task.waits.kind
        for move in given[record._meta.label_lower, record.pk][:STEPS]:
            at_once = not move.asks and not weighs(record, move)
            route = "desk_together" if at_once else "desk_move"
            key = [] if at_once else [record.pk]
            url = reverse(route, args=[desk.name, *key, move.verb])
            task.steps.append(StepButton(move, url, at_once))


def together(found: Iterable[Waits]) -> list[tuple[str, int, str]]:
    """The steps that can be taken for several of the records at once: what, how many, and where."""
    counts: Counter[tuple[Kind, Move]] = Counter()
    for one in found:
        if one.kind.name and one.kind.staged and one.todo.steps:
            counts.update({(one.kind, move) for move in _common(one)})
    return [
        (
            f"{move.label}：{kind.noun}",
            number,
            reverse("desk_together", args=[kind.name, move.verb]),
        )
        for (kind, move), number in counts.items()
        if number > 1
    ]


def _common(one: Waits) -> list[Move]:
    """The steps that any record of the to-do may take, without anything being asked for."""
    table: Any = one.kind.model.lifecycle  # type: ignore[attr-defined]
    states = {*one.todo.states} or (set() if callable(one.todo.which) else {*table.open})
    return [
        move
        for move in table.moves
        if move.action == one.todo.action
        and states
        and states <= {*move.sources}
        and not move.asks
        and not move.proposed_by
    ]
