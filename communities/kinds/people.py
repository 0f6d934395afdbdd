"""Who the social workers are, their posts, and the batches in which they were recruited."""

from communities.models import (
    Certificate,
    Enrolment,
    ExamRegistration,
    PayMonth,
    PerformanceReview,
    Person,
    Post,
    RecruitmentBatch,
)
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.kinds import Beside, Imported, InAdmin, Kind, Number, Rows, filled, kinds
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=Person, party=Party.WORKERS,
    roles=offices(KEEP | {"reveal"}) | {Role.HR: VIEW | {"confirm"}},
    name="people", title="人员",
    lead="社区工作者和各级干部，一人一页：任职、证书、培训、考试、考核都从这里看、从这里登记。",
    fields=("area", "name", "phone", "explanation"), carried=("area",),
    columns=("name", "area", "phone"),
    facts=("name", "area", "phone", "explanation"),
    search=("name",),
    beside=(
        Beside(Certificate, "person", fills="person"),
        Beside(Enrolment, "person", fills="person"),
        Beside(ExamRegistration, "person", fills="person"),
        Beside(PerformanceReview, "post__person"),
        Beside(PayMonth, "post__person"),
    ),
    ledger=Imported(
        name="people", bulk=True,
        fields=("area", "name", "phone"),
        key=("area", "name", "phone"),
    ),
    admin=InAdmin(
        columns=("name", "masked_phone"), search=("name", "=phone"),
        rows=(
            Rows(Post, ("area", "title", "full_time", "started_on", "ended_on"), listed=True),
            Rows(Certificate, ("area", "level", "number", "issued_on", "valid_to"), listed=True),
            Rows(ExamRegistration, ("area", "year", "level", "exam_on", "passed"), listed=True),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Post, party=Party.WORKERS,
    roles=offices(KEEP) | {Role.HR: VIEW},
    name="posts", title="任职",
    lead="谁在哪里任什么岗位；离岗时填离岗日期，不要删除。",
    parent="person", entry=True,
    fields=("person", "area", "title", "full_time", "batch", "started_on", "ended_on"),
    carried=("area", "title", "full_time", "batch"),
    columns=("title", "area", "person", "full_time", "started_on", "ended_on"),
    facts=("person", "area", "title", "full_time", "batch", "started_on", "ended_on"),
    search=("title",),
    beside=(
        Beside(PerformanceReview, "post", fills="post"),
        Beside(PayMonth, "post", fills="post"),
    ),
    ledger=Imported(
        name="posts", fields=("area", "person", "title", "full_time", "batch", "started_on", "ended_on"),
        key=("person", "started_on"),
    ),
    admin=InAdmin(
        columns=("person", "title", "full_time", "batch", "started_on", "ended_on"),
        search=("person__name", "title"), filters=("full_time", filled("ended_on")),
        rows=(
            Rows(
                PayMonth,
                ("month", "area", "post_pay", "performance_pay", "gross", "explanation"),
                readonly=("gross",), deleted=False,
            ),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=RecruitmentBatch, party=Party.WORKERS,
    roles={Role.DISTRICT: KEEP, Role.HR: VIEW},
    admin=InAdmin(columns=("name", "announced_on", Number("planned")), search=("name",)),
))  # fmt: skip
