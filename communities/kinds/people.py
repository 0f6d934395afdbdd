"""Who the social workers are, their posts, and the batches in which they were recruited."""

from communities.models import (
    Certificate,
    ExamRegistration,
    PayMonth,
    Person,
    Post,
    RecruitmentBatch,
)
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, Rows, filled, kinds
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=Person, party=Party.WORKERS,
    roles=offices(KEEP | {"reveal"}) | {Role.HR: VIEW | {"confirm"}},
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
