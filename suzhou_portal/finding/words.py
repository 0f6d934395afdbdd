"""What somebody typed as words: each run whole and in pieces, with what each means where they live."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from suzhou_portal import pinyin
from suzhou_portal.caching.followed import remembered
from suzhou_portal.finding.models import DangerWord, Synonym
from suzhou_portal.search import runs

FORGIVEN = 3  # characters of a word in which one may be wrong
MOST_RUNS = 8


@dataclass(frozen=True)
class Term:
    """A word to look for, and what it may mean besides; `sounds` where it is looked for by its sound."""

    word: str
    means: tuple[str, ...] = ()
    sounds: bool = False
    wrong: bool = False  # whether one of its characters may be another one


@dataclass(frozen=True)
class Run:
    """What stands between two spaces: as a whole, and in the pieces that are known words."""

    whole: Term
    pieces: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.pieces or (self.whole,)


@dataclass
class Vocabulary:
    """What words mean in a division, and the words themselves: said, meant, and those of the catalogue."""

    meanings: Mapping[str, tuple[str, ...]]
    words: frozenset[str]
    longest: int = field(init=False)

    def __post_init__(self) -> None:
        self.longest = max(map(len, self.words), default=0)

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """Words by their sound."""
        found = defaultdict(list)
        for word in sorted(self.words):
            if sound := pinyin.sound_of(word):
                found[sound].append(word)
        return dict(found)

    @cached_property
    def by_initials(self) -> dict[str, list[str]]:
        """Words of three characters and more by the initials of their sounds."""
        found = defaultdict(list)
        for word in sorted(self.words):
            if len(word) >= FORGIVEN and pinyin.sound_of(word):
                found[pinyin.initials_of(word)].append(word)
        return dict(found)

    def said(self, text: str) -> list[str]:
        """The words that these letters spell."""
        spelt = self.by_sound.get(pinyin.heard(text), []) if len(text) > 2 else []
        return [*spelt, *self.by_initials.get(text, [])]

    def means(self, words: Iterable[str]) -> tuple[str, ...]:
        """What the words mean, without what says nothing."""
        found = (one for word in words for one in self.meanings.get(word, ()) if one)
        return tuple(dict.fromkeys(found))

    def says_nothing(self, word: str) -> bool:
        return self.meanings.get(word) == ("",)

    def alike(self, word: str) -> list[str]:
        """The words that this may be, with one mistake: of the same sound, or one character another."""
        if pinyin.LETTERS.fullmatch(word):
            heard = pinyin.heard(word)
            near = [words for sound, words in self.by_sound.items() if _one_off(sound, heard)]
            near += [
                words
                for short, words in self.by_initials.items()
                if len(short) > FORGIVEN and _one_other(short, word)
            ]
            return [one for words in near for one in words]
        same = self.by_sound.get(pinyin.sound_of(word), [])
        if len(word) < FORGIVEN:
            return same
        return [*same, *(one for one in sorted(self.words) if _one_other(one, word))]


def _one_other(one: str, other: str) -> bool:
    """Whether they are of one length and differ in one character."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _one_off(one: str, other: str) -> bool:
    """Whether one becomes the other by changing, adding or leaving out a letter; of four and more."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) <= FORGIVEN:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rests = ((1, 1), (0, 1), (1, 0))
    return any(one[start + i :] == other[start + j :] for i, j in rests)


def vocabulary(area: str, catalogue: Iterable[str]) -> Vocabulary:
    """The words known in a division, besides those that the catalogue itself uses."""
    return remembered(("vocabulary", area), [Synonym], lambda: _vocabulary(area, catalogue))


def _vocabulary(area: str, catalogue: Iterable[str]) -> Vocabulary:
    meanings: dict[str, list[str]] = defaultdict(list)
    for said, means in Synonym.objects.known_in(area).values_list("said", "means"):
        meanings["".join(runs(said))].append(means)
    told = {said: tuple(dict.fromkeys(means)) for said, means in meanings.items()}
    meant = {one for means in told.values() for one in means if one}
    return Vocabulary(told, frozenset({*told, *meant, *catalogue}))


def understood(text: str, known: Vocabulary) -> list[Run]:
    """The runs of a text, each as a whole with what it means, and in pieces where it has several."""
    typed = runs(text)[:MOST_RUNS]
    found = [run for run in typed if not known.says_nothing(run)]
    return [_run(run, known) for run in found or typed]


def _run(run: str, known: Vocabulary) -> Run:
    whole = _term(run, known)
    pieces = [one for one in _cut(run, known) if not known.says_nothing(one)]
    if any(
        one in known.words for one in pieces
    ):  # a single character beside a known word adds nothing
        pieces = [one for one in pieces if len(one) > 1 or one in known.words]
    if pieces in ([], [run]) or (whole.sounds and not all(map(known.said, pieces))):
        return Run(whole)
    return Run(whole, tuple(_term(one, known) for one in pieces))


def _term(word: str, known: Vocabulary) -> Term:
    if not pinyin.LETTERS.fullmatch(word):
        return Term(word, known.means([word]))
    said = known.said(word)
    return Term(word, tuple(dict.fromkeys((*said, *known.means(said)))), sounds=True)


def _cut(run: str, known: Vocabulary) -> Iterator[str]:
    """The longest known words from the left, and what is left between them."""
    letters = bool(pinyin.LETTERS.fullmatch(run))
    longest = 6 * known.longest if letters else known.longest
    rest, at = "", 0
    while at < len(run):
        ends = range(min(len(run), at + longest), at + (FORGIVEN if letters else 0), -1)
        word = next((run[at:end] for end in ends if _is_word(run[at:end], letters, known)), "")
        if word and rest:
            yield rest
        if word:
            yield word
        rest, at = ("", at + len(word)) if word else (rest + run[at], at + 1)
    if rest:
        yield rest


def _is_word(text: str, letters: bool, known: Vocabulary) -> bool:
    if letters:
        return pinyin.heard(text) in known.by_sound
    return text in known.words


def forgiving(asked: list[Run], known: Vocabulary) -> list[Run]:
    """The same runs, with one mistake in each word: a wrong character, or one of the same sound."""
    found = []
    for run in asked:
        whole, *pieces = (_forgiven(one, known) for one in (run.whole, *run.pieces))
        wrong = len(whole.word) >= FORGIVEN and not run.whole.sounds
        found.append(Run(replace(whole, wrong=wrong), tuple(pieces)))
    return found


def _forgiven(term: Term, known: Vocabulary) -> Term:
    alike = known.alike(term.word)
    means = dict.fromkeys((*term.means, *alike, *known.means(alike)))
    return replace(term, means=tuple(means), sounds=True)


def loosely(asked: list[Run]) -> list[Term]:
    """Each word by itself; of a long one that is not known, each two neighbours."""
    found: dict[str, Term] = {}
    for term in (term for run in asked for term in run.terms):
        split = len(term.word) >= FORGIVEN and not term.means and not term.sounds
        pairs = (
            [Term(term.word[at : at + 2]) for at in range(len(term.word) - 1)] if split else [term]
        )
        found |= {one.word: one for one in pairs}
    return list(found.values())


def dangers(text: str, area: str) -> list[DangerWord]:
    """The words of danger that somebody typed, in characters or by their sound."""
    known = remembered(
        ("dangers", area), [DangerWord], lambda: list(DangerWord.objects.known_in(area))
    )
    typed = runs(text)
    joined, letters = "".join(typed), {pinyin.heard(run) for run in typed}
    return [
        one
        for one in known
        if "".join(runs(one.word)) in joined or pinyin.sound_of(one.word) in letters - {""}
    ]
