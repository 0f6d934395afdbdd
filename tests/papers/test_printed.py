"""Documents printed from records: for whom, in which state, from whose template, and saying what."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.printed import printed, templates_can_be_filled
from tests.cases import case
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.cobuilding import CoBuildingAgreementFactory, CoBuildingNeedFactory
from tests.factories.communities import PayMonthFactory
from tests.factories.consultation import DeliberationMeetingFactory, MediationCaseFactory
from tests.factories.incubating import FilingFactory
from tests.factories.pay import PayPeriodFactory
from tests.factories.service import ActivityFactory, ServiceFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


def address(record, document, ending="pdf"):
    desk = kinds.desk_of(type(record))
    return f"/desk/{desk.name}/{record.pk}/printed/{document}.{ending}"


def pdf_text(response):
    assert response.status_code == 200, response.status_code
    pages = PdfReader(io.BytesIO(response.content)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "")


def word_text(response):
    assert response.status_code == 200
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_every_template_can_be_filled_and_set():
    assert templates_can_be_filled() == []
    assert len({one.name for one in printed}) == len([*printed]) == 10
    for one in printed:
        with case(one.name):
            assert one.path.is_file()


class TestOfAnAgreement:
    @pytest.fixture
    def community(self):
        return Somebody("community", COMMUNITY)

    def test_a_draft_says_so_and_what_is_signed_does_not(self, community):
        place = AreaFactory(code=COMMUNITY)
        draft = CoBuildingAgreementFactory(
            area=place, state="draft", signed_on=None, unit="#甲*校𠮷"
        )
        signed = CoBuildingAgreementFactory(area=place, contact="王小明")
        CoBuildingNeedFactory(agreement=signed, area=place, title="法律咨询日")
        said = pdf_text(community.client.get(address(draft, "co-building-agreement")))
        assert "草案" in said
        assert "#甲*校𠮷" in said
        for said in (
            pdf_text(community.client.get(address(signed, "co-building-agreement"))),
            word_text(community.client.get(address(signed, "co-building-agreement", "docx"))),
        ):
            assert "草案" not in said
            assert "王小明" in said
            assert "法律咨询日" in said

    def test_who_prints_names_in_full_is_written_down(self, community):
        record = CoBuildingAgreementFactory(area=AreaFactory(code=COMMUNITY))
        page = community.client.get(f"/desk/co-building/{record.pk}/").text
        assert "共建协议（PDF）" in page
        assert "共建协议（Word）" in page
        community.client.get(address(record, "co-building-agreement"))
        entry = AuditEntry.objects.filter(action="reveal").get()
        assert (entry.object_id, entry.note) == (str(record.pk), "打印共建协议")

    def test_nobody_else_does(self, client, community):
        record = CoBuildingAgreementFactory(area=AreaFactory(code="620902004005"))
        assert community.client.get(address(record, "co-building-agreement")).status_code == 404
        assert client.get(address(record, "co-building-agreement")).status_code == 302
        worker = Somebody("grid_worker", COMMUNITY)
        assert worker.client.get(address(record, "co-building-agreement")).status_code in (403, 404)
        assert not AuditEntry.objects.filter(action="reveal").exists()


def test_only_what_was_decided_is_printed_as_decided():
    community = Somebody("community", COMMUNITY)
    place = AreaFactory(code=COMMUNITY)
    case_ = MediationCaseFactory(area=place)
    meeting = DeliberationMeetingFactory(area=place)
    for record, document in (
        (case_, "mediation-agreement"),
        (meeting, "meeting-resolution"),
        (meeting, "sign-in"),
        (meeting, "no-such"),
    ):
        with case(document):
            assert community.client.get(address(record, document)).status_code == 404
    assert "草案，尚未公告" in pdf_text(community.client.get(address(meeting, "meeting-notice")))
    page = community.client.get(f"/desk/meetings/{meeting.pk}/").text
    assert "会议通知（PDF）" in page
    assert "会议决议" not in page


def test_a_filing_certificate_names_its_street():
    street = Somebody("street", STREET)
    place = AreaFactory(code=f"{STREET}002")
    filing = FilingFactory(area=place)
    assert street.client.get(address(filing, "filing-certificate")).status_code == 404
    filing = FilingFactory(area=place, state="filed", number="620902001-1", filed_on=BEGUN)
    said = pdf_text(street.client.get(address(filing, "filing-certificate")))
    assert "620902001-1" in said
    assert f"{AreaFactory(code=STREET).name}（盖章）" in said


def test_pay_is_printed_by_the_personnel_office_and_written_down():
    community = AreaFactory(code=COMMUNITY)
    period = PayPeriodFactory(area=AreaFactory(code=DISTRICT), month=BEGUN.replace(day=1))
    for post_pay in (3000, "2500.50"):
        PayMonthFactory(area=community, month=period.month, post_pay=post_pay, performance_pay=500)
    office = Somebody("hr", DISTRICT)
    said = pdf_text(office.client.get(address(period, "payroll")))
    assert "编制中，未经复核" in said
    for number in ("3,500.00", "3,000.50", "5,500.50", "1,000.00", "6,500.50"):
        assert number in said
    assert AuditEntry.objects.filter(action="look").exists()
    for role, at in (("district", DISTRICT), ("community", COMMUNITY)):
        other = Somebody(role, at)
        assert other.client.get(address(period, "payroll")).status_code in (403, 404)


def test_who_signed_up_is_listed_to_sign():
    community = Somebody("community", COMMUNITY)
    activity = ActivityFactory(area=AreaFactory(code=COMMUNITY), state="open")
    one = ServiceFactory(activity=activity, area=activity.area)
    gone = ServiceFactory(activity=activity, area=activity.area, state="withdrawn")
    said = word_text(community.client.get(address(activity, "activity-sign-in", "docx")))
    assert one.volunteer.name in said
    assert one.volunteer.number in said
    assert gone.volunteer.number not in said


def test_an_offices_own_template_is_what_word_and_pdf_are_made_of(settings, tmp_path):
    settings.PAPER_TEMPLATES = tmp_path
    own = Document()
    own.add_paragraph("本街道：{{ topic }}，{{ unit }}")
    own.save(tmp_path / "meeting-notice.docx")
    assert templates_can_be_filled() == []
    community = Somebody("community", COMMUNITY)
    meeting = DeliberationMeetingFactory(area=AreaFactory(code=COMMUNITY), topic="停车")
    for ending, read in (("docx", word_text), ("pdf", pdf_text)):
        said = read(community.client.get(address(meeting, "meeting-notice", ending)))
        assert said.startswith("本街道：停车，")
    own.add_paragraph("{{ password }}")
    own.save(tmp_path / "meeting-notice.docx")
    [wrong] = templates_can_be_filled()
    assert "“会议通知”没有的内容：password" in wrong.msg


def test_what_cannot_be_printed_is_said_on_entry():
    community = Somebody("community", COMMUNITY)
    asked = {"kind": "council", "planned_on": "2023-04-01", "place": "会议室"}
    for topic, told in (("停\U0002a38a车", True), ("停𠮷车", False)):
        with case(topic):
            page = community.client.post(
                "/desk/meetings/new/", {"area": COMMUNITY, "topic": topic, **asked}, follow=True
            ).text
            assert "已登记议事协商会议" in page
            assert ("议题：“\U0002a38a”（U+2A38A）没有可打印的字形" in page) is told
