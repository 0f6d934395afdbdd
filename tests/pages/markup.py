"""What a validator of HTML would say of a page, as far as templates of ours can get it wrong."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LANDMARKS = {"nav": "navigation", "aside": "complementary", "main": "main", "form": "form"}


@dataclass
class Element:
    """An element that is open, with what was met inside."""

    tag: str
    given: dict[str, str | None]
    text: str = ""
    headings: int = 0
    options: list[tuple[str | None, str]] = field(default_factory=list)


class Markup(HTMLParser):
    """Collects problems while it reads."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self._open: list[Element] = []
        self._landmarks: list[tuple[str, str]] = []
        self._named: dict[str, str] = {}
        self._ids: Counter[str] = Counter()
        self.feed(page)
        named = Counter((role, self._named.get(name, name)) for role, name in self._landmarks)
        self.problems += [f"twice: {name}" for name, times in named.items() if times > 1]
        self.problems += [f"id twice: {name}" for name, times in self._ids.items() if times > 1]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("id"):
            self._ids[given["id"]] += 1
        role = given.get("role") or LANDMARKS.get(tag) or ("region" if tag == "section" else "")
        name = given.get("aria-label") or given.get("aria-labelledby") or ""
        if role in {*LANDMARKS.values(), "region"} and (name or role not in ("form", "region")):
            self._landmarks.append((role, name))
        if tag in HEADINGS:
            for element in self._open:
                element.headings += 1
        if tag not in VOID:
            self._open.append(Element(tag, given))

    def handle_data(self, data):
        for element in self._open:
            element.text += data

    def handle_endtag(self, tag):
        while self._open:
            element = self._open.pop()
            self._closed(element)
            if element.tag == tag:
                return

    def _closed(self, element: Element) -> None:
        if element.given.get("id"):
            self._named[element.given["id"]] = element.text.strip()
        if element.tag == "option":
            select = next((one for one in self._open[::-1] if one.tag == "select"), None)
            if select is not None:
                select.options.append((element.given.get("value"), element.text.strip()))
            if not element.text.strip() and not element.given.get("label"):
                self.problems.append("option without text")
        if element.tag == "section" and not element.headings:
            self.problems.append(f"section without heading: {element.given.get('class')}")
        self._named_as_it_reads(element)
        single = element.tag == "select" and "multiple" not in element.given
        if single and "required" in element.given and (element.options or [("", "")])[0][0] != "":
            self.problems.append(
                f"required select without an empty option: {element.given.get('name')}"
            )

    def _named_as_it_reads(self, element: Element) -> None:
        """Whoever speaks to the browser says what stands there (WCAG 2.5.3)."""
        label = element.given.get("aria-label")
        acts = element.tag in ("a", "button", "summary")
        if acts and label and " ".join(element.text.split()) not in label:
            self.problems.append(f"named otherwise than it reads: {label}")


def problems(page: str) -> list[str]:
    """All of a page, in the order of the page."""
    return Markup(page).problems
