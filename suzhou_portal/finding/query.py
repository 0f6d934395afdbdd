"""Words as a condition of the search vector, and how well a record answers them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Func, IntegerField, Q

from suzhou_portal import pinyin
from suzhou_portal.finding.words import Run, Term
from suzhou_portal.search import INITIALS, SOUND, all_of, any_of, grams

# How well a record answers a word, by where this or what it means stands; the lowest is best.
IN_NAME, IN_CATEGORY, IN_ALIASES = 0, 1, 2
MEANT = 3  # added where only what it means stands there
BY_SOUND = 6
IN_AUDIENCE, IN_SUMMARY, AUDIENCE_MEANT, SUMMARY_MEANT, ELSEWHERE = 8, 9, 10, 11, 12
WRONG = 14
IN_PIECES = 5  # added where only the pieces of a word stand there
# A single character says less than a word, and of two words the later one what is needed.
MISSING, MISSING_CHARACTER, LATER = 100, 20, 20


def condition_of(asked: Iterable[Run]) -> str:
    """That a record has every run, whole or in pieces."""
    return " & ".join(f"({any_of(_ways(run))})" for run in asked)


def any_condition(terms: Iterable[Term]) -> str:
    """That a record has one of the words."""
    return any_of(_condition(term) for term in terms)


def _ways(run: Run) -> list[str]:
    pieces = " & ".join(f"({_condition(piece)})" for piece in run.pieces)
    return [_condition(run.whole), *([pieces] if pieces else [])]


def _condition(term: Term) -> str:
    ways = [all_of(grams(one)) for one in (term.word, *term.means)]
    ways += [f"'{one}'" for mark in (0, 1) for one in _heard(term, mark)]
    return any_of([*ways, *_with_one_wrong(term)])


def _heard(term: Term, mark: int) -> list[str]:
    """The lexemes of a word's sound."""
    if not term.sounds:
        return []
    if pinyin.LETTERS.fullmatch(term.word):
        return [SOUND[mark] + pinyin.heard(term.word), INITIALS[mark] + term.word]
    sound = pinyin.sound_of(term.word) if len(term.word) > 1 else ""
    return [SOUND[mark] + sound] if sound else []


def _with_one_wrong(term: Term) -> list[str]:
    word = term.word if term.wrong else ""
    around = [(word[:at], word[at + 1 :]) for at in range(len(word))]
    return [all_of([*grams(left), *grams(right)]) for left, right in around]


def _pattern(term: Term) -> str:
    """A regular expression of the word with one of its characters another one."""
    return "|".join(f"{term.word[:at]}.?{term.word[at + 1 :]}" for at in range(len(term.word)))


@dataclass(frozen=True)
class Columns:
    """Where a kind of record says what; `categories` are the values of its choice by their labels."""

    name: str
    category: str
    aliases: str
    audience: str
    summary: str
    vector: str
    categories: Mapping[str, str]

    @property
    def texts(self) -> tuple[str, ...]:
        return self.name, self.aliases, self.audience, self.summary

    def labelled(self, words: Iterable[str]) -> list[str]:
        """The categories in whose label one of the words stands."""
        said = [word for word in words if len(word) > 1]
        return [
            value for label, value in self.categories.items() if any(one in label for one in said)
        ]


def really_wrong(asked: list[Run], columns: Columns) -> Q:
    """Of what has the characters around the wrong one, only those where they stand around it."""
    met = Q()
    for run in asked:
        right = replace(run, whole=replace(run.whole, wrong=False))
        pattern = _pattern(run.whole) if run.whole.wrong else ""
        texts = [Q(**{f"{text}__regex": pattern}) for text in columns.texts if pattern]
        met &= reduce(or_, texts, Q(**{f"{columns.vector}__meets": any_of(_ways(right))}))
    return met


class AnswerRank(Func):
    """How badly a record answers: the sum over words; 0 where its name has all of them."""

    output_field = IntegerField()

    def __init__(self, columns: Columns, asked: Iterable[Run]):
        self.columns, self.asked = columns, list(asked)
        super().__init__(
            columns.name, columns.category, columns.aliases, columns.audience, columns.summary,
            columns.vector,
        )  # fmt: skip

    @property
    def identity(self):
        return (type(self), tuple(self.asked))

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> Any:
        names = [compiler.compile(one)[0] for one in self.get_source_expressions()]
        params: list[Any] = []
        runs = (self._of_run(run, names, params, at) for at, run in enumerate(self.asked))
        return " + ".join(runs), params

    def _of_run(self, run: Run, names: list[str], params: list[Any], order: int) -> str:
        whole = self._of_term(run.whole, names, params, order)
        if not run.pieces:
            return whole
        pieces = " + ".join(self._of_term(piece, names, params, order) for piece in run.pieces)
        return f"LEAST({whole}, {IN_PIECES} + {pieces})"

    def _of_term(self, term: Term, names: list[str], params: list[Any], order: int) -> str:
        name, category, aliases, audience, summary, vector = names
        word, means = [f"%{term.word}%"], [f"%{one}%" for one in term.means]
        labels, labels_meant = self.columns.labelled([term.word]), self.columns.labelled(term.means)
        ways = [
            (name, "~~* ANY", word, IN_NAME), (category, "= ANY", labels, IN_CATEGORY),
            (aliases, "~~* ANY", word, IN_ALIASES), (name, "~~* ANY", means, IN_NAME + MEANT),
            (category, "= ANY", labels_meant, IN_CATEGORY + MEANT),
            (aliases, "~~* ANY", means, IN_ALIASES + MEANT),
            *((vector, "@@ ANY", _tsqueries(_heard(term, mark)), BY_SOUND + mark) for mark in (0, 1)),
            (audience, "~~* ANY", word, IN_AUDIENCE), (summary, "~~* ANY", word, IN_SUMMARY),
            (audience, "~~* ANY", means, AUDIENCE_MEANT),
            (summary, "~~* ANY", means, SUMMARY_MEANT),
            (vector, "@@ ANY", [_condition(Term(term.word, term.means))], ELSEWHERE),
        ]  # fmt: skip
        if term.wrong:
            ways += [
                (name, "~ ANY", [_pattern(term)], WRONG),
                (aliases, "~ ANY", [_pattern(term)], WRONG),
            ]
        cases = []
        for column, compared, values, rank in ways:
            if values:
                kind = "tsquery[]" if column == vector else "text[]"
                cases.append(f"WHEN {column} {compared} (%s::{kind}) THEN {rank}")
                params.append(values)
        missing = LATER * order + (MISSING if len(term.word) > 1 else MISSING_CHARACTER)
        return f"CASE {' '.join(cases)} ELSE {missing} END"


def _tsqueries(found: list[str]) -> list[str]:
    return [f"'{one}'" for one in found]
