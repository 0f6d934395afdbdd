"""What was decided stays decided: in every state of every lifecycle, each column changes exactly as the
table says, whoever writes and however. The very triggers are asked, on tables of the same columns without
other rules.
"""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.desks.reached import is_open
from suzhou_portal.lifecycle.models import MERGED, UNDO, Amendment, Author, Staged, Step
from suzhou_portal.lifecycle.triggers import shut, staged_models
from tests.accounts.world import acting
from tests.factories import every_factory
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MODELS = sorted(staged_models(), key=lambda model: model._meta.label)
FACTORIES = {factory._meta.model: factory for factory in every_factory()}
each = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
# Another value of each kind of column, whatever stands there.
OTHERS = {
    models.CharField: "CASE WHEN {0} = '1' THEN '2' ELSE '1' END",
    models.TextField: "coalesce({0}, '') || '改'",
    models.BooleanField: "NOT coalesce({0}, false)",
    models.DateTimeField: "coalesce({0}, now()) + interval '1 hour'",
    models.DateField: "(coalesce({0}, current_date) + interval '1 day')::date",
    models.TimeField: "coalesce({0}, '09:00') + interval '5 minutes'",
    models.IntegerField: "coalesce({0}, 0) + 1",
    models.DecimalField: "coalesce({0}, 0) + 1",
    models.UUIDField: "gen_random_uuid()",
    models.ForeignKey: "({0}::text || '1')",
}


class Copied:
    """One record in a table of its own, guarded by the trigger of its kind alone."""

    def __init__(self, model, cursor):
        self.model, self.cursor, self.record = model, cursor, FACTORIES[model]()
        table = model._meta.db_table
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgname = 'portal_content' AND tgrelid = %s::regclass",
            [table],
        )
        [definition] = cursor.fetchone()
        # Without what a LIKE would bring: generated columns and those that may not be blank.
        cursor.execute("DROP TABLE IF EXISTS copied")
        cursor.execute(
            f'CREATE TEMP TABLE copied ON COMMIT DROP AS SELECT * FROM "{table}" WHERE id = %s',
            [self.record.pk],
        )
        cursor.execute(definition.replace(f"public.{table}", "copied"))

    def stand(self, state):
        for switch in ("DISABLE", "ENABLE"):
            self.cursor.execute(f"ALTER TABLE copied {switch} TRIGGER portal_content")
            self.cursor.execute("UPDATE copied SET state = %s", [state])

    def says(self, *changes, to=None, step="", before=None, by=None):
        """What the database says to a change, which is undone; nothing where it takes it."""
        try:
            with acting(by or UserFactory()), transaction.atomic():
                if step:
                    self.written(step, before, to or before)
                set_to = [f"state = '{to}'"] if to else []
                self.cursor.execute(f"UPDATE copied SET {', '.join([*set_to, *changes])}")
                transaction.set_rollback(True)
        except IntegrityError as error:
            return str(error)
        return ""

    def written(self, verb, before, after, by=None):
        return Step.objects.create(
            model=self.model._meta.label_lower, object_id=self.record.pk, area=self.record.area,
            verb=verb, label=verb, before=before, after=after, taken_on=timezone.localdate(), by=by,
        )  # fmt: skip


@pytest.fixture
def copied(model):
    with connection.cursor() as cursor:
        yield Copied(model, cursor)
        cursor.execute("DROP TABLE copied")


def change(field):
    """The column given another value."""
    column = f'"{field.column}"'
    kind = next(
        one
        for one in OTHERS
        if isinstance(field, one)
        and not (one is models.DateField and isinstance(field, models.DateTimeField))
    )
    other = OTHERS[kind].format(column)
    if kind is models.ForeignKey and isinstance(
        field.target_field, models.IntegerField | models.AutoField
    ):
        other = f"coalesce({column}, 0) + 1"
    return f"{column} = {other}"


def content(model):
    """The fields that the database guards, those with nothing in them but what is computed left out."""
    free = {"state", "updated_at", "entered_by", *model.derived}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in free
        and not field.generated
        and type(field).__name__ != "SearchVectorField"
    ]


@each
def test_each_field_changes_in_its_states_only(model, copied):
    table = model.lifecycle
    for state in table.states.values:
        copied.stand(state)
        for field in content(model):
            open_now = state in table.open_in and field.column not in shut(model)
            said = copied.says(change(field))
            assert (said == "") == open_now, (state, field.name, said)
            assert open_now or "不能再修改" in said


@each
def test_a_step_changes_its_own_fields_and_stands_in_history(model, copied):
    for before, after, move in model.lifecycle.changes():
        copied.stand(before)
        to = after if after != before else None
        if to:
            assert "除非办理相应的步骤" in copied.says(to=to)
        for field in content(model):
            said = copied.says(change(field), to=to, step=move.verb, before=before)
            stays = (
                to is None and before in model.lifecycle.open_in and field.column not in shut(model)
            )
            assert (said == "") == (field.name in move.columns or stays), (
                move.verb,
                field.name,
                said,
            )


@each
def test_what_was_merged_changes_what_names_it_and_nothing_else(model, copied):
    """In every state: once the line stands in history, only columns that name what may be merged."""
    for state in model.lifecycle.states.values:
        copied.stand(state)
        for field in content(model):
            follows = hasattr(field.related_model, "alike") or (
                field.name == "area" and follows_its_area(model)
            )
            open_now = state in model.lifecycle.open_in and field.column not in shut(model)
            said = copied.says(change(field), step=MERGED, before=state)
            assert (said == "") == (follows or open_now), (state, field.name, said)


def follows_its_area(model):
    """Whether it stands with what may be merged."""
    return bool(model.stands_with) and hasattr(
        model._meta.get_field(model.stands_with).related_model, "alike"
    )


@each
def test_no_step_leads_where_the_table_does_not(model, copied):
    known = {(before, after) for before, after, _ in model.lifecycle.changes()}
    states = model.lifecycle.states.values
    for before in states:
        copied.stand(before)
        for after in states:
            if before != after and (before, after) not in known:
                assert copied.says(to=after, step="approve", before=before), (before, after)


@each
def test_a_step_is_not_for_who_wrote_or_decided_before(model, copied):
    for before, after, move in model.lifecycle.changes():
        copied.stand(before)
        # What a step leaves as it is takes a change of some field of its own.
        some = next((f for f in content(model) if f.name in move.columns), None)
        changes = [change(some)] if some else []
        if after == before and not some:
            continue
        if after == before and before in model.lifecycle.open_in:
            continue  # whoever may change the record corrects it
        asked = {"to": after if after != before else None, "step": move.verb, "before": before}
        somebody = UserFactory()
        assert copied.says(*changes, **asked, by=somebody) == ""
        for verb in move.not_by:
            copied.written(verb, before, before, by=somebody)
            assert "没有办理过前面步骤" in copied.says(*changes, **asked, by=somebody)
        if move.by_another:
            wrote(copied.record, writer := UserFactory())
            assert "没有填写过" in copied.says(*changes, **asked, by=writer)


@each
def test_what_is_personal_is_blanked_at_any_time(model, copied):
    for state in model.lifecycle.states.values:
        copied.stand(state)
        for column in getattr(model, "masked", {}):
            assert copied.says(f"\"{column}\" = ''") == ""


@each
def test_a_step_taken_back_leads_back(model, copied):
    for before, after, move in model.lifecycle.changes():
        if before == after:
            continue
        copied.stand(after)
        changes = [change(field) for field in content(model) if field.name in move.columns]
        assert copied.says(*changes, to=before, step=UNDO, before=after) == ""


@each
def test_pages_offer_what_the_database_takes(model):
    for state in model.lifecycle.states.values:
        assert is_open(model(state=state)) == (state in model.lifecycle.open_in)


@each
def test_only_what_is_open_is_deleted(model):
    record = FACTORIES[model]()
    if record.state in model.lifecycle.open_in:
        return
    with pytest.raises(IntegrityError, match="已经办理的记录不能删除"), transaction.atomic():
        type(record)._base_manager.filter(pk=record.pk)._raw_delete("default")


def wrote(record, by):
    """Somebody asks to change it, and has thereby written a part."""
    with acting(by), vouched(record):
        Amendment.objects.filter(object_id=record.pk).update(accepted=False)
        Amendment.objects.create(
            area=record.area, model=record._meta.label_lower, object_id=record.pk, verb="amend",
            label="变更", changes={}, reason="试", is_demo=record.is_demo,
        )  # fmt: skip
    assert Author.objects.filter(user=by.pk, object_id=record.pk).exists()


def test_all_that_stands_with_decided_records_says_while_it_is_written():
    """Of a part of something approved it is said in which states it is written, or it has its own steps."""
    silent = set()
    for model in apps.get_models():
        name = getattr(model, "part_of", "") or getattr(model, "stands_with", "")
        above = model._meta.get_field(name).related_model if name else None
        if not (above and issubclass(above, Staged)):
            continue
        if model.written_while:
            assert {*model.written_while} <= {*above.lifecycle.states.values}
            assert {*model.written_later} <= {field.name for field in model._meta.fields}
        elif not issubclass(model, Staged):
            silent.add(model.__name__)
    # Held by functions of their own, but for devices, which live on after their pilot.
    assert silent == {"EvaluationScore", "IncubationDelivery", "SmartDevice", "Snapshot"}


def test_what_is_proposed_holds_nothing_personal():
    """An amendment keeps what was and what shall be; nothing blanks that later."""
    for model in MODELS:
        for move in model.lifecycle.moves:
            if move.proposed_by:
                assert (move.by_another, move.reason) == (True, True)
                assert not {*move.fields} & {
                    *getattr(model, "masked", {}),
                    *getattr(model, "withheld", ()),
                }
