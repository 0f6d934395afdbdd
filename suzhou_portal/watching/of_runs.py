"""What is to be run beside the pages, and whether it was: backups, their trial, the work of nights and months."""

import datetime
from dataclasses import dataclass

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min

from suzhou_portal.service import runs
from suzhou_portal.service.models import CheckState, RunKind
from suzhou_portal.watching.checks import Looking, Seen, checking, lasting, moment

HOURS = datetime.timedelta(hours=1)
DAYS = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """How long a run may lie back; `late` is what it is when that has passed, `advice` what to do then."""

    kind: RunKind
    within: datetime.timedelta
    late: CheckState
    advice: str
    gauge: str

    def seen(self, looking: Looking) -> Seen:
        """How it stands, by the last run that succeeded and by one that failed since."""
        good, last = runs.latest(self.kind, succeeded=True), runs.latest(self.kind)
        age = looking.age(good.finished_at if good else _begun(looking))
        values = {self.gauge: age} if good else {}
        failed = f"最近一次失败了：{last.detail}" if last and not last.ok else ""
        if age > self.within.total_seconds():
            told = f"{lasting(age)}未成功。{failed}" if good else f"还没有成功过。{failed}"
            return Seen(self.late, told, self.advice, values)
        if failed:
            return Seen(CheckState.CAUTION, failed, self.advice, values)
        if good is None:
            return Seen(CheckState.CAUTION, "还没有做过", self.advice)
        return Seen(CheckState.FINE, f"{moment(good.finished_at)}成功", values=values)


def _begun(looking: Looking) -> datetime.datetime:
    """When the portal's tables were made: a new portal is late no sooner than any other."""
    first = MigrationRecorder.Migration.objects.aggregate(at=Min("applied"))["at"]
    return first or looking.now


_SERVICES = "查看定时任务是否启用（systemctl list-timers），失败原因在日志和“运行记录”里。"
_BACKUP = Due(
    RunKind.BACKUP, 36 * HOURS, CheckState.FAULT,
    f"现在就运行 manage.py backup --nightly，看它说什么。{_SERVICES}", "backup_age_seconds",
)  # fmt: skip
_TRIAL = Due(
    RunKind.CHECK, 15 * DAYS, CheckState.CAUTION,
    f"运行 manage.py restore 备份文件 --check；失败的备份不能用，请立即再备份一次。{_SERVICES}",
    "backup_trial_age_seconds",
)  # fmt: skip
_NIGHTLY = Due(
    RunKind.NIGHTLY, 36 * HOURS, CheckState.FAULT,
    f"运行 manage.py nightly，看它说什么。页面仍按记录计算，只是变慢。{_SERVICES}",
    "nightly_age_seconds",
)  # fmt: skip
_MONTHLY = Due(
    RunKind.MONTHLY, 35 * DAYS, CheckState.CAUTION,
    f"运行 manage.py monthly：超过期限的个人信息没有清除，是违反法律的。{_SERVICES}",
    "monthly_age_seconds",
)  # fmt: skip
_UPDATES = Due(
    RunKind.UPDATES, 35 * DAYS, CheckState.CAUTION,
    "门户不上网查，所以不知道所用的软件有没有已公布的漏洞。每月请人在能上网的机器上"
    "运行 make vulnerabilities，更新以后用 manage.py updates_checked 记下结论。",
    "updates_checked_age_seconds",
)  # fmt: skip


@checking(
    "backup", "备份", "机器坏了、数据误删了，靠备份恢复。",
    gauges={_BACKUP.gauge: "Seconds since the last backup that succeeded."},
)  # fmt: skip
def backed_up(looking: Looking) -> Seen:
    """36 hours: a night was missed."""
    return _BACKUP.seen(looking)


@checking(
    "backup_trial", "试恢复", "没有试过的备份，不知道能不能恢复。",
    gauges={_TRIAL.gauge: "Seconds since a backup was last restored for trial."},
)  # fmt: skip
def tried(looking: Looking) -> Seen:
    """A trial that failed means that there may be no backup at all."""
    seen, last = _TRIAL.seen(looking), runs.latest(RunKind.CHECK)
    if last and not last.ok:
        return Seen(CheckState.FAULT, seen.told, _TRIAL.advice, seen.values)
    return seen


@checking(
    "nightly", "每夜计算", "指标数值随日期变化，每夜重新计算并核对。",
    gauges={_NIGHTLY.gauge: "Seconds since the nightly run last succeeded."},
)  # fmt: skip
def ran_at_night(looking: Looking) -> Seen:
    """36 hours as well."""
    return _NIGHTLY.seen(looking)


@checking(
    "monthly", "每月清理", "超过期限的个人信息匿名化，超过期限的审计日志清理。",
    gauges={_MONTHLY.gauge: "Seconds since the monthly run last succeeded."},
)  # fmt: skip
def ran_this_month(looking: Looking) -> Seen:
    """A month and some days."""
    return _MONTHLY.seen(looking)


@checking(
    "updates", "安全更新", "所用的软件会公布漏洞，要有人看。",
    gauges={_UPDATES.gauge: "Seconds since somebody checked for known vulnerabilities."},
)  # fmt: skip
def updates_checked(looking: Looking) -> Seen:
    """The portal asks nobody outside, so it does not know."""
    seen = _UPDATES.seen(looking)
    fine = seen.state == CheckState.FINE
    return seen if fine else Seen(seen.state, f"状态未知：{seen.told}", seen.advice, seen.values)
