"""M7 议事协调: deliberation, from the notice to the resolution carried out."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from communities.enums.meetings import DELIBERATION_MEETING, MeetingKind
from suzhou_portal import clock
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.relations import refers_to
from suzhou_portal.areas.rules import check, in_hours, in_order, stands_at
from suzhou_portal.audit.enums import Mask
from suzhou_portal.calendars.workdays import Deadline
from suzhou_portal.fields import Line, Name, PastDay, PlannedDay, Prose
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.lifecycle.table import having

# No law sets a period for urban communities; a community's own rules may ask for more.
DAYS_OF_NOTICE = 3  # calendar days
DAYS_TO_CARRY_OUT = 10  # working days; the meeting may set another day
MOST_PEOPLE = 100_000
# Meetings that only count with more than half of those entitled: residents of 18 years, households'
# or groups' representatives. Source: 城市居民委员会组织法 article 9.
BY_LAW = (MeetingKind.RESIDENTS, MeetingKind.REPRESENTATIVES)
BEFORE_IT = ["planned", "announced", "cancelled"]
PASSED = ("resolved", "carrying_out", "done")
MORE_THAN_HALF_AGREE = Q(attended__lt=F("agreed") * 2)


def _people(label: str, **options) -> models.PositiveIntegerField:
    limits = [MinValueValidator(0), MaxValueValidator(MOST_PEOPLE)]
    return models.PositiveIntegerField(label, null=True, blank=True, validators=limits, **options)


class DeliberationMeeting(Staged):
    """A meeting in which residents decide, and what became of what they decided.

    Who is entitled, attended, agreed, was against or abstained is counted in people (人).
    """

    lifecycle = DELIBERATION_MEETING

    kind = models.CharField("会议类别", max_length=16, choices=MeetingKind.choices)
    topic = Line("议题", max_length=60)
    agenda = Prose("议题说明", blank=True, max_length=2_000)
    planned_on = PlannedDay("拟定召开日期")
    starts = models.TimeField("拟定开始时间", null=True, blank=True, help_text="公告时须写明。")
    ends = clock.EndTime("拟定结束时间", null=True, blank=True)
    place = Line("地点", max_length=80)
    announced_on = PastDay("公告日期", null=True, blank=True, editable=False)
    held_on = PastDay("召开日期", null=True, blank=True, editable=False)
    began = models.TimeField("开始时间", null=True, blank=True)
    ended = clock.EndTime("结束时间", null=True, blank=True)
    entitled = _people("应到人数（人）")
    attended = _people("实到人数（人）")
    attendees = Prose(
        "参会人员", blank=True, max_length=20_000, help_text="每行一人；也可上传签到表照片。"
    )
    agreed = _people("同意（人）")
    against = _people("反对（人）")
    abstained = _people("弃权（人）")
    resolution = Prose("决议", blank=True, max_length=3_000)
    resolved_on = PastDay("决议日期", null=True, blank=True, editable=False)
    outcome = Prose("落实情况", blank=True, max_length=2_000)
    done_on = PastDay("落实日期", null=True, blank=True, editable=False)

    masked: ClassVar = {"attendees": Mask.NAME}
    used_until = "held_on"
    called = "topic"

    class Meta:
        verbose_name = verbose_name_plural = "议事协商会议"
        ordering = ["-planned_on", "-pk"]
        constraints = [
            check(
                "meeting_notice",
                Q(announced_on__isnull=True)
                | Q(planned_on__gte=F("announced_on") + datetime.timedelta(days=DAYS_OF_NOTICE)),
                f"召开日期须在公告{DAYS_OF_NOTICE}天以后。",
                at="planned_on",
            ),
            in_order(
                "meeting_held",
                "planned_on",
                "held_on",
                "召开不能早于公告的日期；提前召开的，请先办理“改期”，再重新公告。",
            ),
            in_hours("meeting_planned_hours", "starts", "ends"),
            in_hours("meeting_hours", "began", "ended"),
            in_order("meeting_resolved", "held_on", "resolved_on", "决议日期不能早于召开日期。"),
            in_order("meeting_done", "resolved_on", "done_on", "落实日期不能早于决议日期。"),
            check(
                "meeting_attended_of_entitled",
                Q(attended__isnull=True) | Q(attended__lte=F("entitled")),
                "实到人数不能多于应到人数。",
                at="attended",
            ),
            check(
                "meeting_quorum",
                Q(attended__isnull=True) | ~Q(kind__in=BY_LAW) | Q(entitled__lt=F("attended") * 2),
                "居民会议须有应到人数的过半数出席才能举行（城市居民委员会组织法第九条）。",
                at="attended",
            ),
            check(
                "meeting_votes_add_up",
                Q(agreed__isnull=True, against__isnull=True, abstained__isnull=True)
                | Q(attended=F("agreed") + F("against") + F("abstained")),
                "同意、反对、弃权人数之和须等于实到人数。",
                at="agreed",
            ),
            check(
                "meeting_majority",
                ~Q(state__in=PASSED) | MORE_THAN_HALF_AGREE,
                "决议须由出席人的过半数通过；同意未过半数的，请办理“未通过”。",
                at="agreed",
            ),
            check(
                "meeting_minority",
                ~Q(state="not_passed") | Q(attended__gte=F("agreed") * 2),
                "同意已过出席人的半数，请办理“形成决议”。",
                at="agreed",
            ),
            check(
                "meeting_announced_fits_state",
                Q(state="cancelled")
                | Q(state="planned", announced_on__isnull=True)
                | Q(announced_on__isnull=False) & ~Q(state="planned"),
                "会议须先公告。",
            ),
            check(
                "meeting_attendance_fits_state",
                having(*BEFORE_IT, blank=("held_on", "began", "attended"))
                | Q(held_on__isnull=False, attended__isnull=False, entitled__isnull=False)
                & ~Q(state__in=BEFORE_IT),
                "召开的会议须有召开日期、应到和实到人数，未召开的没有。",
            ),
            check(
                "meeting_votes_fit_state",
                having(*PASSED, "not_passed", filled=("agreed", "against", "abstained"))
                | Q(state__in=[*BEFORE_IT, "held"], agreed__isnull=True),
                "表决后须有同意、反对和弃权人数，表决前没有。",
            ),
            check(
                "meeting_resolution_fits_state",
                Q(state__in=PASSED, resolved_on__isnull=False) & ~Q(resolution="")
                | Q(resolved_on__isnull=True) & ~Q(state__in=PASSED),
                "形成决议须有决议内容和日期。",
            ),
            check(
                "meeting_outcome_fits_state",
                Q(state="done", done_on__isnull=False) & ~Q(outcome="")
                | Q(done_on__isnull=True) & ~Q(state="done"),
                "落实完成须有落实情况和日期。",
            ),
            check(
                "meeting_in_community_or_grid",
                stands_at(Level.COMMUNITY, Level.GRID),
                "议事协商会议属于社区或网格：请选择社区或网格。",
            ),
        ]

    @property
    def planned(self) -> str:
        """Day and hours as announced."""
        return clock.text(self.planned_on, self.starts, self.ends)

    @property
    def held(self) -> str:
        """Day and hours on which it was really held; blank before that."""
        return clock.text(self.held_on, self.began, self.ended) if self.held_on else ""

    @property
    def names(self) -> list[str]:
        """Who attended, one a line."""
        return [name.strip() for name in self.attendees.splitlines() if name.strip()]

    @property
    def names_listed(self) -> str:
        """How many names are on record; the names themselves are read with a reason only."""
        return f"已登记{len(self.names)}人" if self.names else ""

    def clean(self):
        """Nobody is listed who did not attend."""
        super().clean()
        if self.attended is not None and len(self.names) > self.attended:
            raise ValidationError({"attendees": "参会人员多于实到人数。"})


class MeetingTaskQuerySet(AreaRecordQuerySet):
    def open(self):
        """Tasks still to do."""
        return self.filter(done_on__isnull=True)


class MeetingTask(AreaRecord):
    """Something to do so that a resolution is carried out: what, who, by when."""

    stands_with = "meeting"
    written_while = PASSED[:2]

    meeting = refers_to(DeliberationMeeting, "会议", "tasks", on_delete=models.CASCADE)
    what = Line("任务", max_length=100)
    who = Name("责任单位或责任人", max_length=60)
    assigned_on = PastDay("交办日期", default=timezone.localdate)
    due_on = PlannedDay(
        "完成期限", blank=True, help_text=f"留空则为交办后第{DAYS_TO_CARRY_OUT}个工作日。"
    )
    done_on = PastDay("完成日期", null=True, blank=True)
    result = Line("完成情况", max_length=200, blank=True)

    objects: ClassVar = MeetingTaskQuerySet.as_manager()
    called = "what"
    deadlines: ClassVar = {"due_on": Deadline("assigned_on", DAYS_TO_CARRY_OUT)}

    class Meta:
        verbose_name = verbose_name_plural = "落实任务"
        ordering = ["meeting_id", "due_on", "pk"]
        constraints = [
            in_order("task_due", "assigned_on", "due_on", "完成期限不能早于交办日期。"),
            in_order("task_done", "assigned_on", "done_on", "完成日期不能早于交办日期。"),
            check(
                "task_done_with_result",
                Q(done_on__isnull=True) | ~Q(result=""),
                "填写完成日期的，须写明完成情况。",
                at="result",
            ),
        ]

    def save(self, *args, **kwargs):
        """The deadline, where nobody set another one, counts in working days."""
        if self.due_on is None:
            self.due_on = self.deadlines["due_on"].of(self)
        super().save(*args, **kwargs)
