"""M16 政府购买服务 in the admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError

from organizations.models import Deliverable, Evaluation, Payment, PurchasedProject
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.areas.admin import RecordFormSet, numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


def _filled(formset: RecordFormSet) -> list[Any]:
    """The rows that are, or will be, below the record on the page."""
    return [
        form.instance
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]


class PaymentFormSet(RecordFormSet):
    """Payments of a project whose contract may be changed, or entered, on the same page."""

    def clean(self):
        """Under a contract, not before it, and all of them together within it."""
        super().clean()
        if any(self.errors):
            return
        kept, contract = _filled(self), self.instance
        if kept and (contract.signed_on is None or contract.contract_amount is None):
            raise ValidationError("项目签约以后才能付款。")
        if any(payment.paid_on < contract.signed_on for payment in kept):
            raise ValidationError("付款日期不能早于签约日期。")
        if kept and sum(payment.amount for payment in kept) > contract.contract_amount:
            raise ValidationError("已付金额不能超过合同金额。")


class EvaluationFormSet(RecordFormSet):
    """Evaluations of a project that may not be saved yet, or whose provider is just being changed."""

    def clean(self):
        """No evaluator is the provider chosen on the page."""
        super().clean()
        provider = self.instance.provider_id
        kept = _filled(self)
        if kept and not self.instance.signed_on:
            raise ValidationError("项目签约以后才能委托评估。")
        if provider and any(evaluation.evaluator_id == provider for evaluation in kept):
            raise ValidationError("评估机构不能是项目的承接组织。")


class EvaluationInline(ScopedInline):
    model = Evaluation
    formset = EvaluationFormSet
    fields = ("kind", "evaluator", "due_on", "evaluated_on", "grade", "summary")
    related = ("evaluator", "project")


class PaymentInline(ScopedInline):
    model = Payment
    formset = PaymentFormSet
    fields = ("amount", "paid_on", "note")
    related = ("project",)


@admin.register(PurchasedProject)
class PurchasedProjectAdmin(StagedAdmin):
    list_display = (
        "name",
        "provider",
        "purchaser",
        numeric(PurchasedProject, "contract_amount", 2),
        numeric(PurchasedProject, "paid_amount", 2),
        "signed_on",
    )
    list_filter = ("purchaser",)
    list_select_related = ("area", "provider")
    search_fields = ("name", "provider__name", "purchaser")
    date_hierarchy = "signed_on"
    inlines = (PaymentInline, EvaluationInline)
    # What follows from payments, and what is given with a step.
    readonly_fields = ("paid_amount", "result", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "unevaluated", "已结束而未评估的购买服务项目", "change",
            lambda projects, day: projects.unevaluated(day),
        ),
        Todo("to_decide", "待立项的购买服务需求", "decide", lambda ones, _: ones.in_state("need")),
        Todo("to_complete", "待结项的购买服务项目", "decide", lambda ones, _: ones.in_state("final")),
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("area", "name", "need", "purchaser", "service_field")}),
        ("采购", {"fields": ("budget", "procurement", "provider", "plan")}),
        ("金额", {"fields": ("contract_amount", "paid_amount")}),
        ("日期", {"fields": ("signed_on", "starts_on", "ends_on")}),
        ("办理", {"fields": ("state", "result")}),
    )


@admin.register(Payment)
class PaymentAdmin(RecordAdmin):
    list_display = ("project", numeric(Payment, "amount", 2), "paid_on", "note")
    list_select_related = ("area", "project")
    search_fields = ("project__name", "note")
    date_hierarchy = "paid_on"
    exclude = ("area",)  # the project's


@admin.register(Deliverable)
class DeliverableAdmin(StagedAdmin):
    list_display = ("name", "project", "due_on", "submitted_on", "accepted_on")
    list_select_related = ("area", "project")
    search_fields = ("name", "project__name")
    exclude = ("area",)
    readonly_fields = ("content", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_submit", "待提交的项目成果", "submit", lambda ones, _: ones.in_state("promised")),
        Todo("to_accept", "待验收的项目成果", "accept", lambda ones, _: ones.in_state("submitted")),
        Todo("overdue", "逾期未交的项目成果", "submit", lambda ones, day: ones.overdue(day)),
    )
