"""Division codes: what holds for every code there can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import COUNTRY, LENGTHS, Level

DIGITS = st.sampled_from("0123456789")
CODES = st.just(COUNTRY) | st.sampled_from(sorted(LENGTHS.values())).flatmap(
    lambda length: st.text(DIGITS, min_size=length, max_size=length)
)


@pytest.mark.parametrize(
    ("code", "level", "parent", "inner"),
    [
        ("CN", Level.COUNTRY, None, 2),
        ("62", Level.PROVINCE, "CN", 4),
        ("6209", Level.CITY, "62", 6),
        ("620902", Level.DISTRICT, "6209", 9),
        ("620902004", Level.STREET, "620902", 12),
        ("620902004004", Level.COMMUNITY, "620902004", 15),
        ("620902004004001", Level.GRID, "620902004004", None),
    ],
)
def test_each_level(code, level, parent, inner):
    assert codes.level_of(code) is level
    assert codes.parent_of(code) == parent
    assert codes.child_length(code) == inner


@pytest.mark.parametrize(
    "code",
    ["", "cn", "6", "620", "62090", "6209020", "六二", "６２", "62\n", " 62", "-2", "1" * 16],
)
def test_no_code(code):
    with pytest.raises(ValueError, match="不是区划代码"):
        codes.level_of(code)


@given(CODES)
def test_lineage_leads_from_the_country_down(code):
    line = codes.lineage(code)
    assert line[0] == COUNTRY
    assert line[-1] == code
    assert [codes.level_of(place) for place in line] == list(Level)[: len(line)]
    assert [codes.parent_of(place) for place in line] == [None, *line[:-1]]


@given(CODES)
def test_every_code_lies_in_all_of_its_lineage(code):
    assert all(codes.contains(outer, code) for outer in codes.lineage(code))
    assert all(code.startswith(codes.prefix_of(outer)) for outer in codes.lineage(code)[1:])


@given(CODES, CODES)
def test_containing_is_standing_in_the_lineage(outer, inner):
    if inner != COUNTRY or outer == COUNTRY:
        assert codes.contains(outer, inner) == (outer in codes.lineage(inner))


@given(CODES.filter(lambda code: code != COUNTRY))
def test_child_length_leads_back(code):
    parent = codes.parent_of(code)
    assert codes.child_length(parent) == len(code)
