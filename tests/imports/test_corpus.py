"""Every file of the corpus: each cell is taken, refused with its row and column, or told of as left out."""

import pytest
from django.core.exceptions import ValidationError

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit import trail
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.registry import ledgers
from tests.factories.areas import AreaFactory
from tests.imports.corpus.case import HERE
from tests.imports.corpus.sheets import SHEETS
from tests.imports.corpus.texts import TEXTS
from tests.journeys import Somebody

CORPUS = [*TEXTS, *SHEETS]


def test_there_are_many_and_each_has_a_name_of_its_own():
    assert len({case.name for case in CORPUS}) == len(CORPUS) >= 80


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.name)
def test_what_comes_of_a_file(db, case):
    AreaFactory(code=HERE)
    user = Somebody(Role.COMMUNITY, HERE).user
    ledger = ledgers.get(case.ledger)
    with trail.acting(lambda: trail.Actor(id=user.pk, name=str(user), user=user)):
        if not case.records and not case.wrong:
            with pytest.raises(ValidationError) as refusal:
                bring(ledger, case.data, user, name=case.name)
            assert case.refused in "".join(refusal.value.messages)
            assert not ledger.model.objects.exists()
            return
        outcome = bring(ledger, case.data, user, name=case.name)
    told = [(problem.row, problem.heading) for problem in outcome.problems]
    assert told == [(row, heading) for row, heading, _ in case.wrong], outcome.problems
    for problem, (_, _, said) in zip(outcome.problems, case.wrong, strict=True):
        assert said in problem.message
        assert problem.message
    assert [one.where for one in outcome.left_out] == case.left_out
    records = list(ledger.model.objects.order_by("pk")) if case.records else []
    found = [
        {name: str(getattr(record, name)) for name in values}
        for record, values in zip(records, case.records, strict=True)
    ]
    assert found == [
        {name: str(value) for name, value in values.items()} for values in case.records
    ]
