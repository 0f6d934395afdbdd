"""M1 契约化共建."""

from tests.factories import BEGUN, cobuilding


def signed(signed_on):
    return cobuilding.CoBuildingAgreementFactory(valid_from=BEGUN, signed_on=signed_on)


def satisfied(satisfied_on):
    return cobuilding.CoBuildingNeedFactory(
        state="satisfied", listed_on=min(BEGUN, satisfied_on), satisfied_on=satisfied_on
    )


def started(started_on):
    return cobuilding.CoBuildingProjectFactory(
        state="under_way", planned_on=min(BEGUN, started_on), started_on=started_on
    )


def completed(ended_on):
    return cobuilding.CoBuildingProjectFactory(
        state="completed",
        planned_on=min(BEGUN, ended_on),
        started_on=min(BEGUN, ended_on),
        ended_on=ended_on,
        reached=1,
        result="已完成",
    )


BEGINS = {
    "cobuilding_units": (signed, "signed_on"),
    "cobuilding_needs": (cobuilding.CoBuildingNeedFactory, "listed_on"),
    "satisfied_cobuilding_needs": (satisfied, "satisfied_on"),
    "cobuilding_projects": (started, "started_on"),
    "completed_cobuilding_projects": (completed, "ended_on"),
}
