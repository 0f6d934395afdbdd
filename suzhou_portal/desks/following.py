"""What follows from a step, in sentences, for whoever is about to take it."""

from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.lifecycle.moves import after_step
from suzhou_portal.lifecycle.table import Move

SHUT = "此后内容不能再修改；要改变它，须办理相应的步骤。"
CLOSED = "这条记录就此办结。"
BINDING = "办理以后不能撤销。"
MAY_UNDO = "办错了，在没有后续办理以前，您当天可以撤销。"


def weighs(record: Staged, move: Move) -> list[str]:
    """What follows from a step and is not easily mended, in sentences; with any, the step asks once more."""
    table, target = record.lifecycle, move.leads_to(record.state)
    said = [SHUT] if record.may_change and target not in table.open_in else []
    said += [CLOSED] if target in table.closed else []
    return [*said, *([move.follows] if move.follows else [])]


def follows(record: Staged, move: Move) -> list[str]:
    """What follows from a step, in sentences, for whoever is about to take it."""
    target = move.leads_to(record.state)
    said = (
        []
        if target == record.state
        else [f"状态变为“{dict(record.lifecycle.states.choices)[target]}”。"]
    )
    final = move.binding or after_step[type(record), move.verb]
    return [*said, *weighs(record, move), BINDING if final else MAY_UNDO]
