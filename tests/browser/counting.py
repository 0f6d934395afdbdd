"""What a task costs whoever does it: counted while a browser does it, from the page where a person lands."""

from dataclasses import astuple, dataclass
from typing import Any


@dataclass
class Cost:
    """Clicks (a key that sends a form is one), fields typed or chosen, and pages loaded."""

    clicks: int = 0
    fields: int = 0
    pages: int = 0

    def __str__(self) -> str:
        return " / ".join(map(str, astuple(self)))


class Counted:
    """A browser's page through which a person acts; `cost` is what it took them so far."""

    def __init__(self, page: Any) -> None:
        self.page, self.cost = page, Cost()
        page.on("domcontentloaded", self._loaded)

    def _loaded(self, _page: Any) -> None:
        self.cost.pages += 1

    def click(self, *controls: str) -> None:
        """Click one after the other, where none leads to another page."""
        for control in controls:
            self.press(control)
            self.cost.clicks += 1

    def press(self, control: str) -> None:
        """Press it, as whoever has a mouse does."""
        self.page.click(control)

    def go(self, *controls: str) -> None:
        """Click one after the other, each of which leads to another page."""
        for control in controls:
            with self.page.expect_navigation():
                self.click(control)

    def save(self, control: str) -> Any:
        """Click what hands over a file; returns it."""
        with self.page.expect_download() as handed:
            self.click(control)
        return handed.value

    def fill(self, **values: str) -> None:
        """Type into each field of that name, or choose in it."""
        for name, value in values.items():
            self.type(f"main [name={name}]", value)

    def type(self, control: str, value: str) -> None:
        """Type into one field; in a list the choice that begins so is chosen."""
        self.type_in(self.page.locator(control).first, value)

    def type_in(self, field: Any, value: str) -> None:
        """As `type`, of a field that was found."""
        if field.evaluate("one => one.tagName") == "SELECT":
            offered = field.locator("option").all()
            [chosen] = [one for one in offered if one.inner_text().strip().startswith(value)][:1]
            field.select_option(chosen.get_attribute("value"))
        else:
            field.fill(value)
        self.cost.fields += 1

    def find(self, name: str, text: str) -> None:
        """Type into a field that looks something up, and choose the first that it offers."""
        self.type(f"main [name={name}-find]", text)
        offered = f"main [name={name}]:not(:checked)"
        self.page.locator(offered).first.wait_for()
        self.click(f"{offered} >> nth=0")
