"""A column does to many texts at once what its field does to each."""

from hypothesis import given
from hypothesis import strategies as st

from communities.models import Person
from organizations.models import SocialOrganization
from suzhou_portal.imports.lines import TextColumn
from volunteers.models import VolunteerTeam

FIELDS = [
    VolunteerTeam._meta.get_field("name"), VolunteerTeam._meta.get_field("explanation"),
    Person._meta.get_field("phone"), SocialOrganization._meta.get_field("credit_code"),
]  # fmt: skip
PIECES = [
    "139",
    "13900001234",
    "1390000",
    "1234",
    "0937-2600000",
    "王",
    "某 某",
    "\v",
    "Ａ",
    "a",
    "(",
    "·",
    " ",
    "＋",
]
texts = st.lists(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), min_size=1, max_size=6)


@given(cells=texts)
def test_many_are_read_as_each_alone(cells):
    for field in FIELDS:
        column = TextColumn(field)
        column._required, column._longest, column._checks = False, 100, []
        values, _ = column.read(cells)
        assert values == [field.to_python(cell.strip()) for cell in cells]
