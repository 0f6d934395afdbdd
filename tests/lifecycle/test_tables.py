"""Every lifecycle: what its table allows happens, and nothing else, in workflow and database alike."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from suzhou_portal.lifecycle import moves
from suzhou_portal.lifecycle.diagrams import document
from suzhou_portal.lifecycle.triggers import staged_models
from tests.factories import every_factory

MODELS = sorted(staged_models(), key=lambda model: model._meta.label)
FACTORIES = {factory._meta.model: factory for factory in every_factory()}
each = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


@each
def test_every_state_is_reached_and_only_closed_ones_are_left_alone(model):
    table = model.lifecycle
    reached = {table.start} | {after for _, after, _ in table.changes()}
    left = {source for move in table.moves for source in move.sources}
    assert reached == set(table.states.values)
    assert set(table.states.values) - left <= set(table.closed)
    assert len({move.verb for move in table.moves}) == len(table.moves)


@each
def test_each_state_has_the_colour_its_table_says(model):
    table = model.lifecycle
    assert not {*table.good} & {*table.bad}
    for state in table.states.values:
        expected = "good" if state in table.good else "bad" if state in table.bad else "quiet"
        assert table.tone(state) == expected


@each
@pytest.mark.django_db
def test_the_workflow_refuses_a_step_from_any_other_state(model):
    table, record = model.lifecycle, FACTORIES[model]()
    for move in table.moves:
        for state in set(table.states.values) - set(move.sources):
            record.state = state
            with pytest.raises(ValidationError):
                moves.check_step(record, move, "理由")


@each
def test_a_step_names_columns_and_relations_of_its_record(model):
    for move in model.lifecycle.moves:
        fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
        assert {*move.columns} <= {field.name for field in fields}
        assert {*move.optional} <= {*move.fields}
        for named in (move.needs, move.settled):
            assert named is None or hasattr(model, named[0])
        assert move.settled is None or move.settled[1].count("{}") == 1


def test_what_runs_with_a_step_has_a_name_and_says_what_it_does():
    for effects in (*moves.before_step.values(), *moves.after_step.values()):
        for effect in effects:
            assert not effect.__name__.startswith("_")
            assert effect.__doc__, effect


def test_the_diagrams_in_the_docs_are_those_of_the_tables():
    file = settings.BASE_DIR / "docs" / "lifecycles.md"
    assert file.read_text(encoding="utf-8") == document()
