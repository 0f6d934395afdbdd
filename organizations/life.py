"""备案→孵化→登记 as one life: what became of one organization, day by day, for anybody to read."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from organizations.models import Filing, Incubatee, Registration, SocialOrganization


@dataclass(frozen=True)
class Event:
    """Something that happened to the organization on a day; `detail` may be blank."""

    day: datetime.date
    label: str
    detail: str = ""


def life(organization: SocialOrganization, day: datetime.date) -> list[Event]:
    """Everything up to a day, earliest first. What was applied for and refused is nobody's business."""
    filings = organization.filings.until(day, "filed_on")
    incubations = organization.incubations.exclude(reviewed_on=None).select_related("track")
    granted = organization.registrations.approved(day)
    events = [
        *(event for filing in filings for event in _of_filing(filing)),
        *(event for incubatee in incubations for event in _of_incubation(incubatee)),
        *(event for registration in granted for event in _of_registration(registration)),
    ]
    if not events:
        events.append(Event(organization.joined_on, organization.get_origin_display()))
    ended = organization.deregistered_on
    if ended and not any(filing.ended_on == ended for filing in filings):
        events.append(Event(ended, "注销"))
    return sorted((event for event in events if event.day <= day), key=lambda event: event.day)


def _of_filing(filing: Filing) -> Iterator[Event]:
    if filing.filed_on:
        yield Event(filing.filed_on, "街道备案", f"备案编号{filing.number}")
    for step in filing.steps().filter(verb="change"):
        yield Event(step.taken_on, "备案变更")
    if filing.ended_on:
        became = "转为登记" if filing.state == "registered" else "注销备案"
        yield Event(filing.ended_on, became)


def _of_incubation(incubatee: Incubatee) -> Iterator[Event]:
    track = str(incubatee.track or "")
    left = "出壳" if incubatee.state == "graduated" else "退出孵化"
    for happened, label, detail in (
        (incubatee.reviewed_on, "孵化评审通过", track),
        (incubatee.admitted_on, "入驻孵化中心", track),
        (incubatee.incubating_on, "开始孵化", ""),
        (incubatee.left_on, left, incubatee.outcome),
    ):
        if happened:
            yield Event(happened, label, detail)


def _of_registration(registration: Registration) -> Iterator[Event]:
    if registration.received_on and registration.decided_on:
        yield Event(registration.received_on, "登记受理", "公益类登记绿色通道")
        saved = registration.days_saved or 0
        took = f"用时{registration.days_taken}个工作日"
        detail = f"{took}，比法定期限节省{saved}个" if saved > 0 else took
        kind = registration.get_kind_display()
        yield Event(registration.decided_on, f"准予登记为{kind}", detail)
