"""M17: who may evaluate, by which sheet, and that nobody else does it for them."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from organizations.models import Evaluation, EvaluationStandard
from organizations.third_parties import refusal
from suzhou_portal.accounts.models import Assignment
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.incubating import RectificationFactory
from tests.factories.organizations import (
    EvaluationCriterionFactory,
    EvaluationStandardFactory,
    PurchasedProjectFactory,
    SocialOrganizationFactory,
    ThirdPartyFactory,
    asked,
    scored,
)
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def expert_of(evaluation):
    """Somebody of the evaluator."""
    return Somebody("evaluator", DISTRICT, {"organization": evaluation.evaluator})


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        ({"kind": "filed", "credit_code": ""}, "没有法人资格"),
        ({"credit_code": ""}, "没有统一社会信用代码"),
        ({"deregistered_on": "2022-06-02"}, "已经注销"),
        ({"name": "区 民政局"}, "购买主体"),
        ({"phone": "0937 2600000"}, "联系电话相同"),
        ({"contact": "王建国"}, "法定代表人或联系人相同"),
        ({"representative": "李秀英"}, "法定代表人或联系人相同"),
        ({"contact": "李秀英"}, "法定代表人或联系人相同"),
        ({}, ""),
    ],
)
def test_who_is_no_third_party_and_why(candidate, why):
    provider = SocialOrganizationFactory(
        contact="王建国", representative="李秀英", phone="0937-2600000"
    )
    project = PurchasedProjectFactory(provider=provider)
    organization = ThirdPartyFactory(**candidate)
    organization.refresh_from_db()
    found = refusal(organization, project, TODAY())
    assert why in found if why else found == ""


def test_the_provider_is_none():
    project = PurchasedProjectFactory(provider=ThirdPartyFactory())
    assert "承接组织" in refusal(project.provider, project, TODAY())


def test_only_registered_bodies_are_offered_and_the_form_says_why():
    clerk, project = Somebody("district", DISTRICT), PurchasedProjectFactory()
    filed, able = SocialOrganizationFactory(kind="filed"), ThirdPartyFactory()
    page = clerk.client.get(f"/desk/evaluations/new/?of={project.pk}")
    offered = page.context["form"].fields["evaluator"].queryset
    assert able in offered
    assert filed not in offered
    assert "街道备案的组织" in page.text
    joined = ThirdPartyFactory(phone="13900001111")
    type(joined).objects.filter(pk=project.provider_id).update(phone="139 0000 1111")
    refused = clerk.enters("evaluations", of=project, kind="final", evaluator=joined)
    assert "不是独立的第三方" in refused.context["form"].errors["evaluator"][0]


def test_nobody_but_the_evaluator_scores_submits_visits_or_reviews():
    evaluation = asked()
    scored(evaluation, 95)
    todo = RectificationFactory(evaluation=evaluation)
    provider = {"organization": evaluation.provider}
    others = (
        Somebody("district", DISTRICT), Somebody("street", STREET), Somebody("community", COMMUNITY),
        Somebody("organization", DISTRICT, provider),
        Somebody("evaluator", DISTRICT, {"organization": ThirdPartyFactory()}),
    )  # fmt: skip
    for somebody in others:
        assert somebody.takes(evaluation, "submit", summary="好").status_code in (403, 404)
        assert somebody.client.get(f"/evaluations/{evaluation.pk}/sheet/").status_code in (403, 404)
        visit = somebody.enters("supervision-visits", evaluation=evaluation, findings="好")
        assert visit.status_code == 403 or "evaluation" in visit.context["form"].errors
        score = evaluation.scores.first()
        assert somebody.corrects(score, points="1").status_code in (403, 404)
        for verb in ("confirm", "send_back"):
            assert somebody.takes(todo, verb).status_code in (403, 404)
    assert Somebody("district", DISTRICT).takes(todo, "report", result="好").status_code == 403
    assert Evaluation.objects.get().state == "assigned"


def test_who_also_works_for_the_purchaser_is_no_third_party():
    evaluation = scored(asked(), 95)
    expert = expert_of(evaluation)
    Assignment.objects.create(user=expert.user, role="district", area=AreaFactory(code=DISTRICT))
    assert "由他人办理" in expert.takes(evaluation, "submit", summary="好").text
    assert Evaluation.objects.get().state == "assigned"


def test_the_sheet_makes_total_and_grade_and_then_stays():
    # Given an evaluation with the portal's default sheet, for which an expert signs in
    evaluation = asked()
    expert = expert_of(evaluation)
    assert "待评分、提交的第三方评估" in expert.sees("/desk/")
    page = f"/evaluations/{evaluation.pk}/sheet/"
    assert f'href="{page}"' in expert.sees(f"/desk/evaluations/{evaluation.pk}/")
    assert f"/desk/evaluations/{evaluation.pk}/edit/" not in expert.sees(
        f"/desk/evaluations/{evaluation.pk}/"
    )
    # When more points than there are are sent, the line says so
    formset = expert.client.get(page).context["formset"]
    sent = {f"{formset.prefix}-TOTAL_FORMS": 4, f"{formset.prefix}-INITIAL_FORMS": 4}
    for number, (form, points) in enumerate(zip(formset, (15, 20, 30, 21), strict=True)):
        row = f"{formset.prefix}-{number}"
        version = form["version"].value()
        sent |= {f"{row}-id": form.instance.pk, f"{row}-points": points, f"{row}-version": version}
    assert "不能超过这项指标的分值" in expert.client.post(page, sent).text
    # And when fewer are given and nothing says why, the field for that does
    last = f"{formset.prefix}-3-points"
    wrong = expert.client.post(page, sent | {last: 10}).context["formset"].errors
    unsaid = {"remark": ["得分不满分值，请写明扣分的理由。"]}
    assert wrong == [unsaid if points < form.instance.weight else {}
        for form, points in zip(formset, (15, 20, 30, 10), strict=True)]  # fmt: skip
    assert any(wrong)
    assert not evaluation.scores.exclude(points=None)
    sent |= {f"{formset.prefix}-{number}-remark": "缺少记录" for number in range(4)}
    assert "还没有填完" in expert.takes(evaluation, "submit", summary="好").text
    assert expert.client.post(page, sent | {last: 10}).status_code == 302
    # Then total and grade follow, and no line changes any more, by form or past it
    expert.has_taken(evaluation, "submit", summary="好")
    assert (evaluation.total, evaluation.grade) == (Decimal("75.0"), "good")
    assert expert.client.get(page).status_code == 404
    score = evaluation.scores.first()
    assert "不能再改" in expert.corrects(score, points="1").text
    with pytest.raises(IntegrityError, match="不能再改"), transaction.atomic():
        evaluation.scores.update(points=1)
    with pytest.raises(IntegrityError, match="不能再修改"), transaction.atomic():
        Evaluation.objects.update(evaluator=ThirdPartyFactory())


def test_a_district_sets_its_own_criteria_and_thresholds():
    standard = EvaluationStandardFactory(excellent_from=95, good_from=85, pass_from=70)
    for name in ("成效", "档案"):
        EvaluationCriterionFactory(standard=standard, name=name, weight=50)
    evaluation = asked()
    assert [(one.name, one.weight) for one in evaluation.scores.all()] == [
        ("成效", 50),
        ("档案", 50),
    ]
    expert = expert_of(evaluation)
    expert.has_taken(scored(evaluation, 84), "submit", summary="好")
    assert evaluation.grade == "pass"
    # What was asked for under one standard stays under it
    EvaluationStandardFactory(started_on=TODAY())
    assert Evaluation.objects.get().standard == standard


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("90", "excellent"),
        ("89.9", "good"),
        ("75", "good"),
        ("74.9", "pass"),
        ("60", "pass"),
        ("59.9", "fail"),
    ],
)
def test_grades_by_the_default(total, grade):
    standard = EvaluationStandard.objects.for_project(COMMUNITY, TODAY())
    assert standard.pk is None
    assert standard.grade_of(Decimal(total)) == grade


def test_who_has_begun_is_not_exchanged_but_revoked():
    clerk, evaluation = Somebody("district", DISTRICT), asked()
    other = ThirdPartyFactory()
    clerk.corrects(evaluation, evaluator=other)
    evaluation.refresh_from_db()
    assert evaluation.evaluator == other
    scored(evaluation, 80)
    refused = clerk.corrects(evaluation, evaluator=ThirdPartyFactory())
    assert "请撤销委托" in refused.context["form"].errors["evaluator"][0]
    clerk.has_taken(evaluation, "revoke", note="机构人手不足")
    assert evaluation.evaluated_on is None


def test_the_district_sees_that_nobody_can_sign_in_and_how_to_change_it():
    clerk, evaluation = Somebody("district", DISTRICT), asked()
    assert "评估机构还没有账号的评估" in clerk.sees("/desk/")
    assert "角色选“第三方评估”" in clerk.sees(f"/desk/evaluations/{evaluation.pk}/")
    expert_of(evaluation)
    assert "评估机构还没有账号的评估" not in clerk.sees("/desk/")


def test_a_filed_evaluator_of_old_is_listed_for_the_district():
    evaluation = scored(asked(evaluator=SocialOrganizationFactory(kind="filed")), 80)
    assert "评估机构不是登记法人的评估" in Somebody("district", DISTRICT).sees("/desk/")
    assert "没有法人资格" in expert_of(evaluation).takes(evaluation, "submit", summary="好").text


def test_the_sheet_costs_the_same_for_any_number_of_lines():
    evaluation = asked()
    expert, page = expert_of(evaluation), f"/evaluations/{evaluation.pk}/sheet/"
    expert.sees(page)
    few = queries(expert.client, page)
    for number in range(5):
        evaluation.scores.create(name=f"加分{number}", weight=1, area=evaluation.area)
    assert queries(expert.client, page) == few
