"""M2 网格精细化管理."""

from tests.factories import BEGUN, communities


def closed(closed_on):
    return communities.GridEventFactory(
        state="closed", result="已清理", reported_on=min(BEGUN, closed_on), closed_on=closed_on
    )


BEGINS = {
    "staffed_grids": (communities.GridPostFactory, "started_on"),
    "grid_events": (
        lambda reported_on: communities.GridEventFactory(
            reported_on=reported_on, due_on=reported_on
        ),
        "reported_on",
    ),
    "closed_grid_events": (closed, "closed_on"),
}
