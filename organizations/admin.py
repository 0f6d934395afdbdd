"""What rows below a purchased project may be only together, where it may not be saved yet."""

from django.core.exceptions import ValidationError

from organizations.models.payments import require_covered
from suzhou_portal.desks.admin_parts import RowsFormSet


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
