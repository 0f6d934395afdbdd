"""Accounts from a table: by the rules of the single form, all or none, and their letters once."""

import io
import re

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports.account_rows import ACCOUNTS, MOST
from suzhou_portal.records.printed import templates_can_be_filled
from tests.cases import case
from tests.factories.accounts import AssignmentFactory
from tests.factories.areas import COMMUNITY, STREET

HEADINGS = "姓名,账号,电话,角色,管辖地区,所属组织,所属队伍,生效日期,失效日期"
PASSWORD = re.compile(r"\b[A-Za-z2-9]{5}-[A-Za-z2-9]{5}-[A-Za-z2-9]{5}\b")
TWO = (
    f"张三,,0937-2600000,社区,{COMMUNITY},,,,",
    f"李四,li.si,,街道,{STREET},,,2023-04-30,2030-12-31",
)


@pytest.fixture
def administrator(reference, settings):
    return AssignmentFactory(role=Role.ADMINISTRATOR, area_id=settings.PORTAL_AREA).user


@pytest.fixture
def send(client, administrator):
    """Sends rows with a button, as the administrator."""

    def send(*rows, button="docx"):
        client.force_login(administrator)
        file = SimpleUploadedFile("a.csv", "\n".join([HEADINGS, *rows]).encode())
        return client.post(reverse("open_accounts"), {"file": file, button: "1"})

    return send


def paragraphs(response):
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def new_accounts():
    return User.objects.exclude(assignments__role=Role.ADMINISTRATOR)


def test_a_trial_shows_what_would_be_opened_and_opens_nothing(send):
    text = send(*TWO, button="try").text
    for told in ("zhangsan", "li.si", "2023年4月30日", "将开通下面2个账号"):
        with case(told):
            assert told in text
    assert not new_accounts().exists()


def test_all_are_opened_with_their_assignments_and_a_letter_each(send, client):
    response = send(*TWO)
    assert "no-store" in response.headers["Cache-Control"]
    text = paragraphs(response)
    passwords = PASSWORD.findall(text)
    assert len({*passwords}) == 2
    accounts = {one.username: one for one in new_accounts()}
    assert {*accounts} == {"zhangsan", "li.si"}
    assert all(one.must_change_password for one in accounts.values())
    held = Assignment.objects.get(user=accounts["li.si"])
    assert (held.role, held.area_id, str(held.valid_to)) == (Role.STREET, STREET, "2030-12-31")
    client.logout()
    signed = {"username": "zhangsan", "password": passwords[0]}
    client.post(reverse("sign_in"), signed)
    assert reverse("password") in client.get(reverse("desk_index")).headers["Location"]


def test_the_pdf_has_a_page_for_each(send):
    pages = PdfReader(io.BytesIO(send(*TWO, button="pdf").content)).pages
    assert len(pages) == 2
    assert ["张三" in pages[0].extract_text(), "李四" in pages[1].extract_text()] == [True, True]


def test_a_password_is_kept_as_its_hash_alone(send):
    passwords = PASSWORD.findall(paragraphs(send(*TWO)))
    for account in new_accounts():
        identify_hasher(account.password)
    kept = str([*AuditEntry.objects.values(), *User.objects.values()])
    assert [one for one in passwords if one in kept] == []
    assert AuditEntry.objects.filter(note__startswith="批量开通账号2个").count() == 1


def test_the_same_file_again_opens_nothing(send):
    send(*TWO)
    before = list(new_accounts().order_by("pk").values())
    text = send(*TWO).text
    assert "已有这项授权" in text
    assert "已有这个账号" in text
    assert list(new_accounts().order_by("pk").values()) == before


def test_a_login_is_made_beside_those_that_are_there(send):
    User.objects.create_user("zhangsan")
    send(TWO[0], f"张珊,zhangsan2,,街道,{STREET},,,,")
    assert {*new_accounts().values_list("username", flat=True)} == {
        "zhangsan", "zhangsan2", "zhangsan3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("王五,,,村长,620902001,,,,", "村长"),
        ("王五,,,社区,620902001,,,,", "“社区”的管辖地区应为社区"),
        ("王五,,,社会组织,620902001,,,,", "社会组织、第三方评估须填写所属组织"),
        ("王五,,,街道,620902001,,,2023-05-01,2023-04-30", "失效日期不能早于生效日期"),
        ("王五,,,街道,110101001,,,,", "管辖范围内没有"),
        ("王五,王 五,,街道,620902001,,,,", "账号只能含"),
        (",,,街道,620902001,,,,", "必"),
        (f"王五,li.SI,,街道,{STREET},,,,", "已用了这个账号"),
    ],
)
def test_one_wrong_row_opens_none_and_is_named(send, row, told):
    response = send(*TWO, row)
    assert "第4行" in response.text
    assert told in response.text
    assert not new_accounts().exists()


def test_more_than_can_be_hashed_in_a_request_are_refused(send):
    rows = [f"王五,wang{one},,街道,{STREET},,,," for one in range(MOST + 1)]
    assert f"一次最多开通{MOST}个账号" in send(*rows).text
    assert not new_accounts().exists()


def test_whoever_opens_no_accounts_opens_none_here(client, reference):
    client.force_login(AssignmentFactory(role=Role.COMMUNITY, area_id=COMMUNITY).user)
    for name in ("open_accounts", "account_template"):
        with case(name):
            assert client.get(reverse(name)).status_code == 403


def test_it_is_offered_where_one_is_opened_and_its_template_can_be_sent(client, administrator):
    client.force_login(administrator)
    accounts = client.get(reverse("admin:accounts_user_changelist")).text
    assert reverse("open_accounts") in accounts
    file = SimpleUploadedFile("a.xlsx", client.get(reverse("account_template")).content)
    text = client.post(reverse("open_accounts"), {"file": file, "try": "1"}).text
    assert "没有记录" in text  # its sample is none, and its headings are known
    assert "列名不对" not in text
    assert ACCOUNTS.headings == HEADINGS.split(",")


def test_the_offices_own_template_is_used(send, settings, tmp_path):
    own = Document()
    own.add_paragraph("{% for one in letters %}本局的信：{{ one.login }}{% endfor %}")
    own.save(tmp_path / "account-letters.docx")
    settings.PAPER_TEMPLATES = tmp_path
    assert templates_can_be_filled() == []
    assert "本局的信：zhangsan" in paragraphs(send(*TWO))


def test_nobody_has_an_account_whose_letter_could_not_be_made(send, client, settings, tmp_path):
    own = Document()
    own.add_paragraph("{{ letters.nobody.knows.this }}")
    own.save(tmp_path / "account-letters.docx")
    settings.PAPER_TEMPLATES = tmp_path
    client.raise_request_exception = False
    send(*TWO)
    assert not new_accounts().exists()
    assert not AuditEntry.objects.filter(note__startswith="批量开通账号").exists()
