"""The kinds of event in the trail, and the kinds of column that are masked in it."""

from django.db import models


class Action(models.TextChoices):
    """The kinds of event. The first four are written by the database's own triggers."""

    CREATE = "create", "新增"
    CHANGE = "change", "修改"
    DELETE = "delete", "删除"
    CLEAR = "clear", "清空整表"
    SIGN_IN = "sign_in", "登录"
    SIGN_IN_FAILED = "sign_in_failed", "登录失败"
    TRY_FAILED = "try_failed", "核对失败"
    LOCKED_OUT = "locked_out", "登录锁定"
    SIGN_OUT = "sign_out", "退出"
    REVEAL = "reveal", "查看个人信息"
    LOOK = "look", "查看薪酬"
    EXPORT = "export", "导出"
    IMPORT = "import", "导入"
    ANONYMISE = "anonymise", "匿名化"
    PRUNE = "prune", "清理日志"


class Mask(models.TextChoices):
    """What a column holds that not everybody may read; the trail itself keeps it masked."""

    PHONE = "phone", "电话"
    NAME = "name", "姓名"
    BIRTH = "birth", "出生年月"
    SECRET = "secret", "密钥"
