"""M4 智慧社区, M5 书记破题, M6 一核多元, M9 “两委”班子."""

import datetime

from communities.enums.secretary import SCORES
from tests.factories import governing

EARLIER = datetime.timedelta(days=99)
SCORED = dict.fromkeys(SCORES, 20)


def pilot(approved_on):
    return governing.SmartPilotFactory(
        state="approved", applied_on=approved_on - EARLIER, approved_on=approved_on
    )


def running(running_on):
    before = running_on - EARLIER
    return governing.SmartPilotFactory(
        state="running", applied_on=before, approved_on=before, building_on=before,
        trial_on=before, accepted_on=before, findings="通过", running_on=running_on,
    )  # fmt: skip


def filed(filed_on):
    return governing.SecretaryProjectFactory(state="filed", filed_on=filed_on)


def accepted(accepted_on):
    before = accepted_on - EARLIER
    return governing.SecretaryProjectFactory(
        state="done", filed_on=before, started_on=before, finished_on=before, result="已解决",
        accepted_on=accepted_on, **SCORED,
    )  # fmt: skip


def core(founded_on):
    return governing.GoverningBodyFactory(kind="party_committee", founded_on=founded_on)


def heading_both(started_on):
    """A director since that day, who was secretary before."""
    term = governing.CommitteeTermFactory(started_on=started_on - EARLIER)
    secretary = governing.CommitteeMemberFactory(
        term=term, position="secretary", started_on=term.started_on
    )
    return member(started_on, person=secretary.person, position="director", term__kind="residents")


def member(started_on, **fields):
    return governing.CommitteeMemberFactory(
        started_on=started_on, term__started_on=started_on - EARLIER, **fields
    )


def repaired(installed_on):
    """A device whose fault of that day was repaired on it."""
    device = governing.SmartDeviceFactory(installed_on=installed_on)
    governing.DeviceFaultFactory(
        device=device, state="repaired", reported_on=installed_on, repaired_on=installed_on,
        repaired_by="维保单位", remedy="已修好",
    )  # fmt: skip


BEGINS = {
    "smart_pilots": (pilot, "approved_on"),
    "running_smart_pilots": (running, "running_on"),
    "smart_devices": (governing.SmartDeviceFactory, "installed_on"),
    "working_smart_devices": (repaired, "installed_on"),
    "secretary_projects": (filed, "filed_on"),
    "accepted_secretary_projects": (accepted, "accepted_on"),
    "governing_bodies": (governing.GoverningBodyFactory, "founded_on"),
    "communities_with_core": (core, "founded_on"),
    "committee_seats": (governing.CommitteeTermFactory, "started_on"),
    "committee_members": (member, "started_on"),
    "committee_vacancies": (governing.CommitteeTermFactory, "started_on"),
    "secretary_directors": (heading_both, "started_on"),
}
