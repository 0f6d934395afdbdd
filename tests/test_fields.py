"""Fields that know what they hold: days that can be, and one spelling of what people write in many."""

import datetime
import unicodedata

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from communities.models import Person
from suzhou_portal import cleaning, formats
from suzhou_portal.audit.triggers import OUR_APPS
from suzhou_portal.fields import EARLIEST, PastDay, Phone, PlannedDay, Prose, Spelt
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.registry import ledgers
from tests.cases import case
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.communities import PersonFactory
from tests.imports.files import as_csv
from tests.journeys import Somebody

TODAY = datetime.date(2026, 11, 30)
ONE = datetime.timedelta(days=1)
# What the portal or Django writes, and no form asks for.
WRITTEN_BY_ITSELF = {
    "audit",
    "files",
    "figures",
    "imports",
    "lifecycle",
    "calendars",
    "reporting",
    "merging",
}
KEYS = {
    "areas.Area.code", "accounts.User.username", "accounts.User.password", "linkage.PageFault.page",
}  # fmt: skip


def ours():
    for model in apps.get_models():
        if model._meta.app_config.name.split(".")[0] in OUR_APPS:
            for field in model._meta.local_concrete_fields:
                yield f"{model._meta.label}.{field.name}", field


def test_every_day_says_whether_it_may_lie_ahead():
    plain = [
        name
        for name, field in ours()
        if type(field) is models.DateField and name != "lifecycle.Step.taken_on"
    ]
    assert plain == []


def test_every_text_that_people_write_has_one_spelling():
    plain = [
        name
        for name, field in ours()
        if type(field) in (models.CharField, models.TextField)
        and not field.choices
        and field.editable
        and field.model._meta.app_label not in WRITTEN_BY_ITSELF
        and name not in KEYS
        and not field.model._meta.auto_created
        and hasattr(field.model, "entered_by")
    ]
    assert plain == []


def test_to_migrations_they_are_plain():
    for name, field in ours():
        if isinstance(field, Spelt | PlannedDay):
            with case(name):
                assert field.deconstruct()[1].startswith("django.db.models.")


@pytest.mark.parametrize(
    ("field", "day", "right"),
    [
        (PastDay(), TODAY, True),
        (PastDay(), TODAY + ONE, False),
        (PastDay(), EARLIEST, True),
        (PastDay(), EARLIEST - ONE, False),
        (PastDay(), datetime.date(203, 1, 1), False),
        (PastDay(), datetime.date(9999, 1, 1), False),
        (PastDay(earliest=datetime.date(1900, 1, 1)), datetime.date(1900, 1, 1), True),
        (PlannedDay(), TODAY + ONE, True),
        (PlannedDay(), datetime.date(2036, 11, 28), True),
        (PlannedDay(), datetime.date(2036, 12, 1), False),
        (PlannedDay(ahead=1), datetime.date(2028, 1, 1), False),
        (PlannedDay(), datetime.date(203, 1, 1), False),
        (PlannedDay(), EARLIEST - ONE, False),
    ],
)
def test_days(field, day, right):
    # Noon at UTC; the night before is already today here.
    with time_machine.travel("2026-11-29T17:00:00Z"):
        if right:
            assert field.clean(day, None) == day
            return
        with pytest.raises(ValidationError):
            field.clean(day, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("138-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("\u200b13800000000\u00a0", "13800000000"),
        ("0086-937-2612345", "0937-2612345"),
        ("(0937)2612345", "0937-2612345"),
        ("0937－2612345", "0937-2612345"),
        ("0937-2612345-123", "0937-2612345转123"),
        ("0937-2612345 转 123", "0937-2612345转123"),
        ("0937 2612345 分机12", "0937-2612345转12"),
        ("010-6250-1234", "010-62501234"),
        ("00000000103", "0000-0000103"),
        ("000-0000-0103", "0000-0000103"),
        ("400-810-8888", "4008108888"),
        ("12345", "12345"),
        ("110", "110"),
        ("95588", "95588"),
        ("abc", ""),
        ("138001", ""),
        ("1380000000", ""),
        ("138000000000", ""),
        ("2612345", ""),
        ("13800000000 13900000000", ""),
    ],
)
def test_phones(typed, kept):
    field = Phone("电话")
    if kept:
        assert field.clean(typed, None) == kept
        assert field.clean(kept, None) == kept
        return
    with pytest.raises(ValidationError):
        field.clean(typed, None)


def test_an_extension_is_not_what_a_mask_shows():
    assert formats.masked_phone("0937-2612345转1234") == "093****2345"


@pytest.mark.parametrize(
    ("function", "typed", "kept"),
    [
        (cleaning.person, " 张\u3000三\u200b", "张三"),
        (cleaning.person, "买买提 • 艾力", "买买提·艾力"),
        (cleaning.person, "买买提.艾力", "买买提·艾力"),
        (cleaning.person, "J.  Smith", "J. Smith"),
        (cleaning.person, unicodedata.normalize("NFD", "José"), "José"),
        (cleaning.name, "酒泉市(肃州) 协会", "酒泉市（肃州）协会"),
        (cleaning.name, "O'Brien's 英语角", "O'Brien's 英语角"),
        (cleaning.code, "Ｎｏ． １２３\u200b—４", "No.123-4"),
        (cleaning.document_number, "肃民发[2023] 5号", "肃民发〔2023〕5号"),
        (cleaning.line, "第\u00a0\u00a0１场，（上）", "第 1场，（上）"),
        (
            cleaning.prose,
            "\ufeff\u3000\u3000一\u00a0二\r\n\u3000\u3000三\n",
            "\u3000\u3000一 二\r\n\u3000\u3000三",
        ),
    ],
)
def test_spellings(function, typed, kept):
    assert function(typed) == kept
    assert function(kept) == kept


@pytest.mark.parametrize("name", ["张?", "张？", "张\ufffd", "张\x7f三"])
def test_a_lost_character_is_refused(name):
    with pytest.raises(ValidationError):
        Person._meta.get_field("name").clean(name, None)
    with pytest.raises(ValidationError):
        Prose("内容").clean("内\ufffd容", None)


SPELLINGS = [
    *(("张" + between + "三" + after, "00000000103") for between, after in (
        (" ", ""), ("  ", ""), ("\u3000", ""), (" ", "\u200b"), ("\u00a0", ""), ("\n", ""),
    )),
    ("\ufeff张 三", "00000000103"),
    *((f"买买提{dot}艾力", "00000000102") for dot in "·•・．.‧∙"),
    *(("王五", phone) for phone in ("00000000104", "000-0000-0104", "000 0000 0104", "＋８６ 000 0000 0104")),
]  # fmt: skip


@pytest.mark.django_db
class TestOnePersonInManySpellings:
    def test_a_file(self):
        AreaFactory(code=COMMUNITY)
        clerk = Somebody("community", COMMUNITY)
        rows = [["所属地区", "姓名", "电话"], *([COMMUNITY, *one] for one in SPELLINGS)]
        people = ledgers.get("people")
        outcome = bring(people, as_csv(rows), clerk.user, name="人员.csv")
        assert (outcome.problems, outcome.imported) == ([], 3)
        assert outcome.respelt == len(SPELLINGS) - 3
        assert sorted(Person.objects.values_list("name", "phone")) == sorted(
            [("张三", "0000-0000103"), ("买买提·艾力", "0000-0000102"), ("王五", "0000-0000104")]
        )

    @pytest.mark.parametrize(("name", "phone"), SPELLINGS)
    def test_code_and_look_ups(self, name, phone):
        person = PersonFactory(name=name, phone=phone)
        assert Person.objects.get(name=name, phone=phone) == person
        assert Person.objects.get(name__icontains=name) == person
        assert person.name in ("张三", "买买提·艾力", "王五")
        person.refresh_from_db()
        assert person.phone.startswith("0000-00001")

    def test_a_desk_and_the_admin_say_what_is_wrong_at_the_field(self):
        AreaFactory(code=COMMUNITY)
        clerk = Somebody("community", COMMUNITY).client
        for phone in ("abc", "138001"):
            sent = {"area": COMMUNITY, "name": "张?", "phone": phone}
            errors = (
                clerk.post("/admin/communities/person/add/", sent).context["adminform"].form.errors
            )
            assert set(errors) == {"name", "phone"}
        clerk.post(
            "/admin/communities/person/add/",
            {"area": COMMUNITY, "name": "张 三", "phone": "+86 (0937) 261-2345 转 8001"},
        )
        assert Person.objects.get().phone == "0937-2612345转8001"


def test_what_the_demonstration_holds_its_fields_would_take(demonstration):
    from suzhou_portal.imports.stored import problem

    for model in apps.get_models():
        fields = [f for f in model._meta.local_concrete_fields if isinstance(f, Spelt | PlannedDay)]
        if fields:
            for values in model._base_manager.values_list(*(f.attname for f in fields)).iterator():
                for field, value in zip(fields, values, strict=True):
                    assert not problem(field, value), (model, field.name, value)
