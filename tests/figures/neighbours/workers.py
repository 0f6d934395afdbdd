"""M10 to M12, and who works in communities."""

from communities.enums.base import CourseKind, Rank
from suzhou_portal.lifecycle.moves import take
from tests.factories import communities, learning, pay
from tests.factories.areas import COMMUNITY, STREET
from tests.figures.begins import learning as begun
from tests.figures.neighbours import BEFORE, DAY, ONE, made

CAME = {"attendance": "present"}
MISSED = {"attendance": "absent", "absence_reason": "病假"}
ENROLMENT = communities.EnrolmentFactory
OVER = {"starts_on": BEFORE, "ends_on": BEFORE}


def cadres(**at):
    """Of a rank, a course or an attendance that does not count, where `at` says."""
    return [
        made(ENROLMENT, **at),  # enrolled, but nobody has said that they came
        made(ENROLMENT, **at, **MISSED),
        made(ENROLMENT, **at, **CAME, rank=Rank.STAFF),
        made(ENROLMENT, **at, **CAME, course__kind=CourseKind.SECRETARY_CONTEST),
    ]


def in_batch(**fields):
    return communities.PostFactory(batch=communities.RecruitmentBatchFactory(), **fields)


def expired():
    person = communities.PostFactory(started_on=BEFORE).person
    communities.CertificateFactory(person=person, issued_on=BEFORE, valid_to=DAY - ONE)


def session(**course):
    begun.planned(BEFORE, course=communities.CourseFactory(**OVER, **course))


def submitted():
    take(learning.PlannedSessionFactory(plan__year=DAY.year).plan, "submit", on=BEFORE)


NEIGHBOURS = {
    "trained_cadres": cadres(),
    "trained_streets": [
        *cadres(area__code=STREET), made(ENROLMENT, area__code=COMMUNITY, **CAME),
    ],
    "trained_communities": [*cadres(), made(ENROLMENT, area__code=STREET, **CAME)],
    "recruited_workers": [
        made(communities.PostFactory, batch=None), made(in_batch, full_time=False),
    ],
    "exam_takers": [made(communities.ExamRegistrationFactory, absent=True)],
    "workers_in_post": [made(communities.PostFactory, full_time=False)],
    "certified_workers": [communities.PostFactory, expired],
    "average_monthly_pay": [made(communities.PayMonthFactory, post__full_time=False)],
    "planned_sessions": [
        submitted, lambda: begun.planned(BEFORE, year=DAY.year - 1),
    ],
    "carried_out_sessions": [
        lambda: begun.planned(BEFORE),
        lambda: begun.planned(BEFORE, dropped_because="讲师未能成行"),
        made(session, state="enrolling"),  # its days are over, and it never began
        made(session, state="cancelled"),
    ],
    "courses_held": [
        made(communities.CourseFactory, **OVER, state=state)
        for state in ("planned", "enrolling", "running", "cancelled")
    ],
    "attended_hours": [
        made(ENROLMENT, course__hours=8), made(ENROLMENT, course__hours=8, **MISSED),
    ],
    "expiring_certificates": [
        made(communities.CertificateFactory, issued_on=BEFORE, valid_to=DAY + 99 * ONE),
        made(communities.CertificateFactory, issued_on=BEFORE, valid_to=DAY - ONE),
        made(communities.CertificateFactory, issued_on=BEFORE),
    ],
    "reviewed_workers": [
        pay.PerformanceReviewFactory,
        made(
            pay.PerformanceReviewFactory,
            state="confirmed", confirmed_on=DAY, post__started_on=BEFORE, post__ended_on=DAY - ONE,
        ),
    ],
    "closed_pay_periods": [
        made(pay.PayPeriodFactory, month=DAY), made(pay.PayPeriodFactory, month=DAY, state="reviewed"),
    ],
}  # fmt: skip
ALONE = {"grid_secretary_allowance": "只有这一种补助标准，每一条都是；尚未执行的由起始日说明"}
