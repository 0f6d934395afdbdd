"""一表通: the forms a demonstrated higher office asks for."""

from seeds.demo.world import World
from suzhou_portal.reports.models import FormCell, ReturnForm


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    rows = world.rows("return_forms")
    titles = dict.fromkeys((row["title"], row["number"], row["kind"]) for row in rows)
    forms = world.save(ReturnForm, [
        ReturnForm(
            area=world.district, title=title, number=number, kind=kind, issued_by="市民政局（演示）"
        )
        for title, number, kind in titles
    ])  # fmt: skip
    by_title = {form.title: form for form in forms}
    cells = world.save(FormCell, [
        FormCell(
            area=world.district, form=by_title[row["title"]],
            **{name: row[name] for name in ("cell", "label", "figure", "aspect", "scale")},
        )
        for row in rows
    ])  # fmt: skip
    return f"一表通{len(forms)}张、单元格{len(cells)}个"
