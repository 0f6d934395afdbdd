"""What the admin of services does besides, and what rows below a purchased project may be only together,
where it may not be saved yet.
"""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from organizations.models.payments import require_covered
from suzhou_portal.desks.admin import RecordAdmin
from suzhou_portal.desks.admin_parts import RowsFormSet
from suzhou_portal.figures.scope import site_as_of


class ServiceAdmin(RecordAdmin):
    """Services, with the action that says that all of them are as they stand here."""

    actions = (*RecordAdmin.actions, "verify")

    @admin.action(description="核实：内容属实，电话有人接", permissions=["change"])
    def verify(self, request, queryset):
        """Date the verification of what is selected; each save asks whether the person keeps it."""
        day, mine = site_as_of(request), queryset.visible_to(request.user, "change")
        for item in mine:
            item.verified_on = day
            item.save(update_fields=["verified_on", "updated_at"])
        self.message_user(request, f"已核实{len(mine)}项服务。", messages.SUCCESS)


class PaymentFormSet(RowsFormSet):
    """Payments of a project whose contract may be changed, or entered, on the same page."""

    def clean(self):
        """Refuse what the contract, as it stands on the page, does not cover."""
        super().clean()
        kept = [payment for payment in self.filled if payment.stands]
        if not any(self.errors) and kept:
            _refuse_together(lambda: require_covered(self.instance, kept))


class EvaluationFormSet(RowsFormSet):
    """Evaluations of a project that may not be saved yet, or whose provider is just being changed."""

    def clean(self):
        """Refuse an evaluator who is the provider chosen on the page."""
        super().clean()
        for evaluation in self.filled:
            _refuse_together(lambda one=evaluation: one.require_third_party(self.instance))


def _refuse_together(require):
    try:
        require()
    except ValidationError as error:  # of no single field of one row
        raise ValidationError(error.messages) from error
