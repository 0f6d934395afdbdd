"""Whether the tables of a page can be read on a phone: as cards, each cell with its label."""

from lxml import html


def unreadable(page: str) -> list[str]:
    """What is wrong with the tables of a page.

    A cell bears the heading of its column, as `.lines` shows it. A table that compares divisions stays one:
    it says in a caption what it is, and scrolls in a region of its own. Charts are tables with a caption.
    """
    return [said for table in html.fromstring(page).iter("table") for said in _of(table)]


def _of(table) -> list[str]:
    kinds = (table.get("class") or "").split()
    headings = [_text(cell) for cell in table.xpath("./thead/tr[1]/th")]
    if {"lines", "figure-rows"} & set(kinds):
        return [
            f"a cell under {heading} is labelled {cell.get('data-label')}"
            for row in table.xpath("./tbody/tr")
            for heading, cell in zip(headings, row.xpath("./td|./th"), strict=False)
            if cell.tag == "td" and cell.get("data-label") != heading
        ]
    scrolls = table.xpath("ancestor::*[contains(@class, 'table-scroll') and @tabindex='0']")
    if table.find("caption") is None or not (scrolls or "bar-table" in kinds):
        return [f"no card and no caption: {headings}"]
    return []


def _text(cell) -> str:
    return " ".join(cell.text_content().split())
