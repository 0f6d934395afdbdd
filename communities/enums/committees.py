"""The words of 社区“两委”."""

from django.db import models


class CommitteeKind(models.TextChoices):
    """The two committees of a community."""

    PARTY = "party", "社区党委"
    RESIDENTS = "residents", "社区居委会"


class Position(models.TextChoices):
    """What a person is in a committee."""

    SECRETARY = "secretary", "书记"
    DEPUTY_SECRETARY = "deputy_secretary", "副书记"
    DIRECTOR = "director", "主任"
    DEPUTY_DIRECTOR = "deputy_director", "副主任"
    MEMBER = "member", "委员"


POSITIONS = {
    CommitteeKind.PARTY: (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.MEMBER),
    CommitteeKind.RESIDENTS: (Position.DIRECTOR, Position.DEPUTY_DIRECTOR, Position.MEMBER),
}
HEADS = (Position.SECRETARY, Position.DIRECTOR)
# 城市居民委员会组织法 articles 7 and 8: five to nine people make a residents' committee, for five years.
# 关于党的基层组织任期的意见 (2018): five years for a community's party committee too.
TERM_YEARS = 5
FEWEST_SEATS, MOST_SEATS = 5, 9
