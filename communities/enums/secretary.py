"""The words of 书记破题: what a community's party secretary takes on in a year."""

from django.db import models

from suzhou_portal.lifecycle.table import Lifecycle, Move, amend

CRITERIA = range(1, 5)  # 「四项标准」: four places, whatever they come to mean
FULL_SCORE = 25  # of one criterion, so that all four make a hundred
SCORES = tuple(f"score_{position}" for position in CRITERIA)


class SecretaryProjectState(models.TextChoices):
    DRAFTED = "drafted", "拟报"
    FILED = "filed", "已立项待评审"
    UNDERWAY = "underway", "实施中"
    FINISHED = "finished", "待验收"
    DONE = "done", "已完成"


_S = SecretaryProjectState
SECRETARY_PROJECT = Lifecycle(
    "project", SecretaryProjectState,
    Move(
        "file", "立项", (_S.DRAFTED,), _S.FILED,
        action="file", by_another=True, dated=("filed_on",),
    ),
    Move(
        "approve", "评审通过", (_S.FILED,), _S.UNDERWAY,
        by_another=True, fields=SCORES, dated=("started_on",), signed="reviewed_by",
    ),
    Move(
        "send_back", "评审退回", (_S.FILED,), _S.DRAFTED,
        by_another=True, reason=True, blanks=("filed_on",),
    ),
    Move(
        "finish", "申请验收", (_S.UNDERWAY,), _S.FINISHED,
        action="change", fields=("result",), dated=("finished_on",),
    ),
    Move(
        "accept", "验收通过", (_S.FINISHED,), _S.DONE,
        by_another=True, fields=("opinion",), dated=("accepted_on",), signed="accepted_by",
    ),
    Move(
        "continue", "验收不通过，继续实施", (_S.FINISHED,), _S.UNDERWAY,
        by_another=True, reason=True, blanks=("finished_on",),
    ),
    amend(
        "变更项目", (_S.UNDERWAY,), "measures", "responsible", "planned_to",
        by_another=True, proposed_by="change",
    ),
    action="review", closed=(_S.DONE,), good=(_S.DONE,),
)  # fmt: skip
