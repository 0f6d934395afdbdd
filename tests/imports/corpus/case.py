"""What a file of the corpus is, and what is to come of it."""

from dataclasses import dataclass, field

HERE = "620902001002"
PEOPLE = ["所属地区", "姓名", "电话"]
TEAMS = ["所属地区", "名称", "类型", "组建日期", "解散日期", "登记人数（人）", "联系人", "联系电话"]
RESOURCES = [
    "所属地区", "名称", "类型", "价值（元）", "计价依据", "数量", "计量单位", "公开的捐赠方", "捐赠票据号", "到位日期",
]  # fmt: skip
PERSON = [HERE, "来人", "13800000301"]
TEAM = [HERE, "查验队", "党员", "2023-04-30", "", "12", "王某", "13900001234"]
GIFT = [HERE, "查验物资", "物资", "3.30", "发票", "60", "袋", "某企业", "", "2023-04-30"]


@dataclass(frozen=True)
class Case:
    """A file's bytes, the ledger that it goes to, and what comes of it.

    `records` are the values of the records in it, by field; or the file is `refused` with a sentence that
    has these words; or cells are `wrong`: row, heading, and words of what is said. `left_out` says where
    something stands that is no record.
    """

    name: str
    data: bytes
    ledger: str = "people"
    records: list[dict] = field(default_factory=list)
    refused: str = ""
    wrong: list[tuple[int, str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


PERSON_IN = [{"name": "来人", "phone": "13800000301"}]
TEAM_IN = [{"name": "查验队", "members": 12, "founded_on": "2023-04-30"}]


def day(name, data, text="2023-04-30", **more):
    """A team of which the day of its founding is what matters."""
    return Case(name, data, "teams", [{"founded_on": text}], **more)
