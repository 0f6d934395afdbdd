"""Every declared figure is whole, and can be computed on an empty site."""

import datetime

import pytest
from django.core.exceptions import FieldDoesNotExist

from suzhou_portal.figures import door
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import CountOf, CurrentOf, MeanOf, RatioOf
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import Figure, FigureRegistry, figures, no_records
from suzhou_portal.records.parties import Party
from tests.cases import case
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory

DAY = datetime.date(2023, 4, 30)
KEYS = [figure.key for figure in figures.all()]
COUNTED = [key for key in KEYS if not isinstance(figures.get(key).measure, RatioOf)]


def a_figure(key, party=Party.WORKERS):
    return Figure(
        key=key, label="某数", unit="个", party=party, kind=FigureKind.STOCK, measure=CountOf(),
        definition="某数。",
    )  # fmt: skip


def resolves(model, path):
    """Whether every step of a column's path is a relation, and the last a field or property."""
    *relations, last = path.split(".")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    try:
        return bool(model._meta.get_field(last))
    except FieldDoesNotExist:
        return isinstance(getattr(model, last, None), property)


def test_says_what_it_is():
    for figure in figures.all():
        with case(figure.key):
            assert len(figure.key) <= PublishedValue._meta.get_field("figure").max_length
            assert figure.label
            assert figure.unit
            assert figure.definition.endswith("。")
            assert isinstance(figure.measure, RatioOf) is (figure.records_as_of is no_records)


def test_columns_stand_on_its_model():
    for key in COUNTED:
        with case(key):
            figure = figures.get(key)
            queryset = figure.records_as_of(DAY)
            assert figure.columns[0].path == "area"
            assert [
                column.path
                for column in figure.columns
                if not resolves(queryset.model, column.path)
            ] == []
            str(queryset.select_related(*figure.joins).query)


def test_a_ratio_divides_declared_figures():
    for key in set(KEYS) - set(COUNTED):
        measure = figures.get(key).measure
        assert {measure.numerator, measure.denominator} <= set(COUNTED), key


@pytest.mark.django_db
def test_where_there_are_no_records():
    AreaFactory(code=COMMUNITY)
    for figure in figures.all():
        with case(figure.key):
            value = door.value(figure.key, DISTRICT, DAY)
            assert value.state is figure.nothing
            assert value.value == (0 if figure.nothing is State.KNOWN else None)
            places = [] if isinstance(figure.measure, CurrentOf) else [COMMUNITY[:9], DISTRICT]
            assert [row.area for row in door.breakdown(figure.key, DISTRICT, DAY)] == places
            assert door.breakdown(figure.key, COMMUNITY + "001", DAY) == []


def test_a_key_is_declared_once():
    registry = FigureRegistry()
    registry.add(a_figure("one"))
    with pytest.raises(ValueError, match="one is declared twice"):
        registry.add(a_figure("two"), a_figure("one"))


def test_figures_come_by_party():
    registry = FigureRegistry()
    charity, worker = a_figure("charity", Party.CHARITY), a_figure("worker")
    registry.add(charity, worker)
    assert registry.all() == [worker, charity]
    assert registry.all(Party.CHARITY) == [charity]
    assert registry.choices() == [("worker", "某数"), ("charity", "某数")]


def test_an_unknown_key():
    with pytest.raises(KeyError):
        figures.get("no_such_figure")
    with pytest.raises(KeyError):
        door.value("no_such_figure", DISTRICT, DAY)


def test_a_ratio_is_said_to_be_one_and_nothing_else_is():
    """It is no sum of anything: of two cumulative numbers a ratio may fall."""
    for figure in figures.all():
        with case(figure.key):
            parts = figures.parts(figure)
            if parts:
                above, below = (part.nature for part in parts)
                assert figure.nature == f"比率（{above}÷{below}）"
            elif isinstance(figure.measure, MeanOf):
                assert figure.nature == f"平均数（{figure.kind.label}）"
            else:
                assert figure.nature == figure.kind.label
    assert figures.get("mediation_success").nature == "比率（累计数÷累计数）"
