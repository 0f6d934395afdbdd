"""What is said of the house: counted in one made up for it, and there for this one."""

from pathlib import Path

import pytest
from django.conf import settings

from bench import house

MADE_UP = {
    "manage.py": "",
    "suzhou_portal/accounts/apps.py": "",
    "charity/apps.py": "",
    "suzhou_portal/accounts/roles.py": 'KEPT = ("charity.donor", "charity.donor", "no.app")\n',
    "suzhou_portal/figures/measures.py": "class MeanOf: ...\n",
    "suzhou_portal/figures/kernel.py": (
        "def computed(measure):\n    if isinstance(measure, MeanOf):\n        return gaps(measure.aggregates())\n"
    ),
    "charity/models.py": (
        'class Donor:\n    """As ever."""\n\n    name = models.CharField("名称", max_length=9)\n'
        '    since = models.DateField(verbose_name="日期")\n'
    ),
    "charity/desks.py": (
        'A, B = Column("名称", "name"), Column("始于", "since")\nC = Column(path="donor__since", label="日期")\n'
    ),
    "charity/figures/gifts.py": 'COLUMNS = (Column("名称", "name"),)\n',
    "charity/admin/donors.py": "class DonorAdmin(RecordAdmin):\n    fields = ()\n",
    "charity/kinds/gifts.py": "A = 1\n\n\n@register(Gift)\nclass GiftAdmin(RecordAdmin):\n    def one(self): ...\n",
    "charity/workflow.py": (
        'class Donor: ...\n\n\n@before(Donor, "one")\n@after(Donor, "two")\ndef noted(): ...\n'
    ),
    # What is never counted.
    "charity/migrations/0001_initial.py": "class Donor: ...\n",
    "seeds/demo/world.py": "class Donor: ...\n",
    "suzhou_portal/demo/world.py": "class Donor: ...\n",
    "tests/charity/test_donors.py": "class Donor: ...\n",
}


@pytest.fixture
def made_up(tmp_path):
    """A house of a few lines."""
    for name, text in MADE_UP.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_what_is_counted(made_up):
    rows = house.table({"today": made_up}).splitlines()[2:]
    found = [row.split(" | ")[1].removesuffix(" |") for row in rows]
    assert found == [
        "27", "5", "2, 1", "1, 1", "1", "1: figures/kernel.py", "3, 3", "2, 6", "3, 2", "1, 1", "1", "1", "1, 2",
    ]  # fmt: skip


def test_each_checkout_has_a_column(made_up):
    here = Path(settings.BASE_DIR)
    heading, _, first, *_ = house.table({"before": made_up, "after": here}).splitlines()
    assert heading == "| measured | before | after |"
    assert "| 27 |" in first


def test_this_house_has_what_is_measured():
    """A name that changes would be counted as nothing, and look like a success."""
    here = house.House(Path(settings.BASE_DIR))
    assert "MeanOf" in here.measures
    assert "签约日期" in here.labels["signed_on"]
    assert len(here.named("accounts/roles.py")) == 1
