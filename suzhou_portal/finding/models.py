"""What residents type and what it means: synonyms, words of danger, and what found nothing."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from suzhou_portal import cleaning
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.areas.rules import check, in_order, unique
from suzhou_portal.fields import Line, PastDay
from suzhou_portal.finding.enums import HOTLINES, MISSED_SEARCH
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.search import runs

LONGEST = 20  # characters of a word that people look for


def one_word(text: str) -> None:
    """Raises ValidationError for what is more than one word."""
    if len(runs(text)) != 1:
        raise ValidationError("请填写一个词，中间没有空格和标点。")


class WordQuerySet(AreaRecordQuerySet):
    def known_in(self, code: str):
        """Words in use where the division lies: its own, and those of the divisions around it."""
        return self.covering(code).filter(in_use=True)


class FindingWord(AreaRecord):
    """A word with which every site begins, and which its district keeps from then on.

    `as_loaded` says what it was in the reference data, so that loading these again neither undoes a change
    nor brings back what is used no more: instead of being deleted, a word is taken out of use.
    """

    shared = True
    reference = True

    in_use = models.BooleanField("使用", default=True, help_text="不再使用的，取消勾选。")
    as_loaded = models.CharField("参考数据", max_length=80, blank=True, editable=False)

    objects: ClassVar = WordQuerySet.as_manager()

    class Meta:
        abstract = True


class Synonym(FindingWord):
    """What people say, and by which word of the catalogue it is found; without one, it is passed over."""

    said = Line("居民说", max_length=LONGEST, validators=[one_word])
    means = Line(
        "意思是", max_length=LONGEST, blank=True,
        help_text="服务目录里的说法；有几个的，每个登记一条。留空的词（如“怎么办”）查找时略过。",
    )  # fmt: skip

    called = "said"

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        ordering = ["area_id", "said", "pk"]
        constraints = [
            unique("synonym_once", "已有这一对同义词。", "area", "said", "means", at="means"),
            unique(
                "synonym_loaded_once", "参考数据已载入。", "area", "as_loaded",
                condition=~Q(as_loaded=""),
            ),
            check("synonym_of_another", ~Q(said=F("means")), "请填写另一个词。", at="means"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.said}→{self.means}" if self.means else f"{self.said}（略过）"


class DangerWord(FindingWord):
    """A word that somebody in danger may type: the numbers to call come before all services."""

    word = Line("词", max_length=LONGEST, validators=[one_word])
    numbers = Line("先打", max_length=60, help_text="电话号码，用顿号分开，如：110、12338。")
    advice = Line("提示", max_length=60, blank=True)

    called = "word"

    class Meta:
        verbose_name = verbose_name_plural = "危急词"
        ordering = ["area_id", "word"]
        constraints = [
            unique("danger_word_once", "已有这个词。", "area", "word", at="word"),
            unique(
                "danger_word_loaded_once", "参考数据已载入。", "area", "as_loaded",
                condition=~Q(as_loaded=""),
            ),
        ]  # fmt: skip

    @property
    def calls(self) -> list[tuple[str, str]]:
        """The numbers with what each is for, blank where that is not known."""
        return [(one, HOTLINES.get(one, "")) for one in self.numbers.split("、") if one]

    def clean(self):
        """Numbers are kept as phone numbers are."""
        super().clean()
        kept = [cleaning.phone(one) for one in self.numbers.replace("，", "、").split("、")]
        if wrong := [one for one in kept if not cleaning.PHONE.fullmatch(one)]:
            raise ValidationError({"numbers": f"“{wrong[0]}”不是电话号码。"})
        self.numbers = "、".join(kept)


class MissedSearch(Staged):
    """What was looked for and not found where somebody had chosen a community, counted without who asked.

    Visitors add to the counts, so the trail, which voids their pages, does not watch it; what staff answer
    stands in its steps.
    """

    audited = False
    lifecycle = MISSED_SEARCH
    derived = ("times", "last_on")

    text = Line("搜索的词", max_length=LONGEST, editable=False)
    times = models.PositiveIntegerField("次数（至少）", default=0, editable=False)
    first_on = PastDay("第一次", editable=False)
    last_on = PastDay("最近一次", editable=False)
    means = Line("意思是", max_length=LONGEST, blank=True, help_text="服务目录里的说法。")
    service = Line("能满足的服务", max_length=60, blank=True)

    called = "text"

    class Meta:
        verbose_name = verbose_name_plural = "没有找到的搜索"
        ordering = ["-times", "-last_on", "pk"]
        constraints = [
            unique("missed_once", "已有这个词。", "area", "text"),
            in_order("missed_days", "first_on", "last_on", "最近一次不能早于第一次。"),
        ]
        indexes = [models.Index(fields=["first_on"], name="missed_by_day")]
