"""What a browser calls what it saves: its Chinese name, and one in ASCII for whatever reads no other."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from hypothesis import strategies as st

from suzhou_portal.accounts.roles import Role
from suzhou_portal.downloads import disposition
from suzhou_portal.files.models import attach
from suzhou_portal.imports.registry import ledgers
from tests.cases import case, tried
from tests.databases.sources import PACKAGES
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.reports import FormCellFactory
from tests.files.pictures import archive, photo
from tests.imports.files import as_csv, office_of, row, sheet
from tests.imports.test_journeys import sends
from tests.journeys import Somebody

HEADER = re.compile(
    r"(attachment|inline); filename=\"([ -~]+)\"(?:; filename\*=UTF-8''([A-Za-z0-9%._~-]+))?",
    re.ASCII,
)


def named(response):
    """The name under which a browser saves it."""
    if response.streaming:
        b"".join(response.streaming_content)  # which closes it
    found = HEADER.fullmatch(response.headers["Content-Disposition"])
    assert found, response.headers["Content-Disposition"]
    return unquote(found[3]) if found[3] else found[2]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("620902-2023.pdf", 'attachment; filename="620902-2023.pdf"'),
        ("志愿队伍.csv", "attachment; filename=\"download.csv\"; filename*=UTF-8''"
         "%E5%BF%97%E6%84%BF%E9%98%9F%E4%BC%8D.csv"),
        ("表3 年.xlsx", "attachment; filename=\"3.xlsx\"; filename*=UTF-8''%E8%A1%A83%20%E5%B9%B4.xlsx"),
        ('a"b\r\nSet-Cookie: x/..\\c.csv', 'attachment; filename="a_b__Set-Cookie_ x_.._c.csv"'),
    ],
)  # fmt: skip
def test_the_header(name, header):
    assert disposition(name) == header


@tried(few=200, many=5_000)
def test_every_name_makes_a_header_that_means_it(attempt):
    def check(name):
        header = disposition(f"{name}.csv")
        found = HEADER.fullmatch(header)
        assert found, header
        assert not set('"\\/:\r\n') & set(found[2])
        if found[3]:
            kept = unquote(found[3]).removesuffix(".csv")
            assert len(kept) == len(name)
            assert all(ours in (theirs, "_") for ours, theirs in zip(kept, name, strict=True))

    attempt(check, st.text(st.characters(codec=None), max_size=12))


def test_nothing_else_names_a_file():
    home = Path(settings.BASE_DIR)
    for folder in PACKAGES:
        for file in (home / folder).rglob("*.py"):
            for line in file.read_text().splitlines():
                if "Content-Disposition" in line or "as_attachment" in line:
                    with case(file.name, line):
                        assert re.search(r"disposition\(", line)


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_in")
class TestDownloads:
    def test_of_visitors(self, client, reference):
        for path, name in (
            ("/figures/organizations/rows.csv", "organizations"),
            ("/data/figures.csv", "figures.csv"),
            (f"/reports/{DISTRICT}/2022/report.docx", f"{DISTRICT}-2022.docx"),
            (f"/reports/{DISTRICT}/2022/report.pdf", f"{DISTRICT}-2022.pdf"),
            (f"/reports/{DISTRICT}/2022/report.xlsx", f"{DISTRICT}-2022.xlsx"),
        ):
            with case(path):
                assert name in named(client.get(path))

    def test_of_the_admin(self, clerk_client):
        one = SocialOrganizationFactory()
        sent = {"action": "export_records", "_selected_action": [one.pk]}
        response = clerk_client.post("/admin/organizations/socialorganization/", sent)
        assert named(response) == "社会组织.csv"

    def test_of_imports(self):
        AreaFactory(code=COMMUNITY)
        clerk = Somebody(Role.COMMUNITY, COMMUNITY)
        for ledger in ledgers.all():
            blank = office_of(ledger).client.get(f"/imports/{ledger.name}/template.xlsx")
            assert named(blank) == f"{ledger.title}（模板）.xlsx"
        listed = sends(clerk, "teams", as_csv(sheet("teams", row("teams"))), list="1")
        assert named(listed) == "导入中的问题.csv"

    def test_of_attachments_and_forms(self, reference):
        clerk, event = (
            Somebody("community", COMMUNITY),
            GridEventFactory(area=AreaFactory(code=COMMUNITY)),
        )
        shown = attach(event, photo("现场.jpg"))
        saved = attach(event, archive("台账 一.zip", "xl/workbook.xml"))
        assert named(clerk.client.get(shown.get_absolute_url())) == "现场.jpg"
        response = clerk.client.get(saved.get_absolute_url())
        assert named(response) == "台账 一.xlsx"
        assert response.headers["Content-Disposition"].startswith("attachment")
        form = FormCellFactory(area=AreaFactory(code=DISTRICT)).form
        at = {"area": DISTRICT, "period": "2023-Q1", "file": "xlsx"}
        office = Somebody("district", DISTRICT).client
        assert named(office.get(f"/reports/forms/{form.pk}/", at)).endswith(".xlsx")
