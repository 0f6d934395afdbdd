"""Columns that name several records: out and in again, changed, taken back; and cases of mediation, which
have one.
"""

import io

import pytest
from openpyxl import load_workbook

from communities.models import MediationCase, TrainingBase
from suzhou_portal.accounts.roles import Role
from suzhou_portal.imports.models import Batch
from suzhou_portal.imports.registry import ledgers
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.consultation import MediationCaseFactory
from tests.imports.files import as_csv, as_workbook, sheet
from tests.imports.test_journeys import problems, sends
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
CASE = {
    "area": COMMUNITY, "origin": "当事人申请", "kind": "邻里纠纷", "subject": "楼上漏水", "party_a": "王某某",
    "party_b": "李某某", "applied_on": "2023-01-05",
}  # fmt: skip


@pytest.fixture
def clerk():
    AreaFactory(code=COMMUNITY)
    return Somebody(Role.COMMUNITY, COMMUNITY)


@pytest.fixture
def people(clerk):
    return [PersonFactory(area_id=COMMUNITY, name=name) for name in ("赵甲", "钱乙", "孙丙")]


def cells(mediators, **changed):
    said = CASE | {"mediators": mediators} | changed
    return [said.get(name, "") for name in ledgers.get("mediation-cases").fields]


def brings(clerk, mediators, **more):
    return sends(
        clerk, "mediation-cases", as_csv(sheet("mediation-cases", cells(mediators))), **more
    )


def said_of(clerk, mediators):
    """The one problem of a file with that cell."""
    [(row, heading, message)] = problems(brings(clerk, mediators))
    assert (row, heading) == (2, "调解员")
    assert not MediationCase.objects.exists()
    return message


def exported(clerk, name):
    """The sheet, and the column under each heading of its first record."""
    book = load_workbook(io.BytesIO(clerk.client.get(f"/imports/{name}/export.xlsx").content))
    heads = [cell.value for cell in book.active[3]]
    return book, dict(zip(heads, book.active[4], strict=True))


def again(clerk, name, book, **more):
    file = io.BytesIO()
    book.save(file)
    return sends(clerk, name, file.getvalue(), **more)


class TestNames:
    def test_each_is_found(self, clerk, people):
        assert brings(clerk, "钱乙、 赵甲").status_code == 302
        assert {*MediationCase.objects.get().mediators.all()} == {*people[:2]}

    def test_who_is_not_there_is_named_and_no_other(self, clerk, people):
        message = said_of(clerk, "赵甲、李四")
        assert "没有登记过调解员“李四”" in message
        assert "赵甲" not in message

    def test_another_mark_between_them_is_explained(self, clerk, people):
        assert "几个之间用“、”隔开" in said_of(clerk, "赵甲 钱乙")

    def test_one_that_several_have_is_asked_for_by_number(self, clerk, people):
        twin = PersonFactory(area_id=COMMUNITY, name="赵甲")
        assert f"“赵甲#{twin.pk}”" in said_of(clerk, "钱乙、赵甲")
        brings(clerk, f"钱乙、赵甲#{twin.pk}")
        assert {*MediationCase.objects.get().mediators.all()} == {people[1], twin}

    def test_one_twice_or_none_between_two_marks(self, clerk, people):
        assert "“赵甲”写了两次" in said_of(clerk, "赵甲、钱乙、赵甲")
        assert "前后须各有一个名称" in said_of(clerk, "赵甲、、钱乙")

    def test_who_cannot_be_chosen_is_not_there(self, clerk, people):
        PersonFactory(area=AreaFactory(code="620902005001"), name="周丁")
        assert "没有登记过调解员“周丁”" in said_of(clerk, "周丁")

    def test_divisions_by_name_or_code_anywhere_in_the_portals_area(self, clerk):
        district = Somebody(Role.DISTRICT, DISTRICT)
        other = AreaFactory(code="620902005001")
        said = {
            "area": DISTRICT, "name": "区党校", "address": "东大街1号", "capacity": "80",
            "areas_served": f"{AreaFactory(code=COMMUNITY).name}、{other.code}", "opened_on": "2022-06-01",
        }  # fmt: skip
        row = [said.get(name, "") for name in ledgers.get("training-bases").fields]
        assert (
            sends(district, "training-bases", as_workbook(sheet("training-bases", row))).status_code
            == 302
        )
        codes = TrainingBase.objects.get().areas_served.values_list("pk", flat=True)
        assert {*codes} == {COMMUNITY, other.code}
        row[1:2], row[-3:-2] = ["二校"], ["某某社区"]
        place = ledgers.get("training-bases").fields.index("areas_served")
        row[place] = f"{other.code}、没有的社区"
        [(_, heading, message)] = problems(
            sends(district, "training-bases", as_workbook(sheet("training-bases", row)))
        )
        assert heading == "服务地区"
        assert "本地没有“没有的社区”" in message


class TestOutAndIn:
    @pytest.fixture
    def case(self, people):
        case = MediationCaseFactory(area_id=COMMUNITY, phone_a="13900001234")
        case.mediators.set(people[:2])
        return case

    def test_names_stand_in_one_cell_and_the_same_file_changes_nothing(self, clerk, case):
        book, row = exported(clerk, "mediation-cases")
        assert row["调解员"].value == "赵甲、钱乙"
        row["调解员"].value = "钱乙、赵甲"  # in another order they are the same
        outcome = again(clerk, "mediation-cases", book, **{"try": "1"}).context["outcome"]
        assert (outcome.problems, outcome.changes, outcome.unchanged) == ([], [], 1)

    def test_a_changed_list_is_told_changed_and_taken_back(self, clerk, case, people):
        book, row = exported(clerk, "mediation-cases")
        row["调解员"].value = "孙丙"
        trial = again(clerk, "mediation-cases", book, **{"try": "1"}).context["outcome"]
        [told] = trial.changes
        assert (told.heading, told.before, told.after) == ("调解员", "赵甲、钱乙", "孙丙")
        again(clerk, "mediation-cases", book, update="on")
        assert [*case.mediators.all()] == [people[2]]
        batch = Batch.objects.get()
        clerk.client.post(f"/imports/batches/{batch.pk}/undo/")
        assert {*case.mediators.all()} == {*people[:2]}

    def test_new_ones_go_with_their_lists(self, clerk, people):
        brings(clerk, "赵甲、钱乙")
        response = clerk.client.post(
            f"/imports/batches/{Batch.objects.get().pk}/undo/", follow=True
        )
        assert "已撤销导入" in response.text
        assert not MediationCase.objects.exists()

    @pytest.mark.parametrize("touch", ["add", "remove"])
    def test_but_not_once_somebody_changed_the_list(self, clerk, people, touch):
        brings(clerk, "赵甲、钱乙")
        mediators = MediationCase.objects.get().mediators
        mediators.add(people[2]) if touch == "add" else mediators.remove(people[0])
        response = clerk.client.post(
            f"/imports/batches/{Batch.objects.get().pk}/undo/", follow=True
        )
        assert "有人改动过其中的记录（楼上漏水）" in response.text
        assert MediationCase.objects.exists()


class TestMediation:
    def test_a_new_case_waits_to_be_accepted(self, clerk, people):
        brings(clerk, "赵甲")
        case = MediationCase.objects.get()
        assert (case.state, case.accepted_on, case.entered_by) == ("applied", None, clerk.user)

    @pytest.mark.parametrize("heading", ["纠纷事由", "调解员"])
    def test_what_is_decided_no_file_changes(self, clerk, people, heading):
        ended = {"state": "refused", "ended_on": "2023-01-06", "applied_on": "2023-01-05"}
        case = MediationCaseFactory(area_id=COMMUNITY, **ended)
        book, row = exported(clerk, "mediation-cases")
        row[heading].value = "孙丙"
        found = problems(again(clerk, "mediation-cases", book, update="on"))
        assert any("内容已经定下" in message for *_, message in found)
        before = case.subject
        case.refresh_from_db()
        assert (case.subject, case.mediators.count()) == (before, 0)

    def test_parties_are_masked_and_come_back_as_they_were(self, clerk, people):
        case = MediationCaseFactory(area_id=COMMUNITY, party_a="王小明", phone_a="13900001234")
        book, row = exported(clerk, "mediation-cases")
        assert "小明" not in row["甲方当事人"].value
        assert row["甲方电话"].value == "139****1234"
        row["纠纷事由"].value = "楼下噪声"
        again(clerk, "mediation-cases", book, update="on")
        case.refresh_from_db()
        assert (case.subject, case.party_a, case.phone_a) == ("楼下噪声", "王小明", "13900001234")

    def test_it_stands_in_a_community_or_a_street(self, clerk, people):
        AreaFactory(code=f"{COMMUNITY}001")
        file = as_csv(sheet("mediation-cases", cells("赵甲", area=f"{COMMUNITY}001")))
        [(_, _, message)] = problems(sends(clerk, "mediation-cases", file))
        assert "请选择社区或街道" in message

    def test_nobody_else_has_it(self, clerk):
        for role, area in ((Role.DISTRICT, DISTRICT), (Role.GRID_WORKER, COMMUNITY)):
            somebody = Somebody(role, area)
            for page in ("", "template.xlsx", "export.xlsx"):
                assert somebody.client.get(f"/imports/mediation-cases/{page}").status_code == 403
