"""What a district decides a number must reach, and what holds until it has decided."""

from django.db import models


class ThresholdKind(models.TextChoices):
    """What is measured, and in what."""

    SECRETARY_PROJECT = "secretary_project", "书记破题评审通过线（满分100分）"
    PAY_CORRECTION = "pay_correction", "一个月的薪酬更正合计上限（占该月应发的百分之几）"
    PAIRING = "pairing", "一个党组织同时包联的社区、网格（处，超出的写明原因）"


# What holds where a district has decided nothing.
PUBLISHED = {
    ThresholdKind.SECRETARY_PROJECT: 60,
    ThresholdKind.PAY_CORRECTION: 100,
    ThresholdKind.PAIRING: 5,
}
