"""月报、季报、年报: what a report says, once for the page and for every file made of it.

Everything here is text or a number as people read it, so that no renderer can say anything else.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards.tables import Row, Table, inside_table
from suzhou_portal.figures.cards import published_in, published_text, shown_in
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.targets import Aim, targets_for
from suzhou_portal.figures.trends import series
from suzhou_portal.records.parties import Party
from suzhou_portal.reporting.disclosure import disclosed
from suzhou_portal.reporting.models import Return, Snapshot
from suzhou_portal.reporting.wording import change_text, parts_text

T = TypeVar("T")
SIGNATURES = ("单位负责人", "审核人", "填报人", "填报日期")
HEADINGS = ("指标", "本期", "单位", "环比", "同比", "上报发布值")


@dataclass(frozen=True)
class Definition:
    """A kind of report: its name, and whether the figures that explain others are in it too."""

    kind: PeriodKind
    name: str
    supporting: bool

    def figures_of(self, party: Party) -> list[Figure]:
        """The figures of a party that the report is about."""
        return [one for one in figures.all(party) if self.supporting or one.reported]


DEFINITIONS = {
    kind: Definition(kind, name, supporting=kind is PeriodKind.YEAR)
    for kind, name in zip(PeriodKind, ("月报", "季报", "年报"), strict=True)
}


@dataclass(frozen=True)
class ReportLine:
    """A figure in a report. `number` is the value as shown, None where `text` says why there is none.

    `reported` is what the unit's own approved return kept, with its corrections.
    """

    figure: Figure
    text: str
    unit: str
    number: Decimal | None
    parts: str
    from_previous: str
    from_year_before: str
    reported: str

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns of HEADINGS."""
        value = f"{self.text}（{self.parts}）" if self.parts else self.text
        changes = (self.from_previous, self.from_year_before)
        return (self.figure.label, value, self.unit, *changes, self.reported)


@dataclass(frozen=True)
class Note:
    """What a figure means, and what was published of it: value, words, source and day."""

    figure: Figure
    published: str
    quote: str
    source: str

    @property
    def text(self) -> str:
        """In one paragraph."""
        said = f"公布值{self.published}，原文“{self.quote}”，出处：{self.source}。"
        meaning = f"{self.figure.label}（{self.figure.nature}）：{self.figure.definition}"
        return meaning + (said if self.quote else "")


@dataclass(frozen=True)
class Report:
    """A report of a division for a period, ready to be shown or written to a file."""

    definition: Definition
    area: Area
    period: Period
    clock: datetime.date
    sections: list[tuple[Party, list[ReportLine]]]
    inside: Table | None
    notes: list[Note]
    published: Return | None
    demonstration: bool
    aims: list[Aim]

    @property
    def title(self) -> str:
        """Its heading."""
        return f"{self.area.name}五社联动{self.period.label}{self.definition.name}"

    @property
    def yearly(self) -> bool:
        """Whether the period before is also the one a year before, so that 环比 would be 同比 again."""
        return self.period.kind is PeriodKind.YEAR

    def shown(self, columns: Sequence[T]) -> tuple[T, ...]:
        """Of something for each of HEADINGS, what a report of this kind has."""
        left_out = "环比" if self.yearly else ""
        return tuple(one for name, one in zip(HEADINGS, columns, strict=True) if name != left_out)

    @property
    def headings(self) -> tuple[str, ...]:
        return self.shown(HEADINGS)

    @property
    def facts(self) -> list[str]:
        """What has to be known to read it, a line each."""
        status = "已上报发布" if self.published else "本单位未就这一时期上报发布"
        lines = [
            f"地区：{self.area.name}（{self.area.code}）",
            f"时期：{self.period.label}，统计截至{formats.date(self.period.until(self.clock))}",
            f"上报：{status}",
        ]
        if self.aims:
            lines.append(f"目标：{'；'.join(map(_aimed, self.aims))}。")
        if not self.finished:
            lines.append("本期还没有结束，数值会变。")
        if self.is_empty:
            lines.append("这一地区到这一时期还没有记录，下列数值为零或未知。")
        if self.demonstration:
            lines.append("演示数据：记录均为虚构，不得用作统计依据。")
        return lines

    @property
    def finished(self) -> bool:
        return self.period.ended_by(self.clock)

    @property
    def is_empty(self) -> bool:
        return not any(line.number for _, lines in self.sections for line in lines)

    @property
    def divisions(self) -> list[tuple[str, Row]]:
        """What lies inside, by name, the total last; empty where nothing does."""
        if self.inside is None:
            return []
        return [*((row.name, row) for row in self.inside.rows), ("合计", self.inside.total)]

    @property
    def name(self) -> str:
        """Of its files, without ending."""
        return f"{self.area.code}-{self.period}"


def report(scope: Scope, period: Period, *, demonstration: bool) -> Report:
    """The report of the scope's division for a period that has begun."""
    definition, known = DEFINITIONS[period.kind], published_in(scope.area)
    kept = _kept(scope.area.code, period)
    sections = [
        (party, [_line(one, scope, period, kept) for one in definition.figures_of(party)])
        for party in Party
    ]
    return Report(
        definition=definition,
        area=scope.area,
        period=period,
        clock=scope.clock,
        sections=sections,
        inside=inside_table(replace(scope, period=period)),
        notes=[
            _note(one.figure, known.get(one.figure.key)) for _, lines in sections for one in lines
        ],
        published=next((one.report for one in kept.values()), None),
        demonstration=demonstration,
        aims=_aims(definition, replace(scope, period=period)),
    )


def _aims(definition: Definition, scope: Scope) -> list[Aim]:
    """What the report's figures were to come to in the period, and did."""
    chosen = [one.since(scope.since) for party in Party for one in definition.figures_of(party)]
    return list(targets_for(chosen, scope).values())


def _aimed(aim: Aim) -> str:
    now = "".join(shown_in(aim.amount, aim.figure.unit))
    return f"{aim.figure.label}{aim.target.wanted}，本期{now}，{aim.standing}"


def _kept(area: str, period: Period) -> dict[str, Snapshot]:
    published = Return.objects.published().filter(area=area, period=str(period))
    kept = Snapshot.objects.filter(report__in=published).with_proof()
    return {snapshot.figure: snapshot for snapshot in disclosed(kept)}


def _line(figure: Figure, scope: Scope, period: Period, kept: dict[str, Snapshot]) -> ReportLine:
    [value] = series(figure.key, scope.area.code, [period], scope.clock)
    text, unit = shown_in(value.amount, figure.unit)
    snapshot = kept.get(figure.key)
    return ReportLine(
        figure=figure.since(period.first),
        text=text,
        unit=unit,
        number=None if value.value is None else formats.scaled(value.value, figure.unit)[0],
        parts=parts_text(value.amount, "÷", formats.number),
        from_previous=change_text(value.from_previous, figure),
        from_year_before=change_text(value.from_year_before, figure),
        reported=_reported(snapshot) if snapshot else "—",
    )


def _reported(snapshot: Snapshot) -> str:
    said = [f"更正为{one.text}" if one.text else one.note for one in snapshot.corrected]
    return snapshot.text + (f"（{'；'.join(said)}）" if said else "")


def _note(figure: Figure, value: PublishedValue | None) -> Note:
    if value is None:
        return Note(figure, "", "", "")
    inferred = "（推定）" if value.as_of_inferred else ""
    source = f"{value.source}，截至{formats.date(value.as_of)}{inferred}"
    return Note(figure, published_text(figure, value), value.quote, source)
