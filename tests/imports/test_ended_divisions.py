"""A ledger's row in a division that has ended is refused, and told where it belongs now."""

import pytest

from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area
from suzhou_portal.imports.registry import ledgers
from tests.areas.merging import HEIR, merged
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.imports.files import RIGHT, as_csv, row, sheet
from tests.imports.test_journeys import problems, sends
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("called", [COMMUNITY, f"地区{COMMUNITY}"], ids=["by code", "by name"])
@pytest.mark.parametrize(
    "role", [(Role.DISTRICT, DISTRICT), (Role.COMMUNITY, HEIR)], ids=["district", "heir"]
)
def test_no_row_begins_where_nothing_is(name, called, role):
    for code in (COMMUNITY, HEIR):
        AreaFactory(code=code)
    merged()
    clerk, ledger = Somebody(*role), ledgers.get(name)
    if not ledger.open_to(clerk.user):
        pytest.skip("not theirs")
    refused = problems(sends(clerk, name, as_csv(sheet(name, row(name, area=called)))))
    assert any(f"请选择“地区{HEIR}”" in message for _, _, message in refused)
    assert not ledger.model.objects.exists()


def test_of_two_of_one_name_that_which_exists_is_meant():
    for code in (COMMUNITY, HEIR):
        AreaFactory(code=code)
    merged()
    Area.objects.filter(pk=HEIR).update(name=f"地区{COMMUNITY}")
    clerk = Somebody(Role.DISTRICT, DISTRICT)
    file = as_csv(sheet("teams", row("teams", area=f"地区{COMMUNITY}")))
    sends(clerk, "teams", file)
    assert ledgers.get("teams").model.objects.get().area_id == HEIR
