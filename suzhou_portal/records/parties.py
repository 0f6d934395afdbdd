"""The five parties of 五社联动, to one of which each kind of record and each figure belongs."""

from django.db import models


class Party(models.TextChoices):
    """A party of 五社联动, in the order in which pages name them."""

    COMMUNITIES = "communities", "社区"
    WORKERS = "workers", "社会工作者"
    ORGANIZATIONS = "organizations", "社会组织"
    VOLUNTEERS = "volunteers", "社区志愿者"
    CHARITY = "charity", "社会慈善资源"

    @property
    def role(self) -> str:
        """What the party is in 五社联动, such as 平台."""
        return {
            Party.COMMUNITIES: "平台",
            Party.WORKERS: "支撑",
            Party.ORGANIZATIONS: "载体",
            Party.VOLUNTEERS: "辅助",
            Party.CHARITY: "补充",
        }[self]
