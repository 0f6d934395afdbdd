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


class Sex(models.TextChoices):
    FEMALE = "female", "女"
    MALE = "male", "男"


class Education(models.TextChoices):
    """The highest degree somebody holds, from low to high."""

    BASIC = "basic", "初中及以下"
    SECONDARY = "secondary", "高中（中专）"
    COLLEGE = "college", "大专"
    BACHELOR = "bachelor", "本科"
    MASTER = "master", "研究生"


COLLEGE = (Education.COLLEGE, Education.BACHELOR, Education.MASTER)  # 大专及以上


class Politics(models.TextChoices):
    """政治面貌."""

    PARTY = "party", "中共党员（含预备党员）"
    LEAGUE = "league", "共青团员"
    OTHER_PARTY = "other_party", "民主党派"
    MASSES = "masses", "群众"


class Choice(models.TextChoices):
    """How somebody came into a committee."""

    ELECTED = "elected", "换届选举"
    APPOINTED = "appointed", "任命"
    FILLED = "filled", "补选"


POSITIONS = {
    CommitteeKind.PARTY: (Position.SECRETARY, Position.DEPUTY_SECRETARY, Position.MEMBER),
    CommitteeKind.RESIDENTS: (Position.DIRECTOR, Position.DEPUTY_DIRECTOR, Position.MEMBER),
}
HEADS = (Position.SECRETARY, Position.DIRECTOR)
# 城市居民委员会组织法 articles 7 and 8: five to nine people make a residents' committee, for five years.
# 关于党的基层组织任期的意见 (2018): five years for a community's party committee too.
TERM_YEARS = 5
FEWEST_SEATS, MOST_SEATS = 5, 9
