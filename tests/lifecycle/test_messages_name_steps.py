"""A message that tells somebody to take a step names one that there is, and that is open there."""

import ast
import re
from functools import cache

import pytest
from django.conf import settings

from charity.enums.tracing import ALLOCATION
from communities.enums.cobuilding import JOINT_PROJECT
from communities.enums.grids import GRID_EVENT
from communities.enums.learning import COURSE
from communities.enums.mediation import MEDIATION_CASE
from communities.enums.meetings import DELIBERATION_MEETING
from communities.enums.secretary import SECRETARY_PROJECT
from organizations.enums.incubation import INCUBATEE
from organizations.enums.supervision import EVALUATION
from suzhou_portal.lifecycle.triggers import staged_models
from suzhou_portal.reporting.enums import CORRECTION
from volunteers.enums.emergencies import EMERGENCY, MUSTER

FOLDERS = ("charity", "communities", "organizations", "volunteers", "suzhou_portal/reporting")
TELLS = re.compile(r"请先|须先|请办理|办理“|请按“|请审批的单位|[^，。]后再(?!试|传|办|确认|提交)")

# By what the message says: whose steps, their labels, and in which states of that record it is shown. In
# each of these states one of the steps is open.
STEPS = {
    "成绩公布以后": (COURSE, ("撤回成绩",), ("published",)),
    "同意未过半数的": (DELIBERATION_MEETING, ("未通过",), ("held",)),
    "同意已过出席人的半数": (DELIBERATION_MEETING, ("形成决议",), ("held",)),
    "召开不能早于公告的日期": (DELIBERATION_MEETING, ("改期",), ("announced",)),
    "会议须先公告": (DELIBERATION_MEETING, ("公告",), ("planned",)),
    "还没有结束，请先完成或终止": (JOINT_PROJECT, ("完成", "终止"), JOINT_PROJECT.open),
    "这项需求已有项目": (JOINT_PROJECT, ("终止",), JOINT_PROJECT.open),
    "需求由项目对接": (JOINT_PROJECT, ("开始实施",), ("planned",)),
    "请先在案件中指定调解员": (MEDIATION_CASE, ("受理",), ("applied",)),
    "请先在案件中填写双方当事人": (MEDIATION_CASE, ("受理",), ("applied",)),
    "由处置人办理；换人请先办理": (GRID_EVENT, ("派单",), ("in_hand",)),
    "这个组织还在申请或孵化中": (INCUBATEE, ("评审不通过", "退出"), INCUBATEE.open),
    "请先委托第三方评估": (EVALUATION, ("确认结果",), ("evaluated",)),
    "须先提出整改要求和期限": (EVALUATION, ("确认结果",), ("evaluated",)),
    "请先审核那一件": (CORRECTION, (), CORRECTION.open),
    "已有人签到": (MUSTER, ("集结完毕",), ("gathering",)),
    "这项资源已经分配": (ALLOCATION, ("撤回",), ("proposed", "allocated")),
    "这笔分配已结清": (ALLOCATION, ("重新打开",), ("settled",)),
    "没有达到通过线": (SECRETARY_PROJECT, ("评审退回",), ("filed",)),
    "评估已经提交，评分不能再改": (EVALUATION, ("退回重评",), ("evaluated",)),
    "处集结没有撤收": (EMERGENCY, (), ("restored",)),
}
# What is asked for is no step but something to enter.
ENTERED = (
    "司法确认须先有调解协议", "请先填", "请先登记已经安装的设备", "请先增加计划场次",
    "请先列出落实任务", "请先登记物业小区", "请先登记到场的队伍",
    "请先登记各岗位的姓名和电话", "请先打开“评分表”逐项评分",
)  # fmt: skip


@cache
def messages():
    """Every text in the code of parties that tells to do something first."""
    return list(_messages())


def _messages():
    for folder in FOLDERS:
        for file in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in file.parts:
                tree = ast.parse(file.read_text(encoding="utf-8"))
                documented = {id(text) for node in ast.walk(tree) for text in _docstring(node)}
                for node in ast.walk(tree):
                    text = _text(node)
                    if text and id(node) not in documented and TELLS.search(text):
                        yield text


def _docstring(node):
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return [first.value] if isinstance(first, ast.Expr) else []


def _text(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def labels():
    """What steps are called."""
    return {move.label for model in staged_models() for move in model.lifecycle.moves}


def test_every_message_that_names_a_step_is_known():
    known = (*STEPS, *ENTERED)
    unknown = [text for text in {*messages()} - labels() if not any(one in text for one in known)]
    # A leading part of a text with values in it is a constant too; its whole is looked at as well.
    whole = [text for text in messages() if "{}" in text]
    assert [text for text in unknown if not any(text in one for one in whole)] == []


@pytest.mark.parametrize("said", STEPS)
def test_the_step_is_there_and_open(said):
    table, named, states = STEPS[said]
    told = [text for text in messages() if said in text]
    assert told, "no message says so any more"
    for state in states:
        open_now = {move.label for move in table.moves_from(state)}
        assert open_now & {*named} if named else open_now, state
    for label in named:
        assert any(label in text or "{}" in text for text in told), label


def test_every_label_quoted_as_a_step_is_one():
    quoted = {
        label for text in messages() for label in re.findall(r"(?:办理|或|请按)“([^”{}]+)”", text)
    }
    assert quoted
    assert quoted <= labels()
