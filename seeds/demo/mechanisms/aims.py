"""指标目标: what the demonstrated district wants its figures to come to this year."""

from decimal import Decimal

from seeds.demo.world import World
from suzhou_portal.figures.models import FigureTarget

SET_BY, NOTE = "区民政局（演示）", "演示目标，不是真实的工作要求。"


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    year = str(world.as_of.year)
    places = {"": world.district, **{str(n): area for n, area in enumerate(world.streets, 1)}}
    targets = world.save(FigureTarget, [
        FigureTarget(
            area=places[row["street"]], figure=row["figure"], period=f"{year}{row['part']}",
            direction=row["direction"], value=Decimal(row["value"]), set_by=SET_BY,
            number=f"演示〔{year}〕1号", note=NOTE,
        )
        for row in world.rows("figure_targets")
        if row["street"] in places
    ])  # fmt: skip
    return f"指标目标{len(targets)}项"
