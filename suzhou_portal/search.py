"""Chinese search without a dictionary: every character, pair and three in a row of a text is a lexeme.

People type one or two characters, often parts of words, which no word list and no trigram finds. Short
texts such as names are known by their sound too (`pinyin`).
"""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Lookup, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from suzhou_portal import pinyin
from suzhou_portal.cleaning import line, seen

_SEPARATORS = re.compile(r"[\W_]+")
MAX_LEXEMES = 2_000
LONGEST = 3  # characters of a lexeme
# What marks lexemes that are sounds and initials: of the first of the spoken sources, and of the others.
SOUND, INITIALS = ("~", "^"), ("~.", "^.")
NOTHING = "'~~'"  # a condition that no text meets


def runs(text: str) -> list[str]:
    """The unbroken stretches of letters, digits and Chinese characters, in lower case and one width."""
    return [run for run in _SEPARATORS.split(seen(text).lower()) if run]


def lexemes(text: str) -> list[str]:
    """Each character, two neighbours and three in a row of every run, once, in order."""
    found = (
        run[start : start + length]
        for run in runs(text)
        for start in range(len(run))
        for length in range(1, LONGEST + 1)
        if start + length <= len(run)
    )
    return list(dict.fromkeys(found))[:MAX_LEXEMES]


def grams(text: str) -> list[str]:
    """The lexemes that a text has in which all this stands: the longest, which are the rarest."""
    return [
        run[start : start + LONGEST]
        for run in runs(text)
        for start in range(max(1, len(run) - LONGEST + 1))
    ]


def all_of(found: Iterable[str]) -> str:
    """The condition, as a tsquery, that a vector holds each of these lexemes."""
    return " & ".join(f"'{one}'" for one in found) or NOTHING


def any_of(conditions: Iterable[str]) -> str:
    """The condition that one of these conditions is met."""
    return " | ".join(f"({one})" for one in dict.fromkeys(conditions)) or NOTHING


def matching(queryset: QuerySet, keyword: str, vector: str, text_fields: list[str]) -> QuerySet:
    """Rows in which every word of the keyword stands. What has no words is compared as it is."""
    if found := grams(keyword):
        return queryset.filter(**{f"{vector}__meets": all_of(found)})
    for word in line(keyword).split():
        queryset = queryset.filter(contained(word, text_fields))
    return queryset


class Characters(Func):
    """The characters of a short text, such as a name, in lower case.

    An index of this expression finds parts of names; no column has to be filled for it.
    """

    template = "string_to_array(lower(%(expressions)s), NULL)"
    arity = 1
    output_field = ArrayField(TextField())


def named(queryset: QuerySet, part: str) -> QuerySet:
    """Rows whose `name` contains the text: an index of its `Characters` narrows, comparing is exact."""
    part = queryset.model._meta.get_field("name").to_python(part)
    spelt = queryset.alias(characters=Characters("name"))
    return spelt.filter(characters__contains=sorted(set(part.lower()))).filter(
        contained(part, ["name"])
    )


def contained(word: str, text_fields: list[str]) -> Q:
    """A condition: the word stands, in whatever case, in one of the text fields."""
    # Folding the case of every text is most of the work, and Chinese has none.
    lookup = "contains" if word.lower() == word.upper() else "icontains"
    return reduce(or_, (Q(**{f"{field}__{lookup}": word}) for field in text_fields))


class LexemeVectorField(SearchVectorField):
    """A search vector filled from other fields whenever the row is saved, in bulk too.

    `sources` are the fields searched, a choice by its label; those that are `spoken` by their sound too.
    """

    def __init__(
        self, *args, sources: tuple[str, ...] = (), spoken: tuple[str, ...] = (), **kwargs
    ):
        self.sources, self.spoken = sources, spoken
        super().__init__(*args, **{"null": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources, "spoken": self.spoken}

    def pre_save(self, model_instance, add):
        """The vector of the source fields' text as it is about to be saved."""
        found = self.lexemes_of(model_instance)
        return Func(
            Cast(Value(found), output_field=ArrayField(TextField())), function="array_to_tsvector"
        )

    def lexemes_of(self, record) -> list[str]:
        """The lexemes of a record's source fields, by which it is found."""
        found = lexemes(" ".join(self._text(record, source) for source in self.sources))
        for order, source in enumerate(self.spoken):
            mark = min(order, 1)
            sounds, initials = pinyin.parts(self._text(record, source))
            found += sorted(SOUND[mark] + one for one in sounds)
            found += sorted(INITIALS[mark] + one for one in initials)
        return list(dict.fromkeys(found))

    def _text(self, record, source: str) -> str:
        value = getattr(record, source) or ""
        field: Any = self.model._meta.get_field(source)
        return str(dict(field.flatchoices).get(value, value))

    def literal(self, record) -> str:
        """A record's vector in PostgreSQL's notation, for COPY, which calls no function."""
        return " ".join(f"'{lexeme}'" for lexeme in self.lexemes_of(record))


@LexemeVectorField.register_lookup
class MeetsCondition(Lookup):
    """The vector meets a condition of lexemes, compared as they are: no dictionary, no stop words."""

    lookup_name = "meets"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s::tsquery", [value]

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}", [*left_params, *right_params]
