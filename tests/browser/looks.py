"""Pictures of the main pages as they are seen: `make looks` leaves them in var/looks.

`python -m tests.browser.looks ADDRESS FOLDER WORD…` takes those of a portal that runs, and only whose name has a word.
"""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from suzhou_portal.caching import visitors
from tests.browser.serving import CHROMIUM, served

PAGES = {
    "home": "/",
    "overview": "/dashboard/",
    "party": "/dashboard/volunteers/",
    "figure": "/figures/volunteer_teams/",
    "services": "/services/",
    "service": "/services/{service}/",
    "organizations": "/organizations/",
    "street": "/areas/620902004/",
    "community": "/areas/620902004004/",
    "emergency": "/volunteers/system/",
    "linkage": "/linkage/",
    "returns": "/returns/",
    "sign-in": "/account/sign-in/",
}
ELDER = {"name": visitors.ELDER, "value": "1"}


@dataclass(frozen=True)
class Way:
    """How somebody sees a page: the screen, in CSS pixels, and what they asked their browser for."""

    width: int
    height: int
    media: dict[str, Any] = field(default_factory=dict)
    cookies: tuple[dict[str, str], ...] = ()
    whole: bool = True


WAYS = {
    "390": Way(390, 844),
    "768": Way(768, 1024),
    "1280": Way(1280, 900),
    "1920": Way(1920, 1080),
    "forced": Way(1280, 900, {"forced_colors": "active"}),
    "zoomed": Way(320, 256, whole=False),  # 1280 × 1024 at 400 %
    "elder": Way(390, 844, cookies=(ELDER,)),
}


def take(browser: Browser, portal: str, folder: Path, words: list[str]) -> Iterator[Path]:
    """The pictures and the printed pages whose name has one of the words (all, where there is none)."""
    folder.mkdir(parents=True, exist_ok=True)
    for called, way in WAYS.items():
        context = browser.new_context(
            viewport={"width": way.width, "height": way.height}, locale="zh-CN"
        )
        context.add_cookies([{**cookie, "url": portal} for cookie in way.cookies])  # type: ignore[typeddict-item]
        page = context.new_page()
        page.emulate_media(**way.media)
        for name, path in _addresses(page, portal).items():
            file = folder / f"{name}-{called}.png"
            if _wanted(file, words):
                page.goto(portal + path)
                page.screenshot(path=file, full_page=way.whole)
                yield file
            paper = folder / f"{name}-print.pdf"
            if called == "1280" and _wanted(paper, words):
                page.goto(portal + path)
                page.pdf(path=paper, prefer_css_page_size=True)
                yield paper
        context.close()


def _wanted(file: Path, words: list[str]) -> bool:
    return not words or any(word in file.name for word in words)


def _addresses(page: Page, portal: str) -> dict[str, str]:
    """The pages, of services the first one that is listed."""
    page.goto(f"{portal}/services/")
    first = page.get_attribute(".service-grid a >> nth=0", "href") or "/services/"
    return {name: path.replace("/services/{service}/", first) for name, path in PAGES.items()}


def main(at: str = "", folder: str = "", *words: str) -> None:
    """Take the pictures, and say which; of a portal of its own where no address is given."""
    with sync_playwright() as playwright, nullcontext(at) if at else served() as portal:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for file in take(
            browser, portal, Path(folder or settings.BASE_DIR / "var/looks"), [*words]
        ):
            print(file)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
