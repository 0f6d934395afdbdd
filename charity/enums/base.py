"""The words of charity."""

from django.db import models


class ResourceKind(models.TextChoices):
    """What a resource is."""

    FUNDS = "funds", "资金"
    GOODS = "goods", "物资"
    SERVICES = "services", "服务"


class CharityMode(models.TextChoices):
    """What charity is joined with; the source closes its list with 等."""

    PARTY_BUILDING = "party_building", "慈善+党建"
    FINANCE = "finance", "慈善+金融"
    EDUCATION = "education", "慈善+教育"
    RELIEF = "relief", "慈善+救助"
    OTHER = "other", "其他"


class CharityField(models.TextChoices):
    """The field a project serves; the source closes its list with 等."""

    RELIEF = "relief", "社会救助"
    ELDERLY_CARE = "elderly_care", "养老服务"
    CHILD_CARE = "child_care", "儿童关爱保护"
    GOVERNANCE = "governance", "社区治理"
    OTHER = "other", "其他"
