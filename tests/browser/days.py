"""Four working days, each from signing in to signing out, as a person does them; `walkers` walk them.

Every day is one description: what it takes to do it with a mouse, by keys or without a script is the walker's.
"""

import datetime
import io

import openpyxl
from django.utils import timezone

from tests.browser.walkers import Walker
from tests.files.pictures import photo

SAVE = "main form:has([name=draft]) .form-buttons button >> nth=0"
DONE = "main .message-success"
WORK = "summary:has-text('全部工作')"
FIRST = ".lines tbody th a >> nth=0"
OVERVIEW = ".site-nav a:text-is('数据总览')"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def clerk(one: Walker) -> None:
    """A community's clerk: what is overdue, many at once, what came in, a list, a paper, somebody's phone."""
    one.sign_in("community")
    assert one.shown(".tasks .task-due >> nth=0").startswith("超期")
    # What is overdue longest comes first, and is done
    one.go(".tasks a >> nth=0", "main a:text-is('修改')")
    one.fill(done_on="2023-04-28", result="桌椅已经装好，居民验收。")
    one.go(SAVE)
    one.home()
    one.go("[aria-label='核查通过：宠物粪便无人清理']")
    one.go(SAVE)
    assert "已办理“核查通过”" in one.shown(DONE)
    # A step for several at once
    one.home()
    one.go("a:has-text('受理：人民调解案件（')", "button:text-is('受理勾选的')")
    # One of the two can't be accepted yet, and its line says why: it is put right
    assert "已办理“受理”：1条" in one.shown(DONE)
    assert "请先在案件中指定调解员" in one.shown("main tbody tr")
    one.go("main tbody a:text-is('楼上漏水引起争执')", "a:text-is('修改')")
    one.fill(party_b="李某")
    one.find("mediators", "陈金花")
    one.go(SAVE, "a:text-is('受理')", SAVE)
    assert "已办理“受理”" in one.shown(DONE)
    _enter(one)
    _bring(one)
    _print_and_find(one)
    one.sign_out()


def _enter(one: Walker) -> None:
    """What comes in is entered."""
    one.home()
    one.type("main [name=enter]", "网格事件")
    one.go("main button:text-is('登记')")
    one.fill(
        area="民主街社区第一网格",
        kind="设施损坏",
        title="健身器材生锈",
        place="中心广场",
        contact="孙某",
    )
    one.go(SAVE)
    assert "已登记网格事件" in one.shown(DONE)


def _print_and_find(one: Walker) -> None:
    """A paper, and the phone of somebody."""
    one.home()
    one.click(WORK)
    one.go("a:has-text('契约化共建')", FIRST)
    assert one.save("a:text-is('共建协议（PDF）')").path().read_bytes().startswith(b"%PDF")
    one.home()
    one.click(WORK)
    one.go("a:has-text('一人一页')")
    one.type("main [name=q]", "陈金花")
    one.go("main button:text-is('查询')")
    assert "0000-000" in one.shown(".lines tbody tr:has-text('陈金花')")


def _bring(one: Walker) -> None:
    """A small file: first a trial, then it is taken."""
    book = openpyxl.Workbook()
    book.active.append(["所属地区", "姓名", "电话"])
    for name in ("柳一鸣", "柳二鸣"):
        book.active.append(["民主街社区居委会", name, "13000000001"])
    file = io.BytesIO()
    book.save(file)
    one.home()
    one.click(WORK)
    one.go("main a:has-text('导入台账')", "main a[href='/imports/people/']")
    one.attach("main [name=file]", "人员.xlsx", XLSX, file.getvalue())
    one.go("main button:text-is('只检查')")
    assert "新增2条" in one.shown()
    one.attach("main [name=file]", "人员.xlsx", XLSX, file.getvalue())
    one.go("main button:text-is('导入')")
    assert "已导入人员" in one.shown()


def grid_worker(one: Walker) -> None:
    """A grid worker on a phone: an event with a photo, a visit, and an event followed to its end."""
    one.sign_in("grid-worker")
    one.go("a:text-is('网格事件')")
    one.fill(kind="安全隐患", title="井盖松动", place="3号楼前")
    one.attach("main [name=uploads]", "现场.jpg", "image/jpeg", photo().read())
    one.go(SAVE)
    assert "已登记网格事件" in one.shown(DONE)
    one.home()
    assert one.page.locator(".entered a:text-is('井盖松动')").count() == 1
    one.go(".entered a:text-is('井盖松动')")
    assert "现场.jpg" in one.shown(".attachments")
    # Whoever was knocked at, and what for
    one.home()
    one.go("a:text-is('敲门走访')")
    one.fill(target="25号楼1单元601", situation="身体尚好，药快用完了。")
    one.go(SAVE)
    assert "已登记敲门走访" in one.shown(DONE)
    # What waits longest is put right, and somebody else looks at it
    one.home()
    one.go("[aria-label='处置完成：健身器材松动']")
    one.fill(result="螺丝已紧固。")
    one.go(SAVE)
    assert "待核查" in one.shown("h1")
    _checked_by_the_community(one, "健身器材松动")
    one.home()
    one.click(WORK)
    one.go("main a:has-text('巡查发现')")
    one.type("main [name=q]", "健身器材松动")
    one.go("main button:text-is('查询')", FIRST)
    assert "已办结" in one.shown("h1")
    assert "核查通过" in one.shown(".steps")
    one.sign_out()


def _checked_by_the_community(one: Walker, title: str) -> None:
    """The part of a colleague, at another desk."""
    desk = one.page.context.browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="zh-CN"
    )
    colleague = Walker(desk.new_page(), one.at)
    colleague.sign_in("community")
    colleague.go(f"[aria-label='核查通过：{title}']")
    colleague.go(SAVE)
    desk.close()


def organization(one: Walker) -> None:
    """An organization: its projects, a report on one, what it is not shown; and its team, an activity and hours."""
    one.sign_in("organization")
    whose = one.shown("main .lead").partition("：")[2]
    one.click(WORK)
    one.go("a:has-text('一个项目一页')")
    assert all(whose in row.inner_text() for row in one.page.locator(".lines tbody tr").all())
    one.go(FIRST, "a:text-is('增加进展和支出报告')")
    one.fill(from_on="2023-05-01", to_on="2023-05-31", progress="入户18次，小组4次。", reached="46",
        spent="1200", spending="社工补贴")  # fmt: skip
    one.go(SAVE)
    one.go("main a:has-text('2023年5月1日至2023年5月31日')")
    _step(one, "提交")
    assert "待审核" in one.shown("h1")
    for elsewhere in (
        "/desk/people/",
        "/desk/grid-events/",
        "/desk/activities/",
        "/imports/people/",
    ):
        assert one.page.request.get(f"{one.at}{elsewhere}").status == 403
    one.sign_out()
    _team(one)


def _team(one: Walker) -> None:
    """Its team, with the account it has."""
    one.sign_in("team")
    one.go("a:text-is('志愿活动')")
    soon = (timezone.localdate() + datetime.timedelta(days=3)).isoformat()
    one.fill(
        title="清理楼道", place="阳关路社区", held_on=soon, starts="09:00", ends="11:00", places="5"
    )
    one.go(SAVE)
    _step(one, "发布招募")
    one.go("a:text-is('增加志愿服务记录')")
    one.fill(volunteer="曹秀兰")
    one.go(SAVE)
    assert "已报名" in one.shown(".lines tbody tr")
    # Somebody was there and did not check in
    one.home()
    one.click(WORK)
    one.go(
        "main a:has-text('发布招募、报名')",
        ".lines a:text-is('青少年课后托管')",
        ".lines a:has-text('巩斌')",
    )
    one.go("a:text-is('补录时长')")
    one.fill(began="09:00", ended="11:00", note="当天没有网络")
    one.go(SAVE)
    assert "补录待确认" in one.shown("h1")
    one.sign_out()


def _step(one: Walker, label: str) -> None:
    """Take a step that is on the record's page, and asks for nothing there or on a page of its own."""
    if one.page.locator(f"#moves ~ .form-buttons a:text-is('{label}')").count():
        one.go(f"#moves ~ .form-buttons a:text-is('{label}')", SAVE)
    else:
        one.go(f"#moves ~ .form-buttons button:text-is('{label}')")
    assert f"已办理“{label}”" in one.shown(DONE)


def leader(one: Walker) -> None:
    """A leader of the district: a figure down to its records and the sentence that it is to prove, two places side
    by side, what waits for a decision, and what goes to the meeting as a file.
    """
    one.sign_in("district")
    one.go("[aria-label^='确认结果：']", SAVE)
    assert "已办理“确认结果”" in one.shown(DONE)
    if not one.page.locator(".site-nav a:text-is('数据总览')").is_visible():
        one.click(".site-menu summary")
    one.go(
        ".site-nav a:text-is('数据总览')",
        ".headline-grid a:has-text('引入和培育社会组织') >> nth=0",
    )
    # The two links lead to what is folded: the sentence of the article, and the records that are counted
    one.click("main a:text-is('出处')")
    assert "234" in one.shown("#quote")
    one.click("main a:text-is('计入的记录')")
    assert one.page.locator("#rows tbody tr").first.is_visible()
    one.go("main a:has-text('东南街街道')", "main a:has-text('并排对照')")
    one.type("main [name=with]", "西北街街道")
    one.go("main button:text-is('对照')")
    assert "西北街街道" in one.shown("main table")
    one.go(
        ".site-nav a:text-is('数据总览')",
        "main a:has-text('月报、季报、年报')",
        "main a:has-text('2023年第一季度')",
    )
    assert one.save("main a:text-is('下载PDF')").path().read_bytes().startswith(b"%PDF")
    one.from_menu(OVERVIEW)
    one.go("main a:text-is('分析台')")
    file = one.save("main a:text-is('下载 Excel')")
    assert openpyxl.load_workbook(io.BytesIO(file.path().read_bytes())).active.max_row > 5
    one.sign_out()


DAYS = {
    "社区工作人员的一天": clerk, "网格员的一天": grid_worker, "社会组织和志愿队伍的一天": organization,
    "区级领导的一天": leader,
}  # fmt: skip
