"""The words of 敲门响铃: door visits, and what residents turn out to need."""

from django.db import models


class VisitOutcome(models.TextChoices):
    """What became of knocking."""

    MET = "met", "见到住户"
    ABSENT = "absent", "无人应答"
    DECLINED = "declined", "不便走访"


class VisitReason(models.TextChoices):
    """Why a household is visited again and again."""

    ALONE = "alone", "独居老人"
    ELDERLY = "elderly", "高龄空巢老人"
    DISABLED = "disabled", "残疾人"
    ILL = "ill", "重病患者"
    CHILDREN = "children", "困境儿童"
    HARDSHIP = "hardship", "困难家庭"
    OTHER = "other", "其他"


class ResidentNeedKind(models.TextChoices):
    """What a resident needs."""

    ELDERLY = "elderly", "养老助残"
    HEALTH = "health", "看病就医"
    CHILDREN = "children", "儿童照护"
    HARDSHIP = "hardship", "生活困难"
    WORK = "work", "就业"
    REPAIR = "repair", "维修家政"
    SAFETY = "safety", "安全隐患"
    LEGAL = "legal", "法律纠纷"
    MIND = "mind", "心理关爱"
    CULTURE = "culture", "文体活动"
    OTHER = "other", "其他"
