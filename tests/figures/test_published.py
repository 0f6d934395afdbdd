"""Published values: loaded whole or not at all, and quoted from the article as it stands."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from suzhou_portal.figures.enums import Exactness
from suzhou_portal.figures.loader import PublishedFileError, load_published, read_published
from suzhou_portal.figures.models import PublishedValue
from tests.factories.areas import DISTRICT, AreaFactory
from tests.factories.figures import PublishedValueFactory
from tests.rules import again, assert_database_refuses, assert_rule

pytestmark = pytest.mark.django_db

HEADER = "figure,area,value,previous_value,exactness,quote,source,as_of,as_of_inferred,note"
GOOD = "volunteer_teams,620902,7,,exact,队伍7支,公报,2023-04-30,true,"
OTHER = GOOD.replace("公报", "年鉴")
SEEDS = sorted((Path(settings.PORTAL_SEEDS) / "published").glob("*.csv"))
ARTICLE = Path(settings.BASE_DIR).parent / "shared" / "article.txt"


@pytest.fixture
def load(tmp_path):
    """Loads lines as a file of published values."""
    AreaFactory(code=DISTRICT)

    def load(*lines, header=HEADER, encoding="utf-8"):
        file = tmp_path / "published.csv"
        file.write_text("\n".join([header, *lines]), encoding)
        return load_published(file)

    return load


def everything():
    return list(PublishedValue.objects.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_loads_once_however_often(load, encoding):
    assert load(GOOD, encoding=encoding) == 1
    first = everything()
    load(GOOD, encoding=encoding)
    assert everything() == first
    assert first[0]["value"] == 7
    assert first[0]["as_of_inferred"] is True


def test_corrects_what_was_loaded(load):
    load(GOOD)
    load(GOOD.replace(",7,", ",8,"))
    assert PublishedValue.objects.get().value == 8


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (GOOD.replace("volunteer_teams", "no_such"), "第3行：没有名为“no_such”的指标。"),
        (GOOD.replace(",7,", ",七,"), "第3行：内容不完整或格式不对"),
        (GOOD.replace("2023-04-30", "2023年4月"), "第3行：内容不完整或格式不对"),
        (GOOD.replace("2023-04-30", ""), "第3行：内容不完整或格式不对"),
        ("volunteer_teams,620902,7", "第3行：内容不完整或格式不对"),
        (GOOD.replace("620902", "620999"), "没有区划代码 620999。"),
        (GOOD.replace("exact", "about"), "第3行："),
        (GOOD.replace("队伍7支", ""), "第3行："),
        (GOOD, "第3行：指标、地区、日期和出处与前面一行相同。"),
        (OTHER.replace("exact", "qualitative"), "第3行：只有定性表述可以没有数值。"),
        (OTHER.replace(",7,", ",,"), "第3行：只有定性表述可以没有数值。"),
    ],
)
def test_a_bad_line_is_named_and_nothing_loaded(load, line, message):
    with pytest.raises(PublishedFileError) as caught:
        load(GOOD, line)
    assert caught.value.problems[0].startswith(message)
    assert everything() == []


def test_a_file_without_the_columns(load):
    with pytest.raises(PublishedFileError):
        load("volunteer_teams,620902", header="figure,area")


@pytest.mark.parametrize(
    "broken",
    [{"value": None}, {"exactness": Exactness.QUALITATIVE}],
)
def test_only_a_quality_has_no_number(broken):
    assert_rule(PublishedValueFactory, broken, "只有定性表述可以没有数值。")


def test_a_source_says_a_thing_once():
    copy = again(PublishedValueFactory())
    with pytest.raises(ValidationError):
        copy.full_clean()
    assert_database_refuses(copy.save)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not beside this checkout")
@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.name)
def test_every_quote_stands_in_the_article(file):
    article = re.sub(r"\s", "", ARTICLE.read_text())
    missing = [value.quote for value in read_published(file) if value.quote not in article]
    assert missing == []


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.name)
def test_a_quoted_number_is_the_value(file):
    """Counted-out figures aside, the value stands in its quote, in 元 or 万元 or percent."""
    for published in read_published(file):
        numbers = [float(text) for text in re.findall(r"\d+(?:\.\d+)?", published.quote)]
        if published.value is not None and numbers:
            value = float(published.value)
            assert {value, value / 10_000, value * 100} & set(numbers), published.quote
