"""What a ledger writes down comes in again and changes nothing; a cell that is changed changes its record."""

import io

import pytest
from openpyxl import load_workbook

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit import trail
from suzhou_portal.imports import exporting
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.reading import KEY
from suzhou_portal.imports.registry import ledgers
from tests.imports.files import office_of
from tests.journeys import Somebody

each = pytest.mark.parametrize("ledger", ledgers.all(), ids=lambda ledger: ledger.name)
MOST = 60  # records of a kind, of which the demonstration has hundreds


def written(ledger, user):
    """A workbook of the first records."""
    records = exporting.records_for(ledger, user)
    first = records.filter(pk__in=list(records.values_list("pk", flat=True)[:MOST]))
    return exporting.workbook(ledger, user, first)


def brought(ledger, data, user, **more):
    """What comes of a file, as in a request of theirs."""
    with trail.acting(lambda: trail.Actor(id=user.pk, name=str(user), user=user)):
        return bring(ledger, data, user, name="台账.xlsx", **more)


@each
def test_out_and_in_again_changes_nothing(demonstration, ledger):
    somebody = office_of(ledger)
    data, count = written(ledger, somebody.user)
    assert count, "the demonstration has none"
    before = list(ledger.model.objects.order_by("pk").values())
    outcome = brought(ledger, data, somebody.user)
    assert outcome.problems == []
    assert outcome.changes == []
    assert (outcome.imported, outcome.changed, outcome.unchanged) == (0, 0, count)
    assert [one.where for one in outcome.left_out] == ["第1行", "第2行", f"第{count + 4}行"]
    assert list(ledger.model.objects.order_by("pk").values()) == before


@each
def test_the_template_is_taken_apart_as_it_was_put_together(db, ledger):
    somebody = office_of(ledger)
    blank = somebody.client.get(f"/imports/{ledger.name}/template.xlsx")
    sheet = load_workbook(io.BytesIO(blank.content)).worksheets[0]
    assert [cell.value for cell in sheet[2]] == ledger.headings
    assert sheet["A3"].value.startswith("示例（不导入）")
    assert sheet.freeze_panes == "A3"


class TestLooks:
    @pytest.fixture
    def sheet(self, demonstration):
        ledger = ledgers.get("teams")
        somebody = office_of(ledger)
        response = somebody.client.get("/imports/teams/export.xlsx")
        return load_workbook(io.BytesIO(response.content)).active

    def test_title_unit_person_and_time(self, sheet):
        assert sheet["A1"].value == "肃州区志愿服务队伍台账"
        assert sheet["A2"].value.startswith("单位：肃州区　导出人：")

    def test_headings_stay_and_repeat(self, sheet):
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.page_setup.orientation == "landscape"

    def test_a_sum_below(self, sheet):
        last = [cell.value for cell in sheet[sheet.max_row]]
        assert last[0] == f"合计（{sheet.max_row - 4}条）"
        heads = [cell.value for cell in sheet[3]]
        place = heads.index("登记人数（人）")
        members = [row[place].value or 0 for row in sheet.iter_rows(4, sheet.max_row - 1)]
        assert last[place] == sum(map(int, members))

    def test_contacts_are_masked(self, sheet):
        heads = [cell.value for cell in sheet[3]]
        phones = [row[heads.index("联系电话")].value for row in sheet.iter_rows(4, 9)]
        assert any("*" in (phone or "") for phone in phones)


def changed(data, heading, value, row=4):
    """The workbook with another cell."""
    book = load_workbook(io.BytesIO(data))
    heads = [cell.value for cell in book.active[3]]
    book.active.cell(row, heads.index(heading) + 1).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class TestChanges:
    @pytest.fixture
    def clerk(self, demonstration):
        return office_of(ledgers.get("teams")).user

    @pytest.fixture
    def data(self, clerk):
        return written(ledgers.get("teams"), clerk)[0]

    def test_a_trial_tells_cell_by_cell_and_changes_nothing(self, clerk, data):
        outcome = brought(ledgers.get("teams"), changed(data, "名称", "改名队"), clerk, trial=True)
        [change] = outcome.changes
        assert (change.row, change.heading, change.after) == (4, "名称", "改名队")
        assert not outcome.problems
        assert outcome.changed == 1
        assert not ledgers.get("teams").model.objects.filter(name="改名队").exists()

    def test_without_being_asked_nothing_is_changed(self, clerk, data):
        outcome = brought(ledgers.get("teams"), changed(data, "名称", "改名队"), clerk)
        [problem] = outcome.problems
        assert (problem.row, problem.heading) == (4, "名称")
        assert "修改已有的记录" in problem.message

    def test_when_asked_only_that_is_changed(self, clerk, data):
        teams = ledgers.get("teams").model.objects
        before = {one["id"]: one for one in teams.values()}
        outcome = brought(ledgers.get("teams"), changed(data, "名称", "改名队"), clerk, update=True)
        assert outcome.changed == 1
        after = {one["id"]: one for one in teams.values()}
        [key] = [key for key in after if after[key] != before[key]]
        assert after[key]["phone"] == before[key]["phone"]
        assert after[key]["name"] == "改名队"

    def test_a_change_that_the_form_refuses_is_refused_at_its_cell(self, clerk, data):
        file = changed(data, "联系电话", "不详")
        [problem] = brought(ledgers.get("teams"), file, clerk, update=True).problems
        assert (problem.row, problem.heading) == (4, "联系电话")

    def test_another_mask_is_no_phone(self, clerk, data):
        file = changed(data, "联系电话", "139****0000")
        [problem] = brought(ledgers.get("teams"), file, clerk, update=True).problems
        assert "请填写完整的内容" in problem.message

    def test_a_key_of_nobody(self, clerk, data):
        [problem] = brought(ledgers.get("teams"), changed(data, KEY, 999999999), clerk).problems
        assert "没有系统编号为“999999999”的记录" in problem.message

    def test_the_key_of_a_record_elsewhere_tells_nothing(self, demonstration, data):
        community = Somebody(Role.COMMUNITY, "620902001001").user
        outcome = brought(ledgers.get("teams"), data, community, update=True)
        named = {one.row for one in outcome.problems if "没有系统编号" in one.message}
        assert named
        assert not named & {change.row for change in outcome.changes}
