"""Style sheets as rules: what their selectors ask for, and which variables they read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2


@dataclass(frozen=True)
class Selector:
    """One selector of a rule: its text, and the names an element must have for it to match."""

    text: str
    classes: frozenset[str]
    elements: frozenset[str]
    attributes: frozenset[str]


def rules(text: str) -> list[Any]:
    """The rules of a sheet, comments and white space left out."""
    return tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)


def inner(rule: Any) -> list[Any]:
    """The rules inside an at-rule that groups rules, such as @media."""
    return tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)


def groups(rule: Any) -> bool:
    """Whether it is an at-rule that holds rules."""
    return rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports")


def flat(found: list[Any]) -> Iterator[Any]:
    """The qualified rules, those in groups among them."""
    for rule in found:
        if groups(rule):
            yield from flat(inner(rule))
        elif rule.type == "qualified-rule":
            yield rule


def selectors(rule: Any) -> list[Selector]:
    """What stands between the commas; what :not(…) and :is(…) hold is not asked for."""
    parts: list[list[Any]] = [[]]
    for token in rule.prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [_selector(part) for part in parts]


def _selector(tokens: list[Any]) -> Selector:
    found: dict[str, set[str]] = {"class": set(), "element": set(), "attribute": set()}
    before = None
    for token in tokens:
        if token.type == "ident" and before != ":":
            found["class" if before == "." else "element"].add(token.value)
        elif token.type == "[] block":
            found["attribute"].add(next(one.value for one in token.content if one.type == "ident"))
        before = token
    return Selector(
        tinycss2.serialize(tokens).strip(),
        frozenset(found["class"]),
        frozenset(found["element"]),
        frozenset(found["attribute"]),
    )


def declarations(rule: Any) -> list[Any]:
    """What a rule sets."""
    return tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)


def variables(text: str) -> set[str]:
    """The custom properties that are read somewhere."""
    return set(re.findall(r"var\(\s*(--[\w-]+)", text))


def classes(text: str) -> set[str]:
    """Every class that a selector of the sheet names, in :not(…) and :has(…) too."""
    preludes = (tinycss2.serialize(rule.prelude) for rule in flat(rules(text)))
    return {name for one in preludes for name in re.findall(r"\.([A-Za-z_][\w-]*)", one)}
