"""M17: the sheet on which an evaluator scores a project, all criteria on one page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from communities.sheets import EntrySheet, RowForm, fill
from organizations.models import EvaluationScore
from suzhou_portal.records.kinds import kinds


class ScoreForm(RowForm):
    """One criterion."""

    told = ("name", "weight_text")

    class Meta:
        model = EvaluationScore
        fields = ("points", "remark")


SHEET = EntrySheet(
    title="评分表",
    lead="每项指标的得分不超过分值，扣分的写明理由；填完回到评估页，写评估意见并提交，等次随总分。",
    form=ScoreForm,
    headings=("指标", "分值", "得分", "扣分说明"),
    shortcuts={},
    saved="评分已保存，改动",
    unit="项",
)


def score_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of an evaluation, for its evaluator, until it is submitted."""
    desk = kinds.desk("evaluations")
    evaluation = get_object_or_404(desk.records(request.user), pk=pk)
    if not request.user.has_perm("organizations.evaluate_evaluation", evaluation):
        raise PermissionDenied
    if evaluation.state != "assigned":
        raise Http404("评估已经提交，评分不能再改；须先由区级退回重评。")
    return fill(request, SHEET, evaluation.scores.order_by("pk"), about=evaluation)
