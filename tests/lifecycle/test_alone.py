"""What one person may carry from its first state to a good end, alone: nothing that says of itself that it
was checked, approved or accepted.
"""

from suzhou_portal.accounts.roles import PERMISSIONS, permission
from suzhou_portal.lifecycle.triggers import staged_models

# Why one person is enough.
ALONE = {
    "communities.CoBuildingProject": "notes how far a project is that both parties agreed on",
    "communities.DeliberationMeeting": "decides by the votes of those who came",
    "communities.DeviceFault": "a repair, by whoever is named",
    "communities.MediationCase": "both parties agree, and nobody is asked to approve that",
    "charity.CharityProject": "what it spends is allocated and reversed by others",
    "volunteers.Activity": "counts by its hours, which are records of their own",
    "volunteers.CadreDay": "a day worked, with the host named",
    "volunteers.Emergency": "ordered by whom its record names, and acted on at once",
    "volunteers.Muster": "acted on at once",
    "volunteers.MusterTask": "acted on at once",
    "volunteers.Service": "hours by the clock; those by hand are confirmed by another",
    "volunteers.TeamTraining": "a training held, with those who came",
}


def ends_alone(model, held):
    """The good ends that somebody with these permissions reaches without another person."""
    table = model.lifecycle
    found, left = set(), [(table.start, frozenset())]
    known = {*left}
    while left:
        state, taken = left.pop()
        if state in table.closed:
            found |= {state} & {*table.good}
            continue
        for move in table.moves_from(state):
            others = move.by_another or move.from_above or move.proposed_by
            if others or taken & {*move.not_by} or permission(move.action, model) not in held:
                continue
            reached = (move.leads_to(state), taken | {move.verb})
            if reached not in known:
                known.add(reached)
                left.append(reached)
    return found


def test_nobody_alone_carries_through_what_others_check():
    alone = {
        model._meta.label
        for model in staged_models()
        for held in PERMISSIONS.values()
        if permission("add", model) in held and ends_alone(model, held)
    }
    assert alone == set(ALONE)
