"""The bodies that govern a community together."""

from django.db import models

from communities.enums.committees import CommitteeKind


class BodyKind(models.TextChoices):
    """What a body of 一核多元 is: the party committee is the core, the others stand round it."""

    PARTY_COMMITTEE = "party_committee", "社区党委"
    RESIDENTS_COMMITTEE = "residents_committee", "居民委员会"
    SUPERVISION = "supervision", "居务监督委员会"
    OWNERS = "owners", "业主委员会"
    PROPERTY = "property", "物业服务企业"
    MASS = "mass", "群团组织"
    ORGANIZATION = "organization", "社会组织"
    VOLUNTEERS = "volunteers", "志愿队伍"
    PARTNER = "partner", "共建单位"
    OTHER = "other", "其他"


CORE = BodyKind.PARTY_COMMITTEE
# A community has one of each at a time.
SINGLE = (CORE, BodyKind.RESIDENTS_COMMITTEE, BodyKind.SUPERVISION)
# Of which terms are on record.
TERMS = {CORE: CommitteeKind.PARTY, BodyKind.RESIDENTS_COMMITTEE: CommitteeKind.RESIDENTS}
