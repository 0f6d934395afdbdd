"""Lists of desks: overdue first, sorted, narrowed to what there is, remembered, and given as a file; and a
person's own page.
"""

import csv
import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import load_workbook

from suzhou_portal import keyset
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.desks.models import DeskView
from suzhou_portal.desks.ordering import sort_of
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.charity import CharityResourceFactory
from tests.factories.communities import (
    CertificateFactory,
    GridEventFactory,
    PayMonthFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.pay import PerformanceReviewFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
EVENTS = "/desk/grid-events/"
GRID = f"{COMMUNITY}001"


@pytest.fixture
def clerk():
    return Somebody("community", COMMUNITY)


def event(title, *, days=9, **more):
    """One to be done in so many days."""
    today = timezone.localdate()
    before = today - datetime.timedelta(days=30)
    due = today + datetime.timedelta(days=days)
    area = more.pop("area", AreaFactory(code=GRID))
    return GridEventFactory(area=area, title=title, reported_on=before, due_on=due, **more)


def titles(page):
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)


def test_a_list_too_long_for_overdue_first_leads_to_what_is_overdue(clerk, monkeypatch):
    for title, days in (("早的", 9), ("超期的", -4), ("新的", 5)):
        event(title, days=days)
    assert "已经超期的另看" not in clerk.sees(EVENTS)
    monkeypatch.setattr(keyset, "CAP", 2)
    page = clerk.sees(f"{EVENTS}?area=")
    assert titles(page)[0] == "新的"
    [apart] = re.findall(r'已经超期的另看：<a href="([^"]*)">超期未办结的网格事件</a>', page)
    assert titles(clerk.sees(EVENTS + apart.replace("&amp;", "&"))) == ["超期的"]
    assert "已经超期的另看" not in clerk.sees(f"{EVENTS}?by=title")


def test_overdue_comes_first_and_says_for_how_long(clerk):
    for title, days in (("早的", 9), ("超期的", -4), ("新的", 5)):
        event(title, days=days)
    event(
        "办完的",
        days=-7,
        state="closed",
        result="已清理",
        handled_on=timezone.localdate(),
        closed_on=timezone.localdate(),
    )
    page = clerk.sees(EVENTS)
    assert titles(page)[0] == "超期的"
    assert page.count("超期4天") == 1
    assert "超期7天" not in page


def test_a_click_on_a_column_sorts_there_and_back(clerk):
    for title, days in (("甲", 3), ("乙", 1), ("丙", 2)):
        event(title, days=days)
    page = clerk.sees(EVENTS)
    assert 'href="?by=due_on"' in page
    up = clerk.sees(f"{EVENTS}?by=due_on")
    assert titles(up) == ["乙", "丙", "甲"]
    assert 'aria-sort="ascending"' in up
    assert titles(clerk.sees(f"{EVENTS}?by=-due_on")) == ["甲", "丙", "乙"]
    assert clerk.client.get(f"{EVENTS}?by=phone").status_code == 400
    assert clerk.client.get(f"{EVENTS}?by=area__code__startswith").status_code == 400


def test_nothing_hidden_sorts_a_list():
    for desk in kinds.desks():
        model = desk.model
        hidden = {*getattr(model, "masked", {}), *getattr(model, "withheld", ())}
        sorts = {sort_of(desk, column).split("__")[0] for column in desk.columns}
        assert not hidden & sorts, desk.name


def test_search_finds_contacts_and_whoever_is_responsible(clerk):
    handler = Somebody("grid_worker", GRID).user
    event("有人办的", handler=handler, state="in_hand")
    event("有联系人的", contact="欧阳明月", phone="13899990000")
    assert titles(clerk.sees(f"{EVENTS}?q={handler.name}")) == ["有人办的"]
    assert titles(clerk.sees(f"{EVENTS}?q=欧阳")) == ["有联系人的"]
    assert titles(clerk.sees(f"{EVENTS}?q=9999")) == ["有联系人的"]
    # Whoever does not work with it finds it by the whole name, and that is in the trail.
    street = Somebody("street", STREET)
    assert titles(street.sees(f"{EVENTS}?q=欧阳")) == []
    before = AuditEntry.objects.filter(action="reveal").count()
    assert titles(street.sees(f"{EVENTS}?q=欧阳明月")) == ["有联系人的"]
    assert AuditEntry.objects.filter(action="reveal").count() > before
    assert titles(Somebody("community", f"{STREET}099").sees(f"{EVENTS}?q=欧阳明月")) == []


def test_filters_offer_what_there_is_with_its_number(clerk):
    for number in range(3):
        event(f"安全{number}")
    event("设施", kind="facility", area=AreaFactory(code=f"{COMMUNITY}002"))
    event("别处的", kind="dispute", area=AreaFactory(code=f"{STREET}099001"))
    page = clerk.sees(EVENTS)
    assert "（3）" in page
    assert 'value="facility"' in page
    assert 'value="dispute"' not in page
    assert f"{STREET}099" not in page
    todo = re.search(r'<select name="todo".*?</select>', page, re.DOTALL)[0]
    assert "待派单的网格事件（4）" in todo
    assert titles(clerk.sees(f"{EVENTS}?kind=facility")) == ["设施"]


def test_a_list_is_remembered_for_the_person_until_cleared(clerk):
    event("甲", days=3)
    event("乙", days=1)
    clerk.sees(f"{EVENTS}?kind=safety&by=due_on&q=")
    again = clerk.client.get(EVENTS)
    assert set(again.headers["Location"].partition("?")[2].split("&")) == {
        "kind=safety",
        "by=due_on",
    }
    # What was looked for once is not remembered, nor for anybody else.
    clerk.sees(f"{EVENTS}?kind=facility&q=甲")
    clerk.sees(f"{EVENTS}?todo=to_dispatch")
    assert "kind=safety" in clerk.client.get(EVENTS).headers["Location"]
    assert Somebody("community", COMMUNITY).client.get(EVENTS).status_code == 200
    clerk.sees(f"{EVENTS}?area=")
    assert clerk.client.get(EVENTS).status_code == 200
    assert not DeskView.objects.exists()


def test_the_file_has_the_rows_order_and_columns_of_the_page(clerk):
    event("=甲", days=3, contact="欧阳明月", phone="13899990000")
    event("乙", days=1)
    event("丙", days=2, kind="facility")
    asked = f"{EVENTS}?kind=safety&by=due_on"
    answer = clerk.client.get(f"{asked}&format=csv")
    table = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert table[0] == ["事由", "类别", "所属地区", "上报日期", "办结期限", "处置人", "状态"]
    assert [row[0] for row in table[1:]] == ["乙", "'=甲"]
    answer = clerk.client.get(f"{asked}&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == ["乙", "'=甲", "合计（2条）"]
    assert sheet.freeze_panes == "A4"
    assert sheet["E4"].value.date() == timezone.localdate() + datetime.timedelta(days=1)
    noted = AuditEntry.objects.filter(action="export", model="communities.gridevent")
    assert [one.note.startswith("2条；") for one in noted] == [True, True]
    assert clerk.client.get(f"{asked}&format=pdf").status_code == 400
    assert Somebody("auditor", DISTRICT).client.get(f"{asked}&format=csv").status_code == 403


def test_a_workbook_of_a_list_is_to_be_printed(clerk):
    area = AreaFactory(code=COMMUNITY)
    for amount in ("1200.50", "800.00"):
        CharityResourceFactory(area=area, value=amount)
    answer = clerk.client.get("/desk/charity-resources/?format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A1"].value == f"{area.name}慈善资源"
    assert sheet["A2"].value.startswith(f"单位：{area.name}　导出人：{clerk.user}　导出时间：")
    assert sheet.print_title_rows == "$3:$3"
    [place] = [one.column for one in sheet[3] if one.value == "价值（元）"]
    *_, last = sheet.iter_rows(min_row=4, values_only=True)
    assert last[0] == "合计（2条）"
    assert str(last[place - 1]) == "2000.5"
    others = [one.value for one in sheet[3] if one.value and "（元）" not in one.value]
    assert others
    plain = clerk.client.get("/desk/charity-resources/?format=csv")
    assert b"\xe5\x90\x88\xe8\xae\xa1" not in b"".join(plain.streaming_content)


def test_a_workbook_of_a_list_can_be_brought_in_again(clerk):
    """Title, makers and sums are no records; what is there already is known."""
    PersonFactory.create_batch(2, area=AreaFactory(code=COMMUNITY), phone="13800001234")
    data = clerk.client.get("/desk/people/?format=xlsx").content
    upload = SimpleUploadedFile("人员.xlsx", data)
    outcome = clerk.client.post("/imports/people/", {"file": upload, "try": "1"}).context["outcome"]
    assert not outcome.problems
    assert outcome.known == 2


def test_a_person_has_a_page_with_all_that_is_theirs():
    here = AreaFactory(code=COMMUNITY)
    street, post = Somebody("street", STREET), PostFactory(area=here)
    person = post.person
    certificate = CertificateFactory(area=here, person=person)
    review = PerformanceReviewFactory(area=here, post=post)
    other = PostFactory(area=here)
    page = street.sees(f"/desk/people/{person.pk}/")
    for found in (f"posts/{post.pk}", f"certificates/{certificate.pk}", f"reviews/{review.pk}"):
        assert f'href="/desk/{found}/"' in page
    assert f"/desk/posts/{other.pk}/" not in page
    assert f'href="/desk/posts/new/?of={person.pk}"' in page
    assert f'href="/desk/certificates/new/?person={person.pk}"' in page
    assert "月度薪酬" not in page
    hr, path = Somebody("hr", DISTRICT), f"/desk/people/{person.pk}/"
    assert "月度薪酬" not in hr.sees(path), "a title alone leads nowhere"
    PayMonthFactory(area=here, post=post)
    assert "月度薪酬" in hr.sees(path)
    form = street.client.get(f"/desk/certificates/new/?person={person.pk}").context["form"]
    assert str(form["person"].value()) == str(person.pk)
