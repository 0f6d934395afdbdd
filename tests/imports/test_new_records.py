"""A new record of every ledger, brought in as a clerk would, is kept as it was written; and what no column
takes is refused at its row and column.
"""

import re

import pytest
from django.conf import settings

from suzhou_portal.imports.models import Batch
from suzhou_portal.imports.registry import ledgers
from suzhou_portal.records.kinds import kinds
from tests.imports.files import as_workbook, office_of, sheet
from tests.imports.new_records import BLANK, new_records, written, wrong_cells
from tests.imports.test_journeys import problems, sends

each = pytest.mark.parametrize("ledger", ledgers.all(), ids=lambda ledger: ledger.name)
pytestmark = pytest.mark.django_db


def keys(ledger):
    return {*ledger.model._base_manager.values_list("pk", flat=True)}


def held(record, field):
    value = getattr(record, field.name)
    return {*value.all()} if field.many_to_many else value


@each
def test_every_column_is_kept_as_it_was_written(ledger):
    clerk, records = office_of(ledger), new_records(ledger)
    filled = {name for one in records for name, value in one.items() if value is not BLANK}
    assert filled == {*ledger.fields}
    before = keys(ledger)
    file = as_workbook(sheet(ledger.name, *(written(ledger, one) for one in records)))
    trial = sends(clerk, ledger.name, file, **{"try": "1"})
    assert problems(trial) == []
    assert trial.context["outcome"].imported == len(records)
    assert keys(ledger) == before
    assert sends(clerk, ledger.name, file).status_code == 302
    new = ledger.model._base_manager.filter(pk__in=keys(ledger) - before).order_by("pk")
    assert len(new) == len(records)
    for record, values in zip(new, records, strict=True):
        for field in ledger.columns:
            value = values[field.name]
            if value is not BLANK:  # what is left blank a rule may fill
                wanted = {*value} if field.many_to_many else value
                assert held(record, field) == wanted, field.name
        assert record.entered_by == clerk.user


@each
def test_what_no_column_takes_is_refused_there_and_nothing_is_kept(ledger):
    clerk, records = office_of(ledger), new_records(ledger)
    rows, expected = [], []
    for values in records:
        cells = written(ledger, values)
        for place, field in enumerate(ledger.columns):
            for cell in wrong_cells(field, cells[place]) if values[field.name] is not BLANK else ():
                rows.append([*cells[:place], cell, *cells[place + 1 :]])
                expected.append((len(rows) + 1, ledger.headings[place], cell))
    if not ledger.bulk:  # there it would be told that it repeats another
        rows += [written(ledger, values) for values in records]
    before = keys(ledger)
    found = problems(sends(clerk, ledger.name, as_workbook(sheet(ledger.name, *rows))))
    said = {(number, heading) for number, heading, _ in found}
    missed = [one for one in expected if one[:2] not in said]
    right = [one for one in found if one[0] not in {wanted[0] for wanted in expected}]
    assert (missed, right) == ([], [])
    assert [message for *_, message in found if not re.search("[\u4e00-\u9fff]", message)] == []
    assert keys(ledger) == before
    assert not Batch.objects.exists()


def test_what_is_no_ledger_is_told_with_its_reason():
    """A new kind of record is a ledger, or the decision says why it is none."""
    page = (settings.BASE_DIR / "docs/adr/0034-ledgers-in-and-out.md").read_text()
    rows = re.findall(r"^\| ([^|]*) \| [^|]+ \|$", page, re.MULTILINE)[1:]
    told = [noun for row in rows for noun in row.split("、")]
    assert sorted(told) == sorted(kind.noun for kind in kinds if not kind.ledger)
