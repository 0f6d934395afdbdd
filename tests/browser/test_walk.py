"""A walk through every mechanism on the demonstration portal, as the role that carries it out.

With PORTAL_PICTURES naming a folder, the walk leaves there the pictures of the users' manual.
"""

import io
import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.browser.conftest import follow
from tests.browser.test_accounts import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
PICTURES = os.environ.get("PORTAL_PICTURES")
FIRST = ".lines tbody th a >> nth=0"
COMMUNITY = "/areas/620902004004/"
# Who, from which page, by which clicks.
WALK = {
    "m01-agreement": ("community", "/desk/co-building/", FIRST),
    "m02-grid-event": ("grid-worker", "/desk/grid-events/", FIRST),
    # The first compound has changed its company: the next one is served and rated.
    "m03-property": ("community", "/desk/compounds/", ".lines tbody th a >> nth=1"),
    "m04-pilot": ("district", "/desk/smart-pilots/", FIRST),
    "m05-secretary": ("district", "/desk/secretary-projects/", FIRST),
    "m06-structure": (None, COMMUNITY, "text=治理结构"),
    "m07-plan": ("community", "/desk/emergency-plans/", FIRST),
    "m07-mediation": ("community", "/desk/mediation-cases/", FIRST),
    "m07-meeting": ("community", "/desk/meetings/", FIRST),
    "m08-resources": (None, COMMUNITY, "text=全部资源"),
    "m09-committee": ("street", "/desk/committee-terms/", FIRST),
    "m10-plan": ("district", "/desk/training-plans/", FIRST),
    "m11-course": ("district", "/desk/courses/", FIRST),
    "m13-incubation": ("district", "/desk/incubatees/", FIRST),
    "m14-registration": ("district", "/desk/registrations/?state=approved", FIRST),
    "m15-filing": ("street", "/desk/filings/?state=filed", FIRST),
    "m16-purchase": ("district", "/desk/purchases/", FIRST),
    "m17-evaluation": ("district", "/desk/evaluations/?state=settled", FIRST),
    "m18-system": (None, "/volunteers/system/"),
    "m20-cadre-day": ("district", "/desk/cadre-days/?state=done", FIRST),
    "m21-pairing": (None, "/volunteers/pairing/"),
    "m22-emergency": ("district", "/desk/emergencies/?state=active", FIRST),
    "m22-mobilization": ("district", "/desk/emergencies/?state=active", FIRST, "text=动员清单"),
    "m22-muster": ("street", "/desk/musters/?state=stood_down", FIRST),
    "m22-visit": ("grid-worker", "/desk/door-visits/new/"),
    "m22-need": ("community", "/desk/requests/?state=closed", FIRST),
    "m23-training": ("district", "/desk/team-trainings/", FIRST),
    "m24-charity-project": ("district", "/desk/charity-projects/", FIRST),
    "m25-partnership": ("district", "/desk/partnerships/", FIRST),
    "m26-donation": (None, "/charity/resources/?kind=funds", ".data-table tbody th a >> nth=0"),
    "hours-check-in": ("district", "/desk/activities/", FIRST),
    "hours-mine": (None, "/volunteers/mine/"),
    "m12-pay": ("hr", "/desk/pay-periods/", FIRST),
}


def go(portal, page, place):
    role, path, *clicks = WALK[place]
    if role:
        sign_in(portal, page, role)
    page.goto(portal + path)
    follow(page, clicks)


@pytest.mark.parametrize("place", WALK)
def test_carried_out_on_a_desk_and_on_a_phone(portal, page, place):
    go(portal, page, place)
    assert page.locator("h1").count() == 1
    assert page.complaints == []  # before axe, which tries inline styles itself
    if PICTURES:
        _keep(page.screenshot(), Path(PICTURES) / f"{place}.png")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in found] == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def _keep(picture, file):
    """Small enough to be kept with the manual."""
    file.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(48, dither=Image.Dither.NONE).save(file, optimize=True)
