"""Who signs in, and what they may do where."""

import datetime
from collections.abc import Iterable
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from suzhou_portal.accounts import roles
from suzhou_portal.accounts.once import Submission as Submission
from suzhou_portal.accounts.ownership import owner_of, stands_in_area
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas import codes, succession
from suzhou_portal.areas.codes import EVERYTHING, NOTHING, inside
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import filled_while, in_order
from suzhou_portal.audit.enums import Mask
from suzhou_portal.fields import PersonName, Phone, PlannedDay


class UserManager(BaseUserManager["User"]):
    """Makes accounts; each has the password it was given, never one of ours."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An account; without a password nobody can sign in to it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An account that may do everything, for emergencies. Every use of it is in the trail."""
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser):
    """A person with an account. What they may do follows from their assignments alone."""

    is_staff = True  # in the admin everybody works; what they see there follows from roles

    username = models.CharField(
        "账号",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator(message="账号只能含文字、数字和 @ . + - _。")],
        error_messages={"unique": "已有这个账号。"},
    )
    name = PersonName("姓名", max_length=30, blank=True)
    phone = Phone("电话", max_length=20, blank=True)
    person = models.OneToOneField(
        "communities.Person", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="本人的人员记录",
        help_text="填写后，经区级人事确认，本人可以查看自己的薪酬。",
    )  # fmt: skip
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
        held = self.assignments.in_force(timezone.localdate())
        return list(held.select_related("area", "organization", "team")) if self.is_active else []

    @cached_property
    def own_areas(self) -> set[str]:
        """The divisions in whose own offices the person works: not what lies inside them."""
        held = self.current_assignments
        return {*chain(*(one.answered_for for one in held if one.role not in roles.OWNERS))}

    @property
    def _is_unbounded(self) -> bool:
        return self.is_active and self.is_superuser

    def _granting(self, permission: str) -> list["Assignment"]:
        return [a for a in self.current_assignments if permission in roles.PERMISSIONS[a.role]]

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether an assignment grants the permission; for a record, one that reaches it."""
        if self._is_unbounded:
            return True
        granting = self._granting(perm)
        return bool(granting) if obj is None else any(a.reaches(obj) for a in granting)

    def decides(self, perm: str, obj: Any) -> bool:
        """Whether the permission comes with an office, and not from owning the record."""
        if self._is_unbounded:
            return True
        return any(a.role not in roles.OWNERS and a.reaches(obj) for a in self._granting(perm))

    def has_perms(self, perms: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        held = [roles.PERMISSIONS[one.role] for one in self.current_assignments]
        return self._is_unbounded or any(
            permission.startswith(f"{app_label}.") for permission in chain(*held)
        )

    def scope(self, model: type[models.Model], action: str = "view") -> Q:
        """The records of a model this person may see, or may do something else with."""
        if self._is_unbounded:
            return EVERYTHING
        granting = self._granting(roles.permission(action, model))
        return reduce(or_, (one.reached(model) for one in granting), NOTHING)

    def roots(self, model: type[models.Model], *actions: str, owners: bool = True) -> set[str]:
        """The divisions in which, and in all they contain, any of these may be done to the model.

        Without `owners`, only to records of whomever; to add alone, in none that has ended.
        """
        if self._is_unbounded:
            return {codes.COUNTRY}
        names = [roles.permission(action, model) for action in actions]
        granting = [assignment for name in names for assignment in self._granting(name)]
        held = [one for one in granting if owners or one.role not in roles.OWNERS]
        own = set(actions) == {"add"}
        return {code for one in held for code in ([one.area_id] if own else one.answered_for)}

    def areas_for(self, model: type[models.Model], *actions: str) -> Q:
        """A filter of the divisions in which one of these actions is granted, at their roots and inside."""
        return inside("code", self.roots(model, *actions))

    def audited(self) -> Q:
        """The entries of the trail about areas this person answers for, and about no area."""
        if self._is_unbounded:
            return EVERYTHING
        granting = self._granting("audit.view_auditentry")
        of_no_area = Q(area_code="") if granting else NOTHING
        return of_no_area | inside("area_code", [one.area_id for one in granting])


class AssignmentQuerySet(models.QuerySet):
    def in_force(self, day: datetime.date):
        """Begun by that day, not over (the last day still counts), and not waiting to be confirmed."""
        open_ = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(open_, valid_from__lte=day, awaits=False)


class Assignment(models.Model):
    """A role held by a person in an area, for a time; a person may hold several.

    One that opens pay (`CONFIRMED`) `awaits` the personnel office where an administrator gave it.
    """

    CONFIRMED = (Role.HR,)

    user = models.ForeignKey(User, models.CASCADE, verbose_name="账号", related_name="assignments")
    role = models.CharField("角色", max_length=15, choices=Role.choices)
    area = refers_to(Area, "管辖地区", "+")
    organization = refers_to(
        "organizations.SocialOrganization", "所属组织", "+", optional=True,
        help_text="社会组织、第三方评估须填写。",
    )  # fmt: skip
    team = refers_to(
        "volunteers.VolunteerTeam", "所属队伍", "+", optional=True, help_text="志愿队伍须填写。"
    )
    valid_from = PlannedDay("生效日期", default=timezone.localdate)
    valid_to = PlannedDay("失效日期", null=True, blank=True, help_text="当日仍有效。")

    awaits = models.BooleanField("待人事确认", default=False, editable=False)

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职授权"
        ordering = ["user_id", "area_id", "role"]
        constraints = [
            in_order("assignment_dates", "valid_from", "valid_to", "失效日期不能早于生效日期。"),
            filled_while(
                "assignment_names_its_organization", "organization",
                "社会组织、第三方评估须填写所属组织，其他角色不填。",
                role__in=[Role.ORGANIZATION, Role.EVALUATOR],
            ),
            filled_while(
                "assignment_names_its_team", "team", role=Role.TEAM,
                message="志愿队伍须填写所属队伍，其他角色不填。",
            ),
        ]  # fmt: skip

    def __str__(self):
        waiting = "（待人事确认）" if self.awaits else ""
        return f"{self.get_role_display()}：{self.organization or self.team or self.area}{waiting}"

    def clean(self):
        """The role fits the level at which it is held, and is given in no division that has ended."""
        if self.area_id and self._state.adding:
            days = filter(None, [self.valid_from, timezone.localdate()])
            succession.require_in_force(self.area, max(days))
        fitting = roles.LEVELS.get(self.role)
        if self.area_id and fitting and codes.level_of(self.area_id) not in fitting:
            named = "、".join(level.label for level in fitting)
            raise ValidationError({"area": f"“{self.get_role_display()}”的管辖地区应为{named}。"})

    def reached(self, model: type[models.Model]) -> Q:
        """The records of a model this assignment reaches."""
        if not issubclass(model, Area) and not stands_in_area(model):
            return EVERYTHING
        if issubclass(model, Area):
            return inside("code", self.answered_for)
        roots, others = self._reach(model)
        around = inside("area__code", roots) | (Q(area__in=others) if others else NOTHING)
        if self.role not in roles.OWNERS:
            return around
        path = self._owner_path(model)
        if path is None:
            return NOTHING
        owned = model._default_manager.filter(**{path: self._owner_key()})
        return around & Q(pk__in=owned.values("pk"))

    def reaches(self, record: models.Model) -> bool:
        """Whether it reaches one record as it stands in memory, saved or not."""
        if isinstance(record, Area):
            return any(codes.contains(one, record.pk) for one in self.answered_for)
        if not stands_in_area(type(record)):
            return True
        roots, others = self._reach(record)
        place = record.area_id or ""  # type: ignore[attr-defined]
        stands = place in others or any(codes.contains(one, place) for one in roots)
        if not stands or self.role not in roles.OWNERS:
            return stands
        path = self._owner_path(type(record))
        return path is not None and owner_of(record, path, self._owner_key())

    @cached_property
    def answered_for(self) -> list[str]:
        """Its division, and those that ended and left their records to this one."""
        return succession.answered_for(self.area_id)

    def _reach(self, model: Any) -> tuple[list[str], list[str]]:
        """The divisions inside which records of the model are reached, and others whose own are too."""
        if self.role not in getattr(model, "comes_to", ()):
            return self.answered_for, []
        own = self.role in roles.OWNERS
        return ([codes.COUNTRY], []) if own else (self.answered_for, codes.lineage(self.area_id))

    def _owner_path(self, model: type[models.Model]) -> str | None:
        return getattr(model, "owned_by", {}).get(roles.OWNERS[Role(self.role)])

    def _owner_key(self) -> int | None:
        return self.team_id if self.role == Role.TEAM else self.organization_id


class FormerPassword(models.Model):
    """The hash of a password that an account has or had, so that it does not come back."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    since = models.DateTimeField(default=timezone.now)

    audited = False  # the trail tells when a password was changed

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.user_id} {self.since}"
