"""People who do a day's work in a browser: with the mouse, by keyboard alone, and where no script runs.

One description of a day is walked by each of them.
"""

from typing import Any, ClassVar

from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD
from tests.browser.counting import Counted

MOST_STOPS = 400  # of the Tab key on one page, before a control counts as out of reach
# Where the keyboard is: whether that is what is looked for, whether one sees it, and what it is.
_STOP = """(wanted) => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return {
    there: one === wanted,
    nowhere: one === document.body,
    seen: inside && (ringed || style.boxShadow !== 'none'),
    what: `${one.tagName} ${one.name || one.innerText || ''}`.slice(0, 60),
  };
}"""


class Walker(Counted):
    """Somebody at a page of the portal, which is at the address `at`."""

    script: ClassVar[bool] = True

    def __init__(self, page: Page, at: str) -> None:
        super().__init__(page)
        self.at = at

    def sign_in(self, role: str) -> None:
        """Go to the portal and sign in as whoever has the role in the demonstration."""
        self.page.goto(self.at)
        self.from_menu(".nav-staff")
        self.type("[name=username]", f"demo-{role}")
        self.type("[name=password]", PASSWORD)
        self.go("main button[type=submit] >> nth=0")
        assert self.page.url == f"{self.at}/desk/"

    def sign_out(self) -> None:
        """Leave; what only those see who have signed in is shown no more."""
        self.from_menu(".site-user button")
        assert self.page.request.get(f"{self.at}/desk/", max_redirects=0).status == 302

    def home(self) -> None:
        """Back to 我的工作, as the menu has it."""
        self.from_menu(".site-nav a:text-is('我的工作')")

    def from_menu(self, control: str) -> None:
        """Follow what stands in the head of each page, which on a phone is opened first."""
        if not self.page.locator(control).first.is_visible():
            self.click(".site-menu summary")
        self.go(control)

    def shown(self, control: str = "main") -> str:
        """What the page says there."""
        return self.page.locator(control).first.inner_text()

    def attach(self, control: str, name: str, kind: str, content: bytes) -> None:
        """Choose a file."""
        file: Any = {"name": name, "mimeType": kind, "buffer": content}
        with self.page.expect_file_chooser() as chooser:
            self.click(control)
        chooser.value.set_files(file)
        self.cost.fields += 1


class Mouse(Walker):
    """With a mouse; on a phone with a finger."""

    def press(self, control: str) -> None:
        """Press it."""
        touch = self.page.evaluate("navigator.maxTouchPoints > 0")
        (self.page.tap if touch else self.page.click)(f"{control} >> nth=0")


class Scriptless(Mouse):
    """With a mouse, in a browser that runs no script."""

    script = False

    def find(self, name: str, text: str) -> None:
        """What a field looks for is found by its button, and the page comes again."""
        self.type(f"main [name={name}-find]", text)
        self.go(f"main [name=find][value={name}]")
        if not self.page.locator(f"main [name={name}]:checked").count():
            self.click(f"main [name={name}]:not(:checked)")


class Keyboard(Walker):
    """By keyboard alone: Tab, Enter, Space and the arrows; at every stop one sees where one is."""

    stops = 0

    def press(self, control: str) -> None:
        """Reach it and press the key that does what it does."""
        kind = self.reach(self.page.locator(control).first)
        self.page.keyboard.press("Enter" if kind == "A" else "Space")

    def reach(self, control: Any) -> str:
        """Press Tab until the keyboard is there; returns its tag. The first stop of a page leads past the menu."""
        wanted = control.element_handle()
        if (
            control.evaluate("one => Boolean(one.closest('main'))")
            and self._is_at(wanted)["nowhere"]
        ):
            self.page.keyboard.press("Tab")
            if "跳到正文" in self._is_at(wanted)["what"]:
                self.page.keyboard.press("Enter")
        for _ in range(MOST_STOPS):
            if (stop := self._is_at(wanted))["there"]:
                assert stop["seen"], f"one does not see that the keyboard is at {stop['what']}"
                return str(control.evaluate("one => one.tagName"))
            self.page.keyboard.press("Tab")
            self.stops += 1
            stop = self._is_at(wanted)
            assert stop["seen"] or stop["nowhere"], f"not seen at {self.page.url}: {stop['what']}"
        raise AssertionError(f"the keyboard does not reach {control}")

    def _is_at(self, wanted: Any) -> dict[str, Any]:
        stop: dict[str, Any] = self.page.evaluate(_STOP, wanted)
        return stop

    def type_in(self, field: Any, value: str) -> None:
        """Type into a field that has been reached; in a list go down to the choice that begins so."""
        tag, kind = self.reach(field), field.get_attribute("type")
        if tag == "SELECT":
            self._choose(field, value)
        elif kind in ("date", "time"):
            self._type_parts(field, value)
        else:
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(value)
        assert tag == "SELECT" or field.input_value() == value
        self.cost.fields += 1

    def _type_parts(self, field: Any, value: str) -> None:
        """Type a day or a time in the order in which the browser has its parts, which follows its language."""
        year, *others = value.split("-")
        orders = ["".join(others) + year, year + "".join(others)] if others else []
        hour = int(value[:2]) if not others else 0
        halves = value.replace(":", "") + "A", f"{(hour - 12) % 24:02}{value[3:5]}P"
        for typed in orders or (halves if hour < 12 else halves[::-1]):
            self.page.keyboard.type(typed)
            if field.input_value() == value:
                return
            for _ in range(3):
                self.page.keyboard.press("ArrowLeft")

    def _choose(self, field: Any, value: str) -> None:
        offered = [one.inner_text().strip() for one in field.locator("option").all()]
        wanted = next(place for place, one in enumerate(offered) if one.startswith(value))
        now = field.evaluate("one => one.selectedIndex")
        for _ in range(abs(wanted - now)):
            self.page.keyboard.press("ArrowDown" if wanted > now else "ArrowUp")
        assert field.evaluate("one => one.selectedIndex") == wanted


WAYS = {"mouse": Mouse, "keyboard": Keyboard, "no script": Scriptless}
