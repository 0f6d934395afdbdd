"""Accounts and groups in the admin, with what they may do said in Chinese."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission

from suzhou_portal.accounts.models import User

ACTIONS = {"add": "添加", "change": "修改", "delete": "删除", "view": "查看"}


class PermissionField(forms.ModelMultipleChoiceField):
    """Permissions; Django keeps their names in English."""

    def label_from_instance(self, obj):
        """For example 社会组织 | 服务项目：修改."""
        action = obj.codename.split("_")[0]
        return f"{obj.content_type}：{ACTIONS.get(action, obj.name)}"


class ChinesePermissions(admin.options.BaseModelAdmin):
    """Shows permissions in Chinese, read with their models in one query."""

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        """The usual field, or ours for permissions."""
        if db_field.remote_field.model is Permission:
            kwargs["form_class"] = PermissionField
            kwargs["queryset"] = Permission.objects.select_related("content_type")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(User)
class AccountAdmin(ChinesePermissions, UserAdmin):
    pass


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(ChinesePermissions, GroupAdmin):
    pass
