"""What a site of a government owes: a map, what pages say of themselves, posters, statements, a whole footer."""

import re
from collections import defaultdict
from html import unescape

import pytest
from django.conf import settings as configured
from lxml import etree
from PIL import Image

from organizations.models import ServiceItem
from suzhou_portal.accounts.roles import Role
from suzhou_portal.records.kinds import kinds
from tests.cases import case
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.organizations import ServiceItemFactory
from tests.factories.service import ActivityFactory
from tests.journeys import Somebody, queries
from tests.pages.addresses import PAGES, one_of_each

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IDENTITY = dict.fromkeys(configured.SITE_IDENTITY, "")


def locations(client, path):
    response = client.get(path)
    assert response.headers["Content-Type"].startswith("application/xml")
    found = [one.text for one in etree.fromstring(response.content).iter(f"{SPACE}loc")]
    return [one.removeprefix("http://testserver") for one in found]


def test_the_map_leads_to_every_public_page_and_record(demonstration, client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text
    parts = locations(client, "/sitemap.xml")
    pages = [page for part in parts for page in locations(client, part)]
    assert len(pages) == len({*pages})
    listed = {page for page in PAGES if re.fullmatch(r"/(open|figures)/[\w-]+/|/areas/\d+/", page)}
    assert listed <= {*pages}
    services = ServiceItem.objects.within(DISTRICT).listed(demonstration.as_of)
    assert {f"/services/{one.pk}/" for one in services} <= {*pages}
    for kind in kinds.public():
        expected = kind.public.records(demonstration.as_of).within(DISTRICT).count()
        found = [page for page in pages if re.fullmatch(rf"/open/{kind.name}/\d+/", page)]
        assert len(found) == expected
    one_each = defaultdict(str, {re.sub(r"\d+", "1", page): page for page in pages})
    for page in one_each.values():
        with case(page):
            assert client.get(page).status_code == 200


def test_the_map_comes_in_parts_at_one_cost(reference, client, monkeypatch):
    monkeypatch.setattr("suzhou_portal.dashboards.sitemaps.EACH", 2)
    first = ServiceItemFactory(area=AreaFactory(code=COMMUNITY))
    before = queries(client, "/sitemap.xml")
    for _ in range(4):
        last = ServiceItemFactory(area=first.area)
    assert queries(client, "/sitemap.xml") == before
    parts = [one for one in locations(client, "/sitemap.xml") if "services" in one]
    found = [page for part in parts for page in locations(client, part)]
    assert len(found) == 5
    assert f"/services/{last.pk}/" in found
    assert {queries(client, part) for part in parts[-2:]} == {queries(client, parts[-1])}
    for path in ("/sitemap-services-0.xml", "/sitemap-pages-2.xml", "/sitemap-nothing-1.xml"):
        assert client.get(path).status_code == 404


def told(text, name):
    return re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', text)[1]


def test_each_page_describes_itself_and_nobody_elses_does(demonstration, client):
    said = {}
    for page in one_of_each(PAGES):
        response = client.get(page)
        if "text/html" in response.headers["Content-Type"]:
            with case(page):
                text = response.text
                if "noindex" in text:  # a wall is looked at, not looked for
                    continue
                description = told(text, "description")
                assert said.setdefault(description, page) == page
                assert 8 <= len(description) <= 200
                assert told(text, "og:description") == description
                assert told(text, "og:title") == re.search("<title>(.+)</title>", text)[1]
                assert unescape(told(text, "og:url")) == f"http://testserver{page}"
                assert "数据更新于20" in text or "本页更新于20" in text
    home = client.get("/").text
    assert told(home, "og:image").startswith("http://testserver/static/img/icon-512")


def test_icons_are_there_for_phones(reference, client):
    for name, size in (("apple-touch-icon.png", 180), ("icon-512.png", 512)):
        with Image.open(configured.BASE_DIR / "static/img" / name) as icon:
            assert icon.size == (size, size)
    assert client.get("/apple-touch-icon.png").status_code == 302
    assert 'rel="apple-touch-icon"' in client.get("/").text


def test_a_poster_leads_back_to_its_page(reference, client):
    area = AreaFactory(code=COMMUNITY)
    service = ServiceItemFactory(area=area, name="老年助餐")
    activity = ActivityFactory(area=area, state="open", title="清扫日")
    drafted = ActivityFactory(area=area, state="drafted")
    for page, name in (
        (f"/services/{service.pk}/", "老年助餐"), (f"/open/activities/{activity.pk}/", "清扫日"),
    ):  # fmt: skip
        assert f'href="{page}poster/"' in client.get(page).text
        poster = client.get(f"{page}poster/").text
        assert f"<h1>{name}</h1>" in poster
        assert "<svg" in poster
        assert f"http://testserver{page}<" in poster
        assert "style=" not in poster
    for path in (f"/open/activities/{drafted.pk}/poster/", "/services/9999999/poster/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("filled", [{}, {"主办单位": "肃州区民政局"}])
def test_the_footer_shows_nothing_blank_and_the_administrator_is_told(
    reference, client, settings, filled
):
    settings.SITE_IDENTITY = IDENTITY | filled
    footer = client.get("/").text.split("<footer")[1]
    assert "待核发" not in footer
    assert [name in footer for name in IDENTITY] == [name in filled for name in IDENTITY]
    administrator, clerk = Somebody(Role.ADMINISTRATOR, DISTRICT), Somebody(Role.DISTRICT, DISTRICT)
    label = "页脚还没有填写的网站信息"
    waiting = administrator.client.get("/desk/").text
    assert re.search(rf"{label}</a> <strong>{len(IDENTITY) - len(filled)}<", waiting)
    assert "SITE_ICP" in administrator.client.get("/site-map/").text
    assert label not in clerk.client.get("/desk/").text
    for browser in (client, clerk.client):
        assert "SITE_ICP" not in browser.get("/site-map/").text


def test_nobody_is_told_of_a_whole_footer(reference, settings):
    settings.SITE_IDENTITY = dict.fromkeys(IDENTITY, "已填")
    assert "页脚还没有填写" not in Somebody(Role.ADMINISTRATOR, DISTRICT).client.get("/desk/").text


def test_the_privacy_statement_says_how_long(reference, client, settings):
    settings.PERSONAL_DATA_MONTHS, settings.AUDIT_MONTHS = 17, 23
    text = client.get("/privacy/").text
    assert "办完17个月后" in text
    assert "保存23个月" in text
