"""Chinese search without a dictionary: every character and every pair of neighbours is a lexeme.

People type one or two characters, often parts of words, which no word list and no trigram finds.
"""

import re
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, Lookup, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from suzhou_portal.cleaning import line, seen

_SEPARATORS = re.compile(r"[\W_]+")
MAX_LEXEMES = 2_000


def runs(text: str) -> list[str]:
    """The unbroken stretches of letters, digits and Chinese characters, in lower case and one width."""
    return [run for run in _SEPARATORS.split(seen(text).lower()) if run]


def lexemes(text: str) -> list[str]:
    """Each character and each two neighbours of every run, once, in order."""
    found = (
        gram
        for run in runs(text)
        for start in range(len(run))
        for gram in (run[start], run[start : start + 2])
    )
    return list(dict.fromkeys(found))[:MAX_LEXEMES]


def matching(queryset: QuerySet, keyword: str, vector: str, text_fields: list[str]) -> QuerySet:
    """Rows in which every word of the keyword stands, exactly, in one of the text fields.

    The vector's index narrows the rows. It is exact for one and two characters, which most people
    type; of a longer word it knows that its pairs stand there, and each text is compared.
    """
    for word in line(keyword).split():
        grams = [gram for run in runs(word) for gram in _pairs(run) or [run]]
        if grams:
            queryset = queryset.filter(**{f"{vector}__has": grams})
        if grams != [word.lower()]:
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


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


class LexemeVectorField(SearchVectorField):
    """A search vector filled from other fields whenever the row is saved, in bulk too."""

    def __init__(self, *args, sources: tuple[str, ...] = (), **kwargs):
        self.sources = sources
        super().__init__(*args, **{"null": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance, add):
        """The vector of the source fields' text as it is about to be saved."""
        found = self.lexemes_of(model_instance)
        return Func(
            Cast(Value(found), output_field=ArrayField(TextField())), function="array_to_tsvector"
        )

    def lexemes_of(self, record) -> list[str]:
        """The lexemes of a record's source fields, by which it is found."""
        return lexemes(" ".join(str(getattr(record, source) or "") for source in self.sources))

    def literal(self, record) -> str:
        """A record's vector in PostgreSQL's notation, for COPY, which calls no function."""
        return " ".join(f"'{lexeme}'" for lexeme in self.lexemes_of(record))


@LexemeVectorField.register_lookup
class HasLexemes(Lookup):
    """The vector holds every lexeme of a list, compared as they are: no dictionary, no stop words."""

    lookup_name = "has"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        quoted = " & ".join("'" + lexeme.replace("'", "''") + "'" for lexeme in value)
        return "%s::tsquery", [quoted]

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}", [*left_params, *right_params]
