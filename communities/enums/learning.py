"""The words of training plans, courses and their results."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend


class Quarter(models.IntegerChoices):
    """A quarter of a year."""

    FIRST = 1, "第一季度"
    SECOND = 2, "第二季度"
    THIRD = 3, "第三季度"
    FOURTH = 4, "第四季度"


class PlanState(models.TextChoices):
    DRAFT = "draft", "草案"
    SUBMITTED = "submitted", "待审批"
    RUNNING = "running", "执行中"
    DONE = "done", "已完成"
    REVISING = "revising", "调整中"
    REVISED = "revised", "调整待审批"


_P = PlanState
TRAINING_PLAN = Lifecycle(
    "plan", PlanState,
    Move(
        "submit", "提交审批", (_P.DRAFT,), _P.SUBMITTED,
        needs=("sessions", "计划还没有场次，请先增加计划场次。"),
    ),
    Move(
        "approve", "批准执行", (_P.SUBMITTED,), _P.RUNNING,
        action="approve", by_another=True, dated=("approved_on",),
    ),
    Move("send_back", "退回修改", (_P.SUBMITTED,), _P.DRAFT, action="approve", reason=True),
    Move("revise", "调整计划", (_P.RUNNING,), _P.REVISING, reason=True),
    Move("resubmit", "提交调整", (_P.REVISING,), _P.REVISED),
    Move(
        "accept", "批准调整", (_P.REVISED,), _P.RUNNING, action="approve", by_another=True,
    ),
    Move("return", "退回调整", (_P.REVISED,), _P.REVISING, action="approve", reason=True),
    Move("finish", "完成", (_P.RUNNING,), _P.DONE, dated=("finished_on",)),
    closed=(_P.DONE,), open_in=(_P.DRAFT, _P.REVISING), good=(_P.DONE,),
)  # fmt: skip


class CourseState(models.TextChoices):
    PLANNED = "planned", "计划"
    ENROLLING = "enrolling", "报名中"
    RUNNING = "running", "进行中"
    ENDED = "ended", "已结束"
    PUBLISHED = "published", "成绩已公布"
    CANCELLED = "cancelled", "已取消"


_C = CourseState
COURSE = Lifecycle(
    "course", CourseState,
    Move("open", "开放报名", (_C.PLANNED,), _C.ENROLLING),
    Move("begin", "开班", (_C.ENROLLING,), _C.RUNNING),
    Move("end", "结束", (_C.RUNNING,), _C.ENDED),
    Move(
        "publish", "公布成绩", (_C.ENDED,), _C.PUBLISHED,
        action="publish", by_another=True, dated=("published_on",),
    ),
    Move(
        "withdraw", "撤回成绩", (_C.PUBLISHED,), _C.ENDED,
        action="publish", reason=True, blanks=("published_on",),
    ),
    Move("cancel", "取消", (_C.PLANNED, _C.ENROLLING), _C.CANCELLED, reason=True),
    amend("变更安排", (_C.ENROLLING, _C.RUNNING), "name", "base", "starts_on", "ends_on", "hours",
        "explanation",
    ),
    closed=(_C.PUBLISHED, _C.CANCELLED), good=(_C.PUBLISHED,), bad=(_C.CANCELLED,),
)  # fmt: skip

COURSE_HELD = (_C.ENDED, _C.PUBLISHED)  # it took place


class Attendance(models.TextChoices):
    """Whether somebody enrolled came; blank while nobody has written it down."""

    PRESENT = "present", "到课"
    ABSENT = "absent", "缺课"


class Award(models.TextChoices):
    """What a contest is won with."""

    FIRST = "first", "一等奖"
    SECOND = "second", "二等奖"
    THIRD = "third", "三等奖"
    MERIT = "merit", "优秀奖"
