"""Bootstrap as the portal serves it: the rules that can match what its pages are made of (`make styles`).

The whole sheet stands in tests/vendor/bootstrap; what is left, in static/vendor/bootstrap. A page paid 29 of
31 KB for rules that nothing on any page could match.
"""

from collections.abc import Iterable
from typing import Any

import tinycss2

from tests.styles import sheets, used

WHOLE = used.HOME / "tests/vendor/bootstrap/bootstrap.min.css"
TRIMMED = used.HOME / "static/vendor/bootstrap/bootstrap.min.css"
OURS = used.HOME / "static/css"
# Nothing on the portal moves, so what asks not to be moved has nothing to say either.
MOTION = ("transition", "animation", "scroll-behavior")
HEAD = "/* Bootstrap 5.3.9 (MIT, see LICENSE), trimmed by tests/styles/trim.py to what the portal uses. */\n"


def trimmed() -> str:
    """What is kept of the whole sheet."""
    text = "".join(_kept(sheets.rules(WHOLE.read_text())))
    read = "".join(file.read_text() for file in sorted(OURS.glob("*.css")))
    while (fewer := _without_unread(text, sheets.variables(text + read))) != text:
        text = fewer
    return HEAD + text + "\n"


def _kept(found: Iterable[Any]) -> Iterable[str]:
    for rule in found:
        if sheets.groups(rule):
            inside = "".join(_kept(sheets.inner(rule)))
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        elif rule.type == "qualified-rule":
            yield _rule([one.text for one in sheets.selectors(rule) if _can_match(one)], rule)


def _can_match(selector: sheets.Selector) -> bool:
    return (
        all(used.is_used(name, used.classes()) for name in selector.classes)
        and selector.elements <= used.elements()
        and all(used.has_attribute(name) for name in selector.attributes)
    )


def _rule(selectors: list[str], rule: Any, read: set[str] | None = None) -> str:
    """The rule for these selectors; blank where nothing is left of it."""
    said = [
        tinycss2.serialize([one]).rstrip(";")
        for one in sheets.declarations(rule)
        if not any(word in one.lower_name for word in MOTION) and _is_read(one.name, read)
    ]
    return f"{','.join(selectors)}{{{';'.join(said)}}}" if selectors and said else ""


def _is_read(name: str, read: set[str] | None) -> bool:
    return read is None or not name.startswith("--") or name in read


def _without_unread(text: str, read: set[str]) -> str:
    """The sheet without variables that nobody reads."""
    parts = []
    for rule in sheets.rules(text):
        if sheets.groups(rule):
            inside = _without_unread(tinycss2.serialize(rule.content), read)
            parts.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}")
        else:
            parts.append(_rule([tinycss2.serialize(rule.prelude)], rule, read))
    return "".join(parts)


if __name__ == "__main__":
    TRIMMED.write_text(trimmed())
