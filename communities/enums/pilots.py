"""The words of smart-community pilots."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class DeviceKind(models.TextChoices):
    """What a device or application of a pilot is for."""

    ACCESS = "access", "智能门禁"
    CAMERA = "camera", "视频监控"
    FIRE = "fire", "消防感知"
    CHARGING = "charging", "充电管理"
    CARE = "care", "养老健康"
    ENVIRONMENT = "environment", "环境监测"
    APPLICATION = "application", "应用系统"
    OTHER = "other", "其他"


class PilotState(models.TextChoices):
    APPLIED = "applied", "申报待评审"
    REFUSED = "refused", "未批准"
    APPROVED = "approved", "已批准"
    BUILDING = "building", "建设中"
    TRIAL = "trial", "试运行"
    ACCEPTED = "accepted", "已验收"
    RUNNING = "running", "运行中"
    STOPPED = "stopped", "已停止运行"


_S = PilotState
SMART_PILOT = Lifecycle(
    "pilot", PilotState,
    Move("approve", "批准", (_S.APPLIED,), _S.APPROVED, by_another=True, dated=("approved_on",)),
    Move("refuse", "不批准", (_S.APPLIED,), _S.REFUSED, by_another=True, reason=True),
    Move("build", "开工建设", (_S.APPROVED,), _S.BUILDING, action="change", dated=("building_on",)),
    Move("try_out", "转入试运行", (_S.BUILDING,), _S.TRIAL, action="change", dated=("trial_on",)),
    Move(
        "accept", "验收通过", (_S.TRIAL,), _S.ACCEPTED,
        by_another=True, fields=("findings",), dated=("accepted_on",),
    ),
    Move(
        "rework", "验收不通过", (_S.TRIAL,), _S.BUILDING,
        by_another=True, reason=True, blanks=("trial_on",),
    ),
    Move("run", "正式运行", (_S.ACCEPTED,), _S.RUNNING, action="change", dated=("running_on",)),
    Move(
        "stop", "停止运行", (_S.RUNNING,), _S.STOPPED,
        action="change", reason=True, dated=("stopped_on",),
    ),
    amend(
        "变更方案", (_S.APPROVED, _S.BUILDING, _S.TRIAL, _S.RUNNING), "content",
        by_another=True, proposed_by="change",
    ),
    action="decide", closed=(_S.REFUSED, _S.STOPPED), begins="applied_on", good=(_S.ACCEPTED, _S.RUNNING),
    bad=(_S.REFUSED,),
)  # fmt: skip


class FaultState(models.TextChoices):
    OPEN = "open", "待修复"
    REPAIRED = "repaired", "已修复"


_F = FaultState
DEVICE_FAULT = Lifecycle(
    "fault", FaultState,
    Move(
        "repair", "修复", (_F.OPEN,), _F.REPAIRED,
        fields=("repaired_by", "remedy"), dated=("repaired_on",),
    ),
    closed=(_F.REPAIRED,), begins="reported_on", good=(_F.REPAIRED,), bad=(_F.OPEN,),
)  # fmt: skip
