"""People who bring a ledger with them: all of it is in, or none of it and what is wrong."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from suzhou_portal.accounts.roles import OWNERS, PERMISSIONS, Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports.entering import DIFFERS
from suzhou_portal.imports.registry import ledgers
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.imports.files import (
    COPIED,
    RIGHT,
    as_csv,
    keeper,
    keeper_of,
    row,
    sheet,
    telling,
)
from tests.journeys import Somebody
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db

each = pytest.mark.parametrize("ledger", COPIED, ids=lambda ledger: ledger.name)
NEIGHBOUR = "620902005001"


def sends(somebody, name, data, **more):
    upload = SimpleUploadedFile("台账.csv", data)
    return somebody.client.post(f"/imports/{name}/", {"file": upload, **more})


def problems(response):
    assert response.status_code == 200
    return [(p.row, p.heading, p.message) for p in response.context["outcome"].problems]


def told(response):
    """What the form says of the file as a whole."""
    return "".join(response.context["form"].errors["file"])


@pytest.fixture
def clerk(db, request):
    return keeper_of(request)


@each
def test_a_ledger_is_brought_in(clerk, ledger):
    response = sends(clerk, ledger.name, as_csv(sheet(ledger.name, row(ledger.name))))
    assert response.status_code == 302, response.text
    record = ledger.model.objects.get()
    assert (record.area_id, record.entered_by, record.is_demo) == (COMMUNITY, clerk.user, False)
    field = telling(ledger.name)
    assert getattr(record, field) == RIGHT[ledger.name][field]
    record.check_rules()
    assert record.created_at == record.updated_at
    said = clerk.sees(response.url)
    assert "已导入" in said
    assert "1条" in said


@each
def test_it_is_in_the_trail_as_whoever_brought_it(clerk, ledger):
    sends(clerk, ledger.name, as_csv(sheet(ledger.name, row(ledger.name))))
    record = ledger.model.objects.get()
    created = AuditEntry.objects.get(model=ledger.model._meta.label_lower, object_id=str(record.pk))
    assert (created.action, created.actor_id, created.area_code) == (
        Action.CREATE, clerk.user.pk, COMMUNITY,
    )  # fmt: skip
    assert created.new[telling(ledger.name)] == getattr(record, telling(ledger.name))
    if "phone" in RIGHT[ledger.name] and "phone" in getattr(ledger.model, "masked", {}):
        assert created.new["phone"] == "139****1234"
    noted = AuditEntry.objects.get(action=Action.IMPORT)
    assert (noted.actor_id, noted.note) == (clerk.user.pk, "台账.csv：1条")


def test_the_blank_workbook_filled_in_is_taken(clerk):
    for ledger in COPIED:
        clerk = keeper(ledger)
        blank = clerk.client.get(f"/imports/{ledger.name}/template.xlsx")
        book = load_workbook(io.BytesIO(blank.content))
        book.worksheets[0].append(row(ledger.name))
        file = io.BytesIO()
        book.save(file)
        assert sends(clerk, ledger.name, file.getvalue()).status_code == 302
        assert ledger.model.objects.count() == 1


def test_one_bad_row_keeps_all_out_and_each_problem_is_said(clerk):
    table = sheet(
        "teams",
        row("teams"),
        row("teams", name="二队", kind="neighbourhood", phone="abc"),
        row("teams", name="三队", founded_on="2022-06-01", dissolved_on="2021-01-01"),
        row("teams", name="银龄志愿服务队"),
        row("teams", name="", area="没有的地方"),
        row("teams", name="长" * 61, members="-1"),
    )
    found = problems(sends(clerk, "teams", as_csv(table)))
    where = [(number, heading) for number, heading, _ in found]
    assert where == [
        (3, "类型"), (3, "联系电话"), (4, "解散日期"), (5, "名称"), (6, "所属地区"), (6, "名称"),
        (7, "名称"), (7, "登记人数（人）"),
    ]  # fmt: skip
    said = dict(zip(where, (message for *_, message in found), strict=True))
    assert "应为：党员、" in said[3, "类型"]
    assert said[4, "解散日期"] == "解散日期不能早于组建日期。"
    assert "与第2行重复" in said[5, "名称"]
    assert "管辖范围内没有“没有的地方”" in said[6, "所属地区"]
    assert not VolunteerTeam.objects.exists()
    assert not AuditEntry.objects.filter(
        action__in=[Action.CREATE, Action.IMPORT], model="volunteers.volunteerteam"
    ).exists()


def test_what_is_there_already_is_refused_or_skipped(clerk):
    known = VolunteerTeamFactory(area_id=COMMUNITY, name="银龄志愿服务队", members=1)
    file = as_csv(sheet("teams", row("teams"), row("teams", name="二队")))
    found = problems(sends(clerk, "teams", file))
    assert {number for number, *_ in found} == {2}
    assert (2, "登记人数（人）", DIFFERS.format(before="1")) in found
    assert sends(clerk, "teams", file, skip="on").status_code == 302
    assert set(VolunteerTeam.objects.values_list("name", "members")) == {
        (known.name, 1),
        ("二队", 12),
    }
    response = sends(clerk, "teams", file, skip="on")
    assert "跳过已有的2条" in clerk.sees(response.url)


@each
def test_the_same_file_twice_changes_nothing(clerk, ledger):
    file = as_csv(sheet(ledger.name, row(ledger.name)))
    assert sends(clerk, ledger.name, file).status_code == 302
    before = ledger.model.objects.values().get()
    response = sends(clerk, ledger.name, file)
    assert "没有变化1条" in clerk.sees(response.url)
    assert ledger.model.objects.values().get() == before


@each
def test_the_same_row_twice_in_a_file_is_told(clerk, ledger):
    again = row(ledger.name)
    found = problems(sends(clerk, ledger.name, as_csv(sheet(ledger.name, again, again))))
    assert [number for number, *_ in found] == [3]
    assert "与第2行重复" in found[0][2]


def test_problems_are_downloaded_without_importing(clerk):
    wrong = as_csv(sheet("teams", row("teams"), row("teams", name="=1+1", kind="邻")))
    response = sends(clerk, "teams", wrong, list="1")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "行号,列名,文件中的内容,问题" in text
    assert "3,类型,邻," in text
    right = as_csv(sheet("teams", row("teams")))
    text = b"".join(sends(clerk, "teams", right, list="1").streaming_content).decode()
    assert "没有发现问题" in text
    assert not VolunteerTeam.objects.exists()


def test_many_problems_are_counted_and_the_first_shown(clerk):
    table = sheet("teams", *(row("teams", name=f"{n}队", kind="无") for n in range(150)))
    response = sends(clerk, "teams", as_csv(table))
    assert len(response.context["shown"]) == 100
    assert "还有50个问题" in response.text


class TestWhere:
    def test_a_place_is_named_by_code_or_by_a_name_only_one_has(self, clerk):
        street = Somebody(Role.STREET, STREET)
        area = AreaFactory(code=COMMUNITY)
        type(area).objects.filter(pk=COMMUNITY).update(name="北苑社区居委会")
        for number, place in enumerate((COMMUNITY, "北苑社区居委会", "北苑社区")):
            file = as_csv(sheet("teams", row("teams", area=place, name=f"{number}队")))
            assert sends(street, "teams", file).status_code == 302
        other = AreaFactory(code="620902004009")
        type(area).objects.filter(pk=other.pk).update(name="北苑社区居委会")
        file = as_csv(sheet("teams", row("teams", area="北苑社区居委会", name="四队")))
        [(_, heading, message)] = problems(sends(street, "teams", file))
        assert heading == "所属地区"
        assert COMMUNITY in message
        assert other.pk in message

    @pytest.mark.parametrize("place", [NEIGHBOUR, STREET, DISTRICT, "地区620902005001"])
    def test_nobody_imports_elsewhere(self, clerk, place):
        AreaFactory(code=NEIGHBOUR)
        file = as_csv(sheet("teams", row("teams"), row("teams", area=place, name="二队")))
        [(number, heading, message)] = problems(sends(clerk, "teams", file))
        assert (number, heading) == (3, "所属地区")
        assert "您的管辖范围内没有" in message
        assert not VolunteerTeam.objects.exists()

    def test_others_records_are_named_only_where_one_may_choose_them(self, clerk):
        SocialOrganizationFactory(area=AreaFactory(code=NEIGHBOUR), name="别处的组织")
        file = as_csv(sheet("services", row("services", provider="别处的组织")))
        [(_, heading, message)] = problems(sends(clerk, "services", file))
        assert heading == "提供组织"
        assert "没有登记过" in message
        SocialOrganizationFactory(area_id=COMMUNITY, name="本地的组织")
        file = as_csv(sheet("services", row("services", provider="本地的组织", provider_name="")))
        assert sends(clerk, "services", file).status_code == 302
        service = ledgers.get("services").model.objects.get()
        assert service.provider_name == "本地的组织"
        assert ledgers.get("services").model.objects.matching("本地").get() == service


class TestWho:
    @each
    @pytest.mark.parametrize("role", Role.values)
    def test_an_office_that_may_add_such_records(self, role, ledger):
        options = ledger.model._meta
        held = (
            {"organization": SocialOrganizationFactory()}
            if role in ("organization", "evaluator")
            else {}
        )
        held |= {"team": VolunteerTeamFactory()} if role == Role.TEAM else {}
        somebody = Somebody(role, COMMUNITY, held)
        granted = f"{options.app_label}.add_{options.model_name}" in PERMISSIONS[role]
        expected = 200 if granted and role not in OWNERS else 403
        for page in (f"/imports/{ledger.name}/", f"/imports/{ledger.name}/template.xlsx"):
            assert somebody.client.get(page).status_code == expected
        before = ledger.model.objects.count()
        response = sends(somebody, ledger.name, as_csv(sheet(ledger.name, row(ledger.name))))
        assert response.status_code == (302 if expected == 200 else 403)
        assert ledger.model.objects.count() == before + (expected == 200)

    def test_visitors_sign_in_first(self, client):
        for page in ("/imports/", "/imports/teams/", "/imports/teams/template.xlsx"):
            assert client.get(page).url.startswith("/account/sign-in/")

    def test_there_is_a_way_to_the_page(self, clerk):
        assert 'href="/imports/"' in clerk.sees("/desk/")
        assert 'href="/imports/teams/"' in clerk.sees("/imports/")
        assert 'href="/imports/teams/"' in clerk.sees("/admin/volunteers/volunteerteam/")
        auditor = Somebody(Role.AUDITOR, DISTRICT)
        assert "/imports/" not in auditor.sees("/desk/")
        assert "没有可以导入的台账" in auditor.sees("/imports/")
        assert clerk.client.get("/imports/none/").status_code == 404
