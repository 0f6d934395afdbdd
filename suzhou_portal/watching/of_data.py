"""What the portal says, and whether it can go on saying it: figures, the queue, the working calendar."""

import datetime

from django.conf import settings
from django.db.models import Case, Count, Min, Q, When
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from suzhou_portal.calendars import workdays
from suzhou_portal.figures.kept import upkeep
from suzhou_portal.figures.kept.models import KeptValue
from suzhou_portal.service.models import CheckState
from suzhou_portal.watching.checks import Looking, Seen, checking, lasting, moment

LATE = 36 * 3600  # seconds
SLOW, STUCK = 10 * 60, 60 * 60  # seconds that a task may wait
AT_ONCE = 9999  # the year to which django-tasks puts off what need not wait
NEXT_YEAR_FROM = 12, 1  # by then the State Council has arranged the coming year


@checking(
    "figures", "指标核对", "保存的数值与记录逐项核对，证明页面上的数是对的。",
    gauges={
        "figures_mismatches": "Kept values that the last audit found wrong.",
        "figures_audit_age_seconds": "Seconds since the last audit of kept values.",
        "figures_age_seconds": "Seconds since the values of the portal's own division were computed.",
    },
)  # fmt: skip
def audited(looking: Looking) -> Seen:
    """By the last audit that compared the portal's own division."""
    last = upkeep.latest_audit(settings.PORTAL_AREA)
    own = KeptValue.objects.filter(area_code=settings.PORTAL_AREA)
    computed = own.order_by("-computed_at").values_list("computed_at", flat=True).first()
    values = {"figures_age_seconds": looking.age(computed)} if computed else {}
    if last is None:
        advice = "运行 manage.py nightly，以后由定时任务每夜运行。"
        return Seen(CheckState.CAUTION, "还没有核对过", advice, values)
    age, wrong = looking.age(last.finished_at), len(last.mismatches)
    values |= {"figures_mismatches": wrong, "figures_audit_age_seconds": age}
    if wrong:
        told = f"{moment(last.finished_at)}核对，{wrong}项与记录不一致，如{last.mismatches[0]}"
        advice = (
            "运行 manage.py audit_figures --repair 按记录重新保存，并把以上内容报告给门户的开发者。"
        )
        return Seen(CheckState.FAULT, told, advice, values)
    told = f"{moment(last.finished_at)}核对{last.compared}项数值，与记录一致"
    if age > LATE:
        advice = "运行 manage.py nightly，并查看定时任务是否启用。"
        return Seen(CheckState.CAUTION, f"{told}；{lasting(age)}没有再核对", advice, values)
    return Seen(CheckState.FINE, told, values=values)


@checking(
    "queue", "排队的工作", "通知和邮件排队办理，由 work_queue 进程逐件做。",
    gauges={
        "queue_length": "Tasks that could be done now.",
        "queue_oldest_seconds": "Seconds that the oldest of them has waited.",
        "queue_failed": "Tasks that failed in the last day.",
    },
)  # fmt: skip
def moving(looking: Looking) -> Seen:
    """By how long the oldest task waits that could be done."""
    planned = Q(run_after__lte=looking.now)
    due = Q(status=TaskResultStatus.READY) & (planned | Q(run_after__year=AT_ONCE))
    day_ago = looking.now - datetime.timedelta(days=1)
    found = DBTaskResult.objects.aggregate(
        waiting=Count("pk", filter=due),
        since=Min(Case(When(planned, then="run_after"), default="enqueued_at"), filter=due),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED, finished_at__gt=day_ago)),
    )
    waited = looking.age(found["since"]) if found["since"] else 0.0
    values = {
        "queue_length": found["waiting"],
        "queue_oldest_seconds": waited,
        "queue_failed": found["failed"],
    }
    if waited > SLOW:
        state = CheckState.FAULT if waited > STUCK else CheckState.CAUTION
        told = f"{found['waiting']}件在等，最早的等了{lasting(waited)}"
        advice = "查看 work_queue 是否在运行（systemctl status portal-queue），没有就启动它。不会丢失，也不会重复。"
        return Seen(state, told, advice, values)
    if found["failed"]:
        advice = "按日志中的 FAILED 查原因；通知仍在门户的“通知”里。"
        return Seen(CheckState.CAUTION, f"一天内有{found['failed']}件没有办成", advice, values)
    return Seen(CheckState.FINE, f"{found['waiting']}件在等", values=values)


@checking("calendar", "工作日历", "办理时限按工作日计算，要录入每年的放假调休安排。")
def arranged(looking: Looking) -> Seen:
    """This year at any time; the next one from December on."""
    today = timezone.localtime(looking.now).date()
    late = (today.month, today.day) >= NEXT_YEAR_FROM
    years = [today.year, *([today.year + 1] if late else [])]
    missing = [year for year in years if not workdays.arranged(year)]
    if not missing:
        return Seen(CheckState.FINE, f"{'、'.join(map(str, years))}年已录入")
    state = CheckState.FAULT if today.year in missing else CheckState.CAUTION
    told = f"{'、'.join(map(str, missing))}{workdays.NO_ARRANGEMENT}"
    return Seen(state, told, "请区级账号在“数据管理—节假日与调休”中按国务院办公厅的通知录入。")
