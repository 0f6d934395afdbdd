"""M1 契约化共建 and M3 红色物业."""

from tests.factories import BEGUN
from tests.factories.cobuilding import (
    YEAR,
    CoBuildingAgreementFactory,
    CoBuildingProjectFactory,
    PropertyCompanyFactory,
)


def signed(signed_on):
    return CoBuildingAgreementFactory(
        signed_on=signed_on, valid_from=signed_on, valid_to=signed_on + YEAR
    )


def finished(finished_on):
    return CoBuildingProjectFactory(
        state="done", outcome="办成", started_on=min(BEGUN, finished_on), finished_on=finished_on
    )


BEGINS = {
    "cobuilding_agreements": (signed, "signed_on"),
    "cobuilding_projects_done": (finished, "finished_on"),
    "property_companies": (PropertyCompanyFactory, "started_on"),
    "linked_property_companies": (
        lambda linked_on: PropertyCompanyFactory(
            started_on=min(BEGUN, linked_on), has_branch=True, linked_on=linked_on
        ),
        "linked_on",
    ),
}
