"""The words social organizations choose from."""

from django.db import models


class OrganizationKind(models.TextChoices):
    """Legal kinds; a street-filed community organization has no legal personality."""

    ASSOCIATION = "association", "社会团体"
    SERVICE = "service", "社会服务机构（民办非企业单位）"
    FOUNDATION = "foundation", "基金会"
    FILED = "filed", "社区社会组织（街道备案）"


# How the credit code of what civil affairs registers begins: GB 32100-2015, 登记管理部门 5, 机构类别 1 to 3.
REGISTERED_AS: dict[str, str] = {
    OrganizationKind.ASSOCIATION: "51",
    OrganizationKind.SERVICE: "52",
    OrganizationKind.FOUNDATION: "53",
}


class Origin(models.TextChoices):
    """How an organization came to work here."""

    INTRODUCED = "introduced", "引入"
    INCUBATED = "incubated", "培育"
    OTHER = "other", "其他（不计入引入和培育）"


class ServiceCategory(models.TextChoices):
    """What a service item is about: the six named by the source, then others."""

    HOUSEKEEPING = "housekeeping", "家政服务"
    HOME_ELDERLY_CARE = "home_elderly_care", "居家养老"
    CHECK_UP = "check_up", "免费体检"
    CHINESE_MEDICINE = "chinese_medicine", "中医理疗"
    CHILD_AND_ELDER = "child_and_elder", "托幼敬老"
    CULTURE = "culture", "文化娱乐"
    LEGAL_AID = "legal_aid", "法律援助"
    COUNSELLING = "counselling", "心理关爱"
    EMPLOYMENT = "employment", "就业帮扶"
    DISABILITY = "disability", "残疾人服务"


class Fee(models.TextChoices):
    """What a service costs."""

    FREE = "free", "免费"
    LOW = "low", "低偿"
    MARKET = "market", "市场价"
