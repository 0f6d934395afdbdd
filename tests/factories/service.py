"""Volunteers, their activities, hours and certificates."""

import datetime
from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory

from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory, AreaRecordFactory
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers import models

NINE, NOON = datetime.time(9), datetime.time(12)


class VolunteerFactory(AreaRecordFactory):
    class Meta:
        model = models.Volunteer

    name = Sequence(lambda number: f"李志愿{number}")
    phone = Sequence(lambda number: f"0000-{number:07d}")
    team = SubFactory(VolunteerTeamFactory, area=SelfAttribute("..area"))
    registered_on = BEGUN


class VolunteerApplicationFactory(AreaRecordFactory):
    class Meta:
        model = models.VolunteerApplication

    name = Sequence(lambda number: f"赵志愿{number}")
    phone = Sequence(lambda number: f"0000-{number:07d}")
    agreed = True
    applied_on = BEGUN


class StarLevelFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620903"}
    _in_districts = True

    class Meta:
        model = models.StarLevel

    area = SubFactory(AreaFactory, code=DISTRICT)
    stars = 1
    hours = 100


class ActivityFactory(AreaRecordFactory):
    class Meta:
        model = models.Activity

    team = SubFactory(VolunteerTeamFactory, area=SelfAttribute("..area"))
    title = Sequence(lambda number: f"敬老助老{number}")
    place = "社区广场"
    held_on = BEGUN
    starts = NINE
    ends = NOON
    places = 20
    state = "open"


class ServiceFactory(AreaRecordFactory):
    class Meta:
        model = models.Service

    activity = SubFactory(ActivityFactory, area=SelfAttribute("..area"))
    volunteer = SubFactory(VolunteerFactory, area=SelfAttribute("..area"))
    held_on = SelfAttribute("activity.held_on")
    starts = SelfAttribute("activity.starts")
    ends = SelfAttribute("activity.ends")


class ServiceCertificateFactory(AreaRecordFactory):
    class Meta:
        model = models.ServiceCertificate

    volunteer = SubFactory(VolunteerFactory, area=SelfAttribute("..area"))
    from_on = BEGUN
    to_on = BEGUN
    minutes = 90
    activities = 1


def all_of_one_team(phone, **known):
    """One record of every kind around one team, by model."""
    team = VolunteerTeamFactory(**known, contact="孙某某", phone=phone)
    volunteer = VolunteerFactory(team=team, phone=phone, **known)
    activity = ActivityFactory(team=team, **known)
    return {
        models.VolunteerTeam: team,
        models.Volunteer: volunteer,
        models.Activity: activity,
        models.Service: ServiceFactory(activity=activity, volunteer=volunteer, **known),
        models.ServiceCertificate: ServiceCertificateFactory(volunteer=volunteer, **known),
    }
