"""M11: for whom a kind of course is."""

import datetime

from communities.enums.base import CourseKind
from communities.enums.committees import Position
from communities.models.committees import CommitteeMember
from communities.models.people import Person
from communities.models.workers import Post
from suzhou_portal.areas.models import AreaRecordQuerySet


def refusal(kind: str, person: Person, day: datetime.date) -> str:
    """Why the person can't take part in a course of that kind begun on that day; blank if they can."""
    return refusals(kind, [person], day).get(person.pk, "")


def refusals(kind: str, people: list[Person], day: datetime.date) -> dict[int, str]:
    """The same of several people by their keys, in one query; who can is not in it."""
    if kind == CourseKind.SECRETARY_CONTEST:
        secretaries = CommitteeMember.objects.serving(day).filter(position=Position.SECRETARY)
        said = "大比武由在任的社区党委书记参加；此人那天没有书记任职，请核对“两委”班子。"
        return _unless(secretaries, people, said)
    if kind == CourseKind.FULL_TIME_WORKER:
        said = "这个班由在岗的专职社区工作者参加；此人那天没有专职岗位，请核对任职。"
        return _unless(Post.objects.in_post(day), people, said)
    return {}


def _unless(held: AreaRecordQuerySet, people: list[Person], said: str) -> dict[int, str]:
    able = {*held.filter(person__in=people).values_list("person", flat=True)}
    return {person.pk: said for person in people if person.pk not in able}
