"""Who signs in, and what they may do where."""

import datetime
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from suzhou_portal.accounts import roles
from suzhou_portal.accounts.former_passwords import FormerPassword as FormerPassword
from suzhou_portal.accounts.managers import UserManager
from suzhou_portal.accounts.roles import Role
from suzhou_portal.accounts.submissions import Submission as Submission
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.rules import in_order, phone_validator
from suzhou_portal.audit.enums import Mask

# Written out, since an empty Q gives way to whatever it is joined with.
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


class User(AbstractBaseUser):
    """A person with an account. What they may do follows from their assignments alone."""

    is_staff = (
        True  # everybody with an account works in the admin; what they see follows from roles
    )

    username = models.CharField(
        "账号",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator(message="账号只能含文字、数字和 @ . + - _。")],
        error_messages={"unique": "已有这个账号。"},
    )
    name = models.CharField("姓名", max_length=30, blank=True)
    phone = models.CharField(
        "电话",
        max_length=20,
        blank=True,
        validators=[phone_validator],
    )
    person = models.OneToOneField(
        "communities.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="本人的人员记录",
        help_text="填写后，经区级人事确认，本人可以查看自己的薪酬。",
    )
    # Whom the personnel office confirmed: an administrator may name another, and that opens nothing.
    confirmed_person = models.ForeignKey(
        "communities.Person", models.SET_NULL, null=True, editable=False, related_name="+",
        verbose_name="人事已确认的本人",
    )  # fmt: skip
    is_active = models.BooleanField(
        "启用", default=True, help_text="停用账号请取消勾选，不要删除。"
    )
    is_superuser = models.BooleanField("应急超级用户", default=False, editable=False)
    must_change_password = models.BooleanField("下次登录须改密码", default=False, editable=False)
    password_changed_at = models.DateTimeField("最近改密时间", default=timezone.now, editable=False)
    is_demo = models.BooleanField("演示账号", default=False, editable=False)
    date_joined = models.DateTimeField("开户时间", default=timezone.now, editable=False)

    objects: ClassVar = UserManager()
    masked: ClassVar = {"password": Mask.SECRET, "phone": Mask.PHONE}
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]

    def __str__(self):
        return f"{self.name}（{self.username}）" if self.name else self.username

    @property
    def own_person_id(self) -> int | None:
        """The person whose own pay the account may look at."""
        return self.person_id if self.person_id == self.confirmed_person_id else None

    def get_short_name(self) -> str:
        """How pages greet the person."""
        return self.name or self.username

    @cached_property
    def current_assignments(self) -> list["Assignment"]:
        """What the person is entrusted with today."""
        if not self.is_active:
            return []
        return list(self.assignments.in_force(timezone.localdate()).select_related("area"))

    def _granting(self, permission: str) -> list["Assignment"]:
        return [a for a in self.current_assignments if permission in roles.PERMISSIONS[a.role]]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether an assignment grants the permission; for a record, one that reaches it."""
        if self.is_active and self.is_superuser:
            return True
        granting = self._granting(perm)
        return bool(granting) if obj is None else any(a.reaches(obj) for a in granting)

    def decides(self, perm: str, obj: Any) -> bool:
        """Whether the permission comes with an office, and not from owning the record."""
        if self.is_active and self.is_superuser:
            return True
        return any(
            one.role not in roles.OWNERS and one.reaches(obj) for one in self._granting(perm)
        )

    def has_perms(self, perms: Iterable[str], obj: Any = None) -> bool:
        """Whether all of them are granted."""
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether anything of the app is granted."""
        return (self.is_active and self.is_superuser) or any(
            permission.startswith(f"{app_label}.")
            for assignment in self.current_assignments
            for permission in roles.PERMISSIONS[assignment.role]
        )

    def scope(self, model: type[models.Model], action: str = "view") -> Q:
        """The records of a model this person may see, or may do something else with."""
        if self.is_active and self.is_superuser:
            return EVERYTHING
        granting = self._granting(roles.permission(action, model))
        reached = NOTHING
        for assignment in granting:
            reached |= assignment.reached(model)
        return reached

    def roots(self, model: type[models.Model], *actions: str, owners: bool = True) -> set[str]:
        """The divisions in which, and in all they contain, any of these may be done to the model.

        Without `owners`, only where it may be done to records of whomever.
        """
        if self.is_active and self.is_superuser:
            return {codes.COUNTRY}
        names = [roles.permission(action, model) for action in actions]
        granting = [assignment for name in names for assignment in self._granting(name)]
        return {one.area_id for one in granting if owners or one.role not in roles.OWNERS}

    def areas_for(self, model: type[models.Model], *actions: str) -> Q:
        """A filter of the divisions in which one of these actions is granted, at their roots and inside."""
        inside = NOTHING
        for code in self.roots(model, *actions):
            inside |= Q(code__startswith=codes.prefix_of(code))
        return inside

    def audited(self) -> Q:
        """The entries of the trail about areas this person answers for, and about no area."""
        if self.is_active and self.is_superuser:
            return EVERYTHING
        granting = self._granting("audit.view_auditentry")
        reached = Q(area_code="") if granting else NOTHING
        for assignment in granting:
            reached |= Q(area_code__startswith=codes.prefix_of(assignment.area_id))
        return reached


class AssignmentQuerySet(models.QuerySet):
    """Assignments."""

    def in_force(self, day: datetime.date):
        """Assignments begun by that day and not over; the last day still counts. What waits is in force
        once it is confirmed.
        """
        open_ = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(open_, valid_from__lte=day, awaits=False)


class Assignment(models.Model):
    """A role held by a person in an area, for a time; a person may hold several.

    One that opens pay (`CONFIRMED`) `awaits` the personnel office where an administrator gave it.
    """

    CONFIRMED = (Role.HR,)

    user = models.ForeignKey(User, models.CASCADE, verbose_name="账号", related_name="assignments")
    role = models.CharField("角色", max_length=15, choices=Role.choices)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="管辖地区", related_name="+")
    organization = models.ForeignKey(
        "organizations.SocialOrganization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所属组织",
        help_text="社会组织、第三方评估须填写。",
    )
    team = models.ForeignKey(
        "volunteers.VolunteerTeam",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="所属队伍",
        help_text="志愿队伍须填写。",
    )
    valid_from = models.DateField("生效日期", default=timezone.localdate)
    valid_to = models.DateField("失效日期", null=True, blank=True, help_text="当日仍有效。")

    awaits = models.BooleanField("待人事确认", default=False, editable=False)

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职授权"
        ordering = ["user_id", "area_id", "role"]
        constraints = [
            in_order("assignment_dates", "valid_from", "valid_to", "失效日期不能早于生效日期。"),
            models.CheckConstraint(
                name="assignment_names_its_organization",
                condition=Q(
                    role__in=[Role.ORGANIZATION, Role.EVALUATOR], organization__isnull=False
                )
                | ~Q(role__in=[Role.ORGANIZATION, Role.EVALUATOR]) & Q(organization__isnull=True),
                violation_error_message="社会组织、第三方评估须填写所属组织，其他角色不填。",
            ),
            models.CheckConstraint(
                name="assignment_names_its_team",
                condition=Q(role=Role.TEAM, team__isnull=False)
                | ~Q(role=Role.TEAM) & Q(team__isnull=True),
                violation_error_message="志愿队伍须填写所属队伍，其他角色不填。",
            ),
        ]

    def __str__(self):
        waiting = "（待人事确认）" if self.awaits else ""
        return f"{self.get_role_display()}：{self.area}{waiting}"

    def clean(self):
        """The role is held at a level that fits it."""
        fitting = roles.LEVELS.get(self.role)
        if self.area_id and fitting and codes.level_of(self.area_id) not in fitting:
            named = "、".join(level.label for level in fitting)
            raise ValidationError({"area": f"“{self.get_role_display()}”的管辖地区应为{named}。"})

    def reached(self, model: type[models.Model]) -> Q:
        """The records of a model this assignment reaches."""
        if issubclass(model, Area):
            return Q(code__startswith=codes.prefix_of(self.area_id))
        if not _stands_in_area(model):
            return EVERYTHING
        inside = Q(area__code__startswith=codes.prefix_of(self.area_id))
        if self.role not in roles.OWNERS:
            return inside
        path = self._owner_path(model)
        if path is None:
            return NOTHING
        owned = model._default_manager.filter(**{path: self._owner_key()})
        return inside & Q(pk__in=owned.values("pk"))

    def reaches(self, record: models.Model) -> bool:
        """Whether it reaches one record as it stands in memory, saved or not."""
        if isinstance(record, Area):
            return codes.contains(self.area_id, record.pk)
        if not _stands_in_area(type(record)):
            return True
        if not codes.contains(self.area_id, record.area_id or ""):  # type: ignore[attr-defined]
            return False
        if self.role not in roles.OWNERS:
            return True
        path = self._owner_path(type(record))
        return path is not None and _owner_of(record, path, self._owner_key())

    def _owner_path(self, model: type[models.Model]) -> str | None:
        return getattr(model, "owned_by", {}).get(roles.OWNERS[Role(self.role)])

    def _owner_key(self) -> int | None:
        return self.team_id if self.role == Role.TEAM else self.organization_id


def _stands_in_area(model: type[models.Model]) -> bool:
    return any(field.name == "area" for field in model._meta.concrete_fields)


def _owner_of(record: Any, path: str, key: int | None) -> bool:
    """Whether following `path` (as a lookup, `a__b_id`) from the record leads to that key."""
    first, _, rest = path.partition("__")
    value: Any = getattr(record, first, None)
    if hasattr(value, "filter"):
        return record.pk is not None and value.filter(**{rest: key}).exists()
    if rest:
        return value is not None and _owner_of(value, rest, key)
    return key is not None and value == key
