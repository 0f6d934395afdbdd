"""How Chinese is said: pinyin without tones, by which what was typed in letters, or in wrong characters of
the same sound, is found.

What differs only in how it is heard in many parts of the country (zh and z, ng and n, l and n) is one sound.
"""

import re
from functools import lru_cache

_CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
LETTERS = re.compile("[a-z]{2,}")
LONGEST = 8  # syllables of a part of a name that is known by its sound
_SOUNDS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("v", "u"))


@lru_cache(20_000)
def syllables(chinese: str) -> tuple[str, ...]:
    """The syllable of each character, in the reading that its neighbours give it."""
    from pypinyin import lazy_pinyin  # its dictionary takes a while, and many processes never ask

    return tuple(lazy_pinyin(chinese, errors="ignore"))


def heard(letters: str) -> str:
    """Letters of pinyin as they sound: what is often confused is written alike."""
    for sound, same in _SOUNDS:
        letters = letters.replace(sound, same)
    return letters


def sound_of(chinese: str) -> str:
    """The sound of a word of Chinese characters; blank for what has others."""
    return heard("".join(syllables(chinese))) if _CHINESE.fullmatch(chinese) else ""


def initials_of(chinese: str) -> str:
    """The first letter of each syllable."""
    return "".join(one[0] for one in syllables(chinese))


def parts(text: str) -> tuple[set[str], set[str]]:
    """The sounds of all parts of the text's Chinese words, of two characters and more; and their initials."""
    sounds, initials = set(), set()
    for word in _CHINESE.findall(text):
        said = syllables(word)
        for start in range(len(said)):
            for end in range(start + 2, min(len(said), start + LONGEST) + 1):
                sounds.add(heard("".join(said[start:end])))
                initials.add("".join(one[0] for one in said[start:end]))
    return sounds, initials
