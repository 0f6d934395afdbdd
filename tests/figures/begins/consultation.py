"""M7 应急响应、矛盾化解、议事协调 and the rules they stand on."""

import datetime

from tests.factories import consultation

ONE = datetime.timedelta(days=1)
VOTED = {"entitled": 10, "attended": 8, "agreed": 8, "against": 0, "abstained": 0}


def in_force(in_force_from, repealed_on=None):
    return consultation.RuleVersionFactory(
        state="repealed" if repealed_on else "in_force",
        published_on=in_force_from - 9 * ONE,
        adopted_on=in_force_from - ONE,
        in_force_from=in_force_from,
        repealed_on=repealed_on,
    )


def in_effect(effective_on, repealed_on=None, **fields):
    return consultation.EmergencyPlanFactory(
        state="repealed" if repealed_on else "in_effect",
        effective_on=effective_on,
        assessed_on=effective_on,
        repealed_on=repealed_on,
        **fields,
    )


def accepted(accepted_on):
    return consultation.MediationCaseFactory(
        state="mediating", applied_on=accepted_on, accepted_on=accepted_on
    )


def agreed(agreed_on):
    return consultation.MediationCaseFactory(
        state="agreed",
        applied_on=agreed_on,
        accepted_on=agreed_on,
        agreed_on=agreed_on,
        agreement_form="oral",
        agreement="三日内修好。",
        confirm_by=agreed_on + 30 * ONE,
    )


def held(held_on, **more):
    return consultation.DeliberationMeetingFactory(
        **{"state": "held", "entitled": 10, "attended": 8, **more},
        announced_on=held_on - 5 * ONE,
        planned_on=held_on,
        held_on=held_on,
    )


def resolved(resolved_on, **more):
    state = {"state": "resolved", "resolution": "划定停车位。", **VOTED, **more}
    return held(resolved_on - ONE, resolved_on=resolved_on, **state)


def done(done_on):
    return resolved(done_on - ONE, state="done", outcome="已划线。", done_on=done_on)


BEGINS = {
    "mechanisms_with_rules": (in_force, "in_force_from"),
    "emergency_plans": (in_effect, "effective_on"),
    "mediation_cases": (accepted, "accepted_on"),
    "mediation_agreements": (agreed, "agreed_on"),
    "deliberation_meetings": (held, "held_on"),
    "resolutions": (resolved, "resolved_on"),
    "resolutions_carried_out": (done, "done_on"),
}
