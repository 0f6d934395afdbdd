"""Whether one sees where the keyboard is: what a control's surroundings look like with and without its focus."""

import io
from collections.abc import Container, Iterator
from dataclasses import dataclass

from PIL import Image, ImageChops
from playwright.sync_api import FloatRect, Page

# WCAG 2.2, 1.4.11 and 2.4.13: what shows the focus differs by 3:1 from what was there without it.
LEAST_CONTRAST = 3.0
AROUND = 7  # px; the ring with its distance

_CONTROLS = """() => {
  const controls = document.querySelectorAll(
    'a[href], button:not([tabindex="-1"]), input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
  const chain = (one) => [one, one.parentElement, one.parentElement?.parentElement]
    .map((each) => each && `${each.tagName}.${each.className}`).join(' < ');
  const seen = new Map();
  for (const one of controls) {
    if (one.disabled || !one.checkVisibility({visibilityProperty: true})) continue;
    const key = `${one.type || ''} ${chain(one)}${one.ariaCurrent || ''}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  window.controls = [...seen.values()];
  return [...seen.keys()];
}"""
_FOCUSED = """(number) => {
  const one = window.controls[number];
  one.focus({focusVisible: true});
  one.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
  const line = one.getClientRects()[0] || one.getBoundingClientRect();
  const shown = document.activeElement === one;
  return {x: line.x, y: line.y, width: line.width, height: line.height, shown};
}"""


@dataclass(frozen=True)
class Seen:
    """A control, named by its own tag and classes and those around it, and how much shows that it has the focus.

    `pixels` are those that change by 3:1 or more, `needed` a line of one pixel around the part that is on the screen.
    """

    control: str
    pixels: int
    needed: int

    @property
    def visible(self) -> bool:
        """Whether that is at least a line around it."""
        return self.pixels >= self.needed


def looked_at(page: Page, known: Container[str] = ()) -> Iterator[Seen]:
    """Each control that looks different by its classes, with the focus and without; but for those known already."""
    for number, control in enumerate(page.evaluate(_CONTROLS)):
        if control in known:
            continue
        box = page.evaluate(_FOCUSED, number)
        if not box.pop("shown"):
            continue
        clip = _around(box, page)
        if clip is None:
            yield Seen(control, 0, 1)
            continue
        focused = page.screenshot(clip=clip)
        page.evaluate("document.activeElement.blur()")
        without = page.screenshot(clip=clip)
        inside = (min(box["width"], clip["width"]), min(box["height"], clip["height"]))
        yield Seen(control, _changed(focused, without), round(2 * sum(inside)))


def _around(box: FloatRect, page: Page) -> FloatRect | None:
    """The part of the screen with the control and its surroundings; None where it is not on the screen."""
    size = page.viewport_size
    assert size
    left, top = max(box["x"] - AROUND, 0), max(box["y"] - AROUND, 0)
    width = min(box["x"] + box["width"] + AROUND, size["width"]) - left
    height = min(box["y"] + box["height"] + AROUND, size["height"]) - top
    if width < 1 or height < 1:
        return None
    return {"x": left, "y": top, "width": width, "height": height}


def _changed(one: bytes, other: bytes) -> int:
    """How many pixels differ by 3:1 or more in contrast."""
    first, second = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    if ImageChops.difference(first, second).getbbox() is None:
        return 0
    pairs = zip(_pixels(first), _pixels(second), strict=True)
    return sum(1 for a, b in pairs if a != b and contrast(a, b) >= LEAST_CONTRAST)


def _pixels(image: Image.Image) -> list[tuple[int, int, int]]:
    data = image.tobytes()
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The ratio of WCAG, between 1 and 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
