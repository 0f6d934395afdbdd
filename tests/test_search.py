"""Chinese search: any one character and any part of a word finds, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.models import ServiceItem
from suzhou_portal.search import MAX_LEXEMES, lexemes, runs
from tests.factories.organizations import ServiceItemFactory


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("中医", ["中", "中医", "医"]),
        ("A座", ["a", "a座", "座"]),
        ("中，医", ["中", "医"]),
        ("哈哈哈", ["哈", "哈哈", "哈哈哈"]),
        ("_-·。", []),
    ],
)
def test_lexemes(text, expected):
    assert lexemes(text) == expected


@given(st.text())
def test_lexemes_are_few_and_each_stands_in_the_text(text):
    found = lexemes(text)
    assert len(set(found)) == len(found) <= MAX_LEXEMES
    assert all(any(lexeme in run for run in runs(text)) for lexeme in found)


def found(keyword):
    return list(ServiceItem.objects.matching(keyword).values_list("name", flat=True))


@pytest.fixture
def catalogue(db):
    for name, summary in (
        ("中医理疗", "针灸、推拿"),
        ("法律援助", "每周二14:00，A座201室"),
        ("O'Brien's 英语角", "English corner for all"),
        ("100%免费_体检", "C++ 与 \\ 反斜线"),
    ):
        ServiceItemFactory(
            name=name, summary=summary, audience="居民", place="大厅", provider_name="居委会"
        )


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("keyword", "names"),
    [
        ("医", ["中医理疗"]),
        ("医理", ["中医理疗"]),
        ("中医理疗", ["中医理疗"]),
        ("灸、推", ["中医理疗"]),
        ("灸推", []),  # two words that only a comma parts
        ("中疗", []),
        ("疗针", []),  # the end of one field and the beginning of the next
        ("法律 推拿", []),
        ("法律 A座", ["法律援助"]),
        ("a座201", ["法律援助"]),
        ("座2", ["法律援助"]),
        ("14:00", ["法律援助"]),
        ("english", ["O'Brien's 英语角"]),
        ("glis", ["O'Brien's 英语角"]),
        ("o'brien", ["O'Brien's 英语角"]),
        ("'", ["O'Brien's 英语角"]),
        ("100%", ["100%免费_体检"]),
        ("%", ["100%免费_体检"]),
        ("_", ["100%免费_体检"]),
        ("\\", ["100%免费_体检"]),
        (
            "C++",
            ["O'Brien's 英语角", "100%免费_体检"],
        ),  # what is written around it makes no difference
        ("中医，理疗", ["中医理疗"]),
        ("！", []),
        ("& | ! <->", []),
        ("xyz", []),
    ],
)
def test_found(keyword, names):
    assert found(keyword) == names


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("keyword", ["", "  ", "\u3000"])
def test_no_keyword_finds_all(keyword):
    assert len(found(keyword)) == 4


@pytest.mark.usefixtures("catalogue")
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20))
def test_any_keyword_is_answered(keyword):
    assert set(found(keyword)) <= set(found(""))


@pytest.mark.django_db
def test_the_vector_follows_the_text():
    item = ServiceItemFactory(name="磨刀")
    ServiceItem.objects.bulk_create([ServiceItemFactory.build(area=item.area, name="托幼")])
    assert found("托幼") == ["托幼"]
    item.name = "养老"
    item.save()
    assert found("磨刀") == []
    assert found("养老") == ["养老"]


@pytest.mark.django_db
def test_a_nul_is_refused_by_the_form_before_it_reaches_the_database(client, reference):
    assert client.get("/services/", {"q": "家\0政"}).status_code == 400
