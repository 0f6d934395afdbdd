"""Files as offices send them."""

import csv
import io

from openpyxl import Workbook

from suzhou_portal.accounts.roles import Role
from suzhou_portal.imports.registry import ledgers
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.journeys import Somebody

# A row of each ledger that nothing is wrong with, by field.
RIGHT = {
    "teams": {
        "area": COMMUNITY, "name": "银龄志愿服务队", "kind": "邻里", "founded_on": "2022-06-01",
        "members": "12", "contact": "王某某", "phone": "13900001234",
    },
    "organizations": {
        "area": COMMUNITY, "name": "夕阳红协会", "kind": "社区社会组织（街道备案）", "origin": "培育",
        "joined_on": "2022.6.1", "field": "养老",
    },
    "services": {
        "area": COMMUNITY, "category": "居家养老", "name": "助餐", "summary": "送餐上门", "audience": "老人",
        "place": "社区食堂", "schedule": "每天", "fee": "免费", "how_to": "打电话", "phone": "0937-2600000",
        "provider_name": "社区食堂", "published_on": "2022-06-01", "verified_on": "2023-01-01",
    },
    "resources": {
        "area": COMMUNITY, "name": "爱心物资", "kind": "物资", "value": "1200.50", "valued_by": "发票",
        "quantity": "60", "unit": "袋",
        "donor_public": "某企业", "received_on": "2022年6月1日",
    },
    "figure-targets": {
        "area": COMMUNITY, "figure": "志愿服务队伍", "period": "2023", "direction": "不少于", "value": "12",
        "set_by": "区民政局", "number": "肃民发〔2023〕5号",
    },
    "people": {"area": COMMUNITY, "name": "李某某", "phone": "13900001234"},
}  # fmt: skip


# Of what is copied, many at once. What is entered one by one is so by its form (test_round_trip.py).
OFFICES = (Role.DISTRICT, Role.HR, Role.STREET, Role.COMMUNITY, Role.GRID_WORKER)
COPIED = [ledger for ledger in ledgers.all() if ledger.bulk]


def row(kind, /, **changed):
    """The cells of a right row but for what is changed."""
    values = {**RIGHT[kind], **changed}
    return [values.get(field, "") for field in ledgers.get(kind).fields]


def telling(name):
    """A field of free text, which beside the area tells one record of most ledgers from another."""
    return {"figure-targets": "set_by"}.get(name, ledgers.get(name).key[1])


def another(name):
    """The cells of a right row of another record than `row` gives."""
    return row(
        name, **({"period": "2024"} if name == "figure-targets" else {telling(name): "另一个"})
    )


def sheet(name, *rows):
    """A file's table: headings, and rows by field."""
    return [ledgers.get(name).headings, *rows]


def as_csv(table, encoding="utf-8-sig"):
    """The bytes of a CSV file."""
    file = io.StringIO()
    csv.writer(file).writerows(table)
    return file.getvalue().encode(encoding)


def as_workbook(table):
    """The bytes of a workbook."""
    book, file = Workbook(), io.BytesIO()
    for cells in table:
        book.active.append(list(cells))
    book.save(file)
    return file.getvalue()


def keeper(ledger):
    """Somebody who brings in such ledgers: the community's clerk, or the district's where it alone keeps them."""
    AreaFactory(code=COMMUNITY)
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    return clerk if ledger.open_to(clerk.user) else Somebody(Role.DISTRICT, DISTRICT)


def office_of(ledger):
    """Somebody in the district who brings in such ledgers."""
    for role in OFFICES:
        somebody = Somebody(role, DISTRICT)
        if ledger.open_to(somebody.user):
            return somebody
    raise AssertionError(f"nobody brings in {ledger.name}")


def keeper_of(request):
    """The same, of the ledger that a test is about."""
    asked = getattr(request.node, "callspec", None)
    ledger = asked.params.get("ledger") if asked else None
    return keeper(ledger or ledgers.get("teams"))
