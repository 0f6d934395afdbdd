"""M1 to M7 and M9."""

from tests.factories import BEGUN, cobuilding, communities, consultation, governing, red_property
from tests.figures.begins import consultation as begun
from tests.figures.begins import governing as governed
from tests.figures.neighbours import BEFORE, DAY, ONE, made

NOTICE = {"announced_on": BEFORE, "planned_on": DAY}
RATED = {"grade": "pass", "score": 70, "state": "reviewed", "reviewed_on": DAY}
UNDERWAY = {"state": "underway", "filed_on": BEFORE, "started_on": BEFORE}


def of_a_mechanism_that_ended():
    rule = begun.in_force(BEFORE)
    type(rule.mechanism).objects.update(established_on=BEFORE, ended_on=DAY - ONE)


def refused_pilots_device():
    pilot = governing.SmartPilotFactory(state="refused", applied_on=BEFORE)
    governing.SmartDeviceFactory(pilot=pilot, area=pilot.area)


def repaired_the_day_after():
    governing.DeviceFaultFactory(
        state="repaired", repaired_on=DAY + ONE, repaired_by="维保单位", remedy="已修好"
    )


def full_term():
    term = governing.CommitteeTermFactory(seats=1, started_on=BEFORE)
    governing.CommitteeMemberFactory(term=term, started_on=BEFORE)


def left_compound():
    compound = red_property.ServedCompoundFactory(started_on=BEFORE, ended_on=DAY - ONE)
    red_property.PropertyRatingFactory(
        compound=compound, area=compound.area, state="reviewed", reviewed_on=DAY - ONE
    )


def voted_down():
    begun.held(DAY, **{**begun.VOTED, "state": "not_passed", "agreed": 2, "against": 6})


NEIGHBOURS = {
    "community_mechanisms": [
        made(communities.MechanismFactory, established_on=BEFORE, ended_on=DAY - ONE)
    ],
    "cobuilding_units": [
        made(cobuilding.CoBuildingAgreementFactory, state="draft", signed_on=None),
        made(
            cobuilding.CoBuildingAgreementFactory,
            signed_on=BEFORE, valid_from=BEFORE, valid_to=DAY - ONE,
        ),
        made(
            cobuilding.CoBuildingAgreementFactory,
            state="terminated", signed_on=BEFORE, valid_from=BEFORE, terminated_on=DAY,
        ),
    ],
    "cobuilding_needs": [made(cobuilding.CoBuildingNeedFactory, state="withdrawn")],
    "satisfied_cobuilding_needs": [
        cobuilding.CoBuildingNeedFactory,
        made(cobuilding.CoBuildingNeedFactory, state="matched"),
    ],
    "cobuilding_projects": [
        cobuilding.CoBuildingProjectFactory,
        made(cobuilding.CoBuildingProjectFactory, state="terminated", ended_on=DAY),
    ],
    "completed_cobuilding_projects": [
        made(cobuilding.CoBuildingProjectFactory, state="under_way", started_on=DAY),
        made(cobuilding.CoBuildingProjectFactory, state="terminated", started_on=DAY, ended_on=DAY),
    ],
    "mechanisms_with_rules": [consultation.RuleVersionFactory, of_a_mechanism_that_ended],
    "emergency_plans": [made(consultation.EmergencyPlanFactory, state="in_review")],
    "mediation_cases": [
        consultation.MediationCaseFactory,
        made(consultation.MediationCaseFactory, state="refused", ended_on=DAY),
    ],
    "mediation_agreements": [
        lambda: begun.accepted(DAY),
        made(consultation.MediationCaseFactory, state="failed", accepted_on=DAY, ended_on=DAY),
    ],
    "deliberation_meetings": [
        made(consultation.DeliberationMeetingFactory, state="announced", **NOTICE),
        made(consultation.DeliberationMeetingFactory, state="cancelled", **NOTICE),
    ],
    "resolutions": [lambda: begun.held(DAY), voted_down],
    "resolutions_carried_out": [lambda: begun.resolved(DAY, state="carrying_out")],
    "staffed_grids": [made(communities.GridPostFactory, started_on=BEFORE, ended_on=DAY - ONE)],
    "grid_events": [made(communities.GridEventFactory, state="invalid")],
    "closed_grid_events": [
        made(communities.GridEventFactory, state="in_hand"),
        made(communities.GridEventFactory, state="handled", handled_on=DAY, result="已清理"),
        made(communities.GridEventFactory, state="invalid"),
    ],
    "smart_pilots": [
        governing.SmartPilotFactory, made(governing.SmartPilotFactory, state="refused"),
    ],
    "running_smart_pilots": [lambda: governed.pilot(DAY)],
    "smart_devices": [
        refused_pilots_device,
        made(governing.SmartDeviceFactory, installed_on=BEFORE, removed_on=DAY - ONE),
    ],
    "working_smart_devices": [
        refused_pilots_device, governing.DeviceFaultFactory, repaired_the_day_after,
    ],
    "property_companies": [
        made(red_property.PropertyCompanyFactory, started_on=BEFORE, ended_on=DAY - ONE)
    ],
    "red_property_companies": [red_property.PropertyCompanyFactory],
    "rated_compounds": [
        red_property.PropertyRatingFactory, left_compound,
        made(red_property.ServedCompoundFactory, company=None, self_managed=True),
    ],
    "well_rated_compounds": [
        red_property.PropertyRatingFactory, made(red_property.PropertyRatingFactory, **RATED),
    ],
    "secretary_projects": [governing.SecretaryProjectFactory],
    "accepted_secretary_projects": [
        made(governing.SecretaryProjectFactory, **UNDERWAY, **governed.SCORED)
    ],
    "governing_bodies": [
        made(governing.GoverningBodyFactory, founded_on=BEFORE, ended_on=DAY - ONE)
    ],
    "communities_with_core": [governing.GoverningBodyFactory],
    "committee_seats": [
        made(governing.CommitteeTermFactory, started_on=BEFORE, ends_on=DAY - ONE)
    ],
    "committee_members": [
        lambda: governed.member(BEFORE, ended_on=DAY - ONE),
        lambda: governed.member(BEFORE, term__ends_on=DAY - ONE),
    ],
    "committee_vacancies": [full_term],
    "secretary_directors": [
        lambda: governed.member(BEFORE, position="secretary"),
        lambda: governed.member(BEFORE, position="director", term__kind="residents"),
    ],
}  # fmt: skip
ALONE = {
    "residents_benefited": "只取每个社区最近一期，由 test_an_earlier_report_gives_way 说明",
    "resident_visits": "同上",
}
assert BEGUN == DAY
