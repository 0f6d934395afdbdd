"""Draw the portal's icons for phones and link previews from its mark."""

from pathlib import Path
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

SPACE = "{http://www.w3.org/2000/svg}"
SIZES = {"apple-touch-icon.png": 180, "icon-512.png": 512}
SHARPER = 4  # times as large is drawn, and made smaller: what Pillow draws has no smooth edges


class Command(BaseCommand):
    """`static/img/mark.svg` holds one rounded square and circles, so no library for SVG is needed."""

    help = "由 static/img/mark.svg 画出手机桌面图标和分享图（PNG），写入 static/img。"

    def handle(self, *args, **options):
        folder = Path(settings.BASE_DIR) / "static" / "img"
        # Our own file.
        mark = ET.parse(folder / "mark.svg").getroot()  # noqa: S314
        for name, size in SIZES.items():
            _drawn(mark, size).save(folder / name, optimize=True)
            self.stdout.write(f"已生成 static/img/{name}。")


def _drawn(mark: ET.Element, size: int) -> Image.Image:
    """The mark filling a square: phones round its corners themselves."""
    side = size * SHARPER
    unit = side / float(mark.attrib["viewBox"].split()[2])
    ground = mark.find(f"{SPACE}rect")
    picture = Image.new("RGB", (side, side), "" if ground is None else ground.attrib["fill"])
    pen = ImageDraw.Draw(picture)
    for group in mark.iter(f"{SPACE}g"):
        for circle in group.findall(f"{SPACE}circle"):
            _circle(pen, circle, unit, {**group.attrib, **circle.attrib})
    return picture.resize((size, size), Image.Resampling.LANCZOS).quantize(64)


def _circle(
    pen: ImageDraw.ImageDraw, circle: ET.Element, unit: float, look: dict[str, str]
) -> None:
    x, y, radius = (float(circle.attrib[name]) * unit for name in ("cx", "cy", "r"))
    if circle.attrib.get("fill"):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=circle.attrib["fill"])
        return
    width = float(look["stroke-width"]) * unit
    outer = radius + width / 2
    box = (x - outer, y - outer, x + outer, y + outer)
    pen.ellipse(box, outline=look["stroke"], width=round(width))
