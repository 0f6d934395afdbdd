"""M12 岗位+绩效."""

from tests.factories import pay


def confirmed(confirmed_on):
    return pay.PerformanceReviewFactory(
        state="confirmed", confirmed_on=confirmed_on, post__started_on=confirmed_on
    )


BEGINS = {
    "reviewed_workers": (confirmed, "confirmed_on"),
    "closed_pay_periods": (
        lambda closed_on: pay.PayPeriodFactory(
            state="closed", month=closed_on.replace(day=1), closed_on=closed_on
        ),
        "closed_on",
    ),
}
