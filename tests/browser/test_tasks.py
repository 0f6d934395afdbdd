"""What the ten commonest tasks cost, from the page where a person lands: none comes to cost more unnoticed."""

import io
import uuid
from contextlib import contextmanager

import openpyxl
import pytest
from django.conf import settings

from tests.browser.counting import Cost, Counted
from tests.browser.test_accounts import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
COSTS = {
    "处理一件待办": Cost(2, 1, 2),
    "确认29条绩效考核": Cost(2, 0, 2),
    "登记一次走访": Cost(2, 2, 2),
    "登记一件网格事件": Cost(2, 3, 2),
    "事件转调解": Cost(9, 2, 8),
    "给课程登记10名学员": Cost(17, 12, 6),
    "给10人报考社工考试": Cost(17, 11, 6),
    "找一个人的电话": Cost(3, 1, 2),
    "导出一份名单": Cost(3, 0, 1),
    "打印一份共建协议": Cost(4, 0, 2),
}
SAVE = "main form:has([name=draft]) .form-buttons button >> nth=0"
DONE = "main .message-success"
WORK = "summary:has-text('全部工作')"
OPEN_COURSE, OPEN_SEASON = "2023年社区党务工作者组织生活实训", "2023"


@pytest.fixture
def doing(portal, page):
    """Does a task as a role that has signed in, and holds it to its cost."""

    @contextmanager
    def costs(name):
        page.goto(f"{portal}/desk/")
        person = Counted(page)
        yield person
        assert page.complaints == []
        assert str(person.cost) == str(COSTS[name]), name

    return costs


def entered_event(portal, page, kind):
    """A grid event that waits to be dispatched; returns what it is about."""
    title = f"{kind}{uuid.uuid4().hex[:6]}"
    page.goto(f"{portal}/desk/grid-events/new/")
    clerk = Counted(page)
    clerk.fill(area="民主街社区第一网格", kind=kind, title=title, place="2号楼", contact="孙某")
    clerk.go(SAVE)
    return title


def people(portal, page, number):
    """The names of so many people of the clerk's own."""
    page.goto(f"{portal}/desk/people/?q=&area=")
    return [one.inner_text() for one in page.locator(".lines tbody th a").all()[:number]]


def test_handling_what_waits(portal, page, doing):
    sign_in(portal, page, "community")
    title = entered_event(portal, page, "环境卫生")
    with doing("处理一件待办") as clerk:
        clerk.go(f"[aria-label='派单：{title}']")
        clerk.fill(handler="演示网格员")
        clerk.go(SAVE)
        assert "已办理“派单”" in page.inner_text(DONE)
    assert "处置中" in page.inner_text("h1")


def test_confirming_many_reviews(portal, page, doing):
    sign_in(portal, page, "community")
    imported_reviews(portal, page, 29)
    page.context.clear_cookies()
    sign_in(portal, page, "street")
    with doing("确认29条绩效考核") as clerk:
        clerk.go("a:has-text('确认：绩效考核（')")
        waiting = page.locator("main [name=record]:checked").count()
        assert waiting >= 29
        clerk.go("button:has-text('确认勾选的')")
        assert f"已办理“确认”：{waiting}条" in page.inner_text(DONE)


def imported_reviews(portal, page, number):
    """Reviews of the clerk's workers for quarters that have none, brought as a ledger."""
    ledger = page.request.get(f"{portal}/imports/reviews/export.xlsx").body()
    sheet = openpyxl.load_workbook(io.BytesIO(ledger)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_col=5)]
    posts = dict.fromkeys(row[0] for row in rows if row[1:3] == [2022, "第一季度"])
    book = openpyxl.Workbook()
    book.active.append(["任职", "年度", "季度", "考核等次", "评语"])
    quarters = ("第四季度", "第三季度", "第二季度")
    lines = [[post, 2021, quarter, "称职", "按时完成"] for quarter in quarters for post in posts]
    for line in lines[:number]:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    page.goto(f"{portal}/imports/reviews/")
    sent = {"name": "考核.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
    page.set_input_files("[name=file]", sent)
    with page.expect_navigation():
        page.click("button:text-is('导入')")
    assert "已导入绩效考核" in page.inner_text("main")


def test_entering_a_visit(portal, page, doing):
    sign_in(portal, page, "grid-worker")
    with doing("登记一次走访") as worker:
        worker.go("a:text-is('敲门走访')")
        worker.fill(target="25号楼1单元601", situation="老人身体尚好，药快用完了。")
        worker.go(SAVE)
        assert "已登记敲门走访" in page.inner_text(DONE)


def test_entering_an_event(portal, page, doing):
    sign_in(portal, page, "grid-worker")
    with doing("登记一件网格事件") as worker:
        worker.go("a:text-is('网格事件')")
        worker.fill(kind="设施损坏", title="单元门关不上", place="3号楼2单元")
        worker.go(SAVE)
        assert "已登记网格事件" in page.inner_text(DONE)


def test_making_an_event_a_case(portal, page, doing):
    sign_in(portal, page, "community")
    title = entered_event(portal, page, "矛盾纠纷")
    [mediator] = people(portal, page, 1)
    with doing("事件转调解") as clerk:
        clerk.go(f".tasks a:text-is('{title}')", "a:text-is('转调解')", SAVE)
        clerk.go(f".lines a:text-is('{title}')", "a:text-is('修改')")
        clerk.fill(party_b="李某")
        clerk.find("mediators", mediator)
        clerk.go(SAVE, "a:text-is('受理')")
        clerk.go(SAVE)
        assert "已办理“受理”" in page.inner_text(DONE)
    assert "孙" in page.inner_text("main")


def entered_below(clerk, *ways, about, said):
    """Go to a record, and enter one below it for each of these people, all of which say this."""
    clerk.click(WORK)
    clerk.go(*ways, "a:text-is('一次登记多条')")
    for name in about:
        clerk.find("chosen", name)
    clerk.go("button:text-is('列出所选的')")
    first = clerk.page.locator(".sheet tbody tr").first
    for field, value in said.items():
        clerk.type_in(first.locator(f"[name$=-{field}]"), value)
    clerk.go("button:text-is('空着的照第一行填')", f"button:text-is('保存{len(about)}条')")


def test_enrolling_ten(portal, page, doing):
    sign_in(portal, page, "community")
    names = people(portal, page, 10)
    course = "a:has-text('培训和大比武')", f"a:text-is('{OPEN_COURSE}')"
    with doing("给课程登记10名学员") as clerk:
        entered_below(clerk, *course, about=names, said={"unit": "民主街社区", "rank": "科员"})
        assert "已登记10条参训" in page.inner_text(DONE)


def test_registering_ten_for_the_exam(portal, page, doing):
    sign_in(portal, page, "community")
    names = people(portal, page, 20)[10:]
    season = "li a:has-text('每年一次')", f"a:text-is('{OPEN_SEASON}')"
    with doing("给10人报考社工考试") as clerk:
        entered_below(clerk, *season, about=names, said={"level": "助理社会工作师"})
        assert "已登记10条社工考试报名" in page.inner_text(DONE)


def test_finding_a_phone(portal, page, doing):
    sign_in(portal, page, "community")
    [name] = people(portal, page, 1)
    with doing("找一个人的电话") as clerk:
        clerk.click(WORK)
        clerk.go("a:has-text('一人一页')")
        clerk.type("main [name=q]", name)
        clerk.go("main button:text-is('查询')")
        assert "0000-000" in page.locator(".lines tbody tr", has_text=name).inner_text()


def test_taking_a_list_away(portal, page, doing):
    sign_in(portal, page, "community")
    with doing("导出一份名单") as clerk:
        clerk.click(WORK)
        clerk.go("a:has-text('志愿者用编号')")
        file = clerk.save("a:text-is('Excel')")
    shown = page.locator(".lines tbody th a").first.inner_text()
    sheet = openpyxl.load_workbook(io.BytesIO(file.path().read_bytes())).active
    assert any(shown in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_printing_an_agreement(portal, page, doing):
    sign_in(portal, page, "community")
    with doing("打印一份共建协议") as clerk:
        clerk.click(WORK)
        clerk.go("a:has-text('契约化共建')", ".lines tbody th a >> nth=0")
        file = clerk.save("a:text-is('共建协议（PDF）')")
    assert file.path().read_bytes().startswith(b"%PDF")


def told(column, names):
    """What docs/clerks-day.md says in that column of the rows of these names."""
    page = (settings.BASE_DIR / "docs/clerks-day.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| ")]
    return {row[1].strip(): row[column].strip() for row in rows if row[1].strip() in names}


def test_the_page_about_it_says_the_same():
    assert told(3, COSTS) == {name: str(cost) for name, cost in COSTS.items()}
