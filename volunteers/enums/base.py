"""The words of the volunteer service."""

from django.db import models


class TeamKind(models.TextChoices):
    """What a team is made of or for."""

    PARTY = "party", "党员"
    EMERGENCY = "emergency", "应急"
    PROFESSIONAL = "professional", "专业"
    NEIGHBOURHOOD = "neighbourhood", "邻里"
    YOUTH = "youth", "青年"
    UNIT = "unit", "机关单位"


class Segment(models.TextChoices):
    """The parts of the "1+2+4+X" system. What each holds no public source says."""

    ONE = "1", "1"
    TWO = "2", "2"
    FOUR = "4", "4"
    X = "X", "X"


class PairingTier(models.TextChoices):
    """Who is paired with what."""

    UNIT_COMMUNITY = "unit_community", "机关单位党组织包联社区"
    BRANCH_GRID = "branch_grid", "内设机构党支部包联网格"
    MEMBER_NEARBY = "member_nearby", "党员就近就地下沉社区"
