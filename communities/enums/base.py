"""The words communities and social workers choose from."""

from django.db import models


class Rank(models.TextChoices):
    """A cadre's rank at the time of a training."""

    SECTION = "section", "科级"
    STAFF = "staff", "科员及以下"


class CourseKind(models.TextChoices):
    """What a training is for."""

    POST = "post", "岗位培训"
    SECRETARY_CONTEST = "secretary_contest", "社区书记大比武"
    PARTY_WORKER = "party_worker", "社区党务工作者培训班"
    FULL_TIME_WORKER = "full_time_worker", "专职社区工作者培训班"


class CertificateLevel(models.TextChoices):
    """The national levels of social work. 社会工作员 is not one of them."""

    ASSISTANT = "assistant", "助理社会工作师"
    SOCIAL_WORKER = "social_worker", "社会工作师"
    SENIOR = "senior", "高级社会工作师"


class AllowanceKind(models.TextChoices):
    """What an allowance standard is paid for."""

    GRID_SECRETARY = "grid_secretary", "网格支部书记工作补助"


class MechanismKind(models.TextChoices):
    """The mechanisms a community sets up."""

    EMERGENCY_RESPONSE = "emergency_response", "应急响应"
    MEDIATION = "mediation", "矛盾化解"
    DELIBERATION = "deliberation", "议事协调"


class DocumentKind(models.TextChoices):
    """What a policy document is about."""

    VOLUNTEER_GUIDANCE = "volunteer_guidance", "志愿服务体系指导性文件"
    PURCHASE_REGULATION = "purchase_regulation", "政府购买服务办法"
    OTHER = "other", "其他"
