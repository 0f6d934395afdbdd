"""What steps of grid events check and change besides, and those of the mediation cases they became."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.enums.grids import EventKind, EventState
from communities.enums.mediation import CaseKind, CaseOrigin, CaseState
from communities.models import GridEvent, MediationCase
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.areas.codes import community_of
from suzhou_portal.lifecycle.moves import after, before, take

CARRIED_OUT = "经人民调解达成协议，协议已经履行。"


@before(GridEvent, "dispatch")
def dispatch_to_whom_it_reaches(event: GridEvent, by: Any, on: datetime.date) -> None:
    """Refuse a handler who could not handle it; a command may leave open who handles it."""
    if event.handler is None and by is not None:
        raise ValidationError({"handler": "请选择处置人。"})
    if event.handler and not event.handler.has_perm("communities.handle_gridevent", event):
        raise ValidationError({"handler": f"{event.handler}不能办理{event.area}的网格事件。"})


@before(GridEvent, "finish")
def finish_what_is_ones_own(event: GridEvent, by: Any, on: datetime.date) -> None:
    """Refuse who is not the handler, while it is in hand: what was mediated is finished with its case,
    what is settled on the spot or by the street by whoever does.
    """
    stored = GridEvent.objects.select_related("handler").get(pk=event.pk)
    mediated = event.case is not None and event.case.state == CaseState.FULFILLED
    if by is None or mediated or stored.state != EventState.IN_HAND:
        return
    if stored.handler_id != by.pk:
        said = f"这件事已派给{stored.handler}" if stored.handler else "这件事还没有派单"
        raise ValidationError(f"{said}，由处置人办理；换人请先办理“派单”。")


@before(GridEvent, "finish", "escalate")
def await_its_case(event: GridEvent, by: Any, on: datetime.date) -> None:
    """Refuse while it is mediated."""
    if event.in_mediation:
        raise ValidationError(f"这件事已转人民调解，等案件“{event.case}”办结。")


@before(GridEvent, "mediate")
def mediate_a_dispute_once(event: GridEvent, by: Any, on: datetime.date) -> None:
    """Refuse what is no dispute, or became a case already."""
    if event.kind != EventKind.DISPUTE:
        raise ValidationError("只有矛盾纠纷才能转调解。")
    if event.case is not None:
        raise ValidationError(f"这件事已经转过调解，见案件“{event.case}”。")


@after(GridEvent, "mediate")
def make_it_a_case(event: GridEvent, by: Any, on: datetime.date) -> None:
    """Enter the case with what is known; who the other party is, and who mediates, is filled in there."""
    community = community_of(event.area_id)
    with vouched(event, beyond=community):
        MediationCase.objects.create(
            area_id=community, event=event, origin=CaseOrigin.OFFERED, kind=CaseKind.OTHER,
            subject=event.title, party_a=event.contact, phone_a=event.phone, applied_on=on,
            is_demo=event.is_demo,
        )  # fmt: skip


@before(MediationCase, "accept")
def accept_between_two(case: MediationCase, by: Any, on: datetime.date) -> None:
    """Refuse a case of which a party is not known, as when it was made of an event."""
    if not (case.party_a and case.party_b):
        raise ValidationError("请先在案件中填写双方当事人，再受理。")


@after(MediationCase, "fulfil")
def finish_its_event(case: MediationCase, by: Any, on: datetime.date) -> None:
    """Finish the event that the case came from, which then waits for another person's check."""
    if case.event and case.event.state == EventState.IN_HAND:
        take(case.event, "finish", by=by, on=on, note=f"案件“{case}”已履行。", result=CARRIED_OUT)
