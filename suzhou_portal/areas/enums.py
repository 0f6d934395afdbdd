"""The ways in which divisions change."""

from django.db import models


class ChangeKind(models.TextChoices):
    """What is decided of a division: `area` of the change. `other` is the one it is merged into, or,
    of one formed by dividing, the one it is formed of.
    """

    FOUNDED = "founded", "设立"
    RENAMED = "renamed", "更名"
    MERGED = "merged", "并入"
    SPLIT = "split", "分设"
    ABOLISHED = "abolished", "撤销"


ENDING = (ChangeKind.MERGED, ChangeKind.ABOLISHED)
FOUNDING = (ChangeKind.FOUNDED, ChangeKind.SPLIT)
