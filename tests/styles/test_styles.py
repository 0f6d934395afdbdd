"""What is served is used, and what is used is served."""

import pytest

from tests.styles import sheets, trim, used

# Classes that only tests find things by.
HOOKS = {"proof-computed", "proof-published"}
OURS = sorted(trim.OURS.glob("*.css"))
SITE = [file for file in OURS if file.name != "admin.css"]


def test_the_bootstrap_that_is_served_is_what_pages_can_use():
    """Otherwise: `make styles`, and commit what it writes."""
    assert trim.TRIMMED.read_text() == trim.trimmed()


def test_little_of_bootstrap_is_left():
    assert len(trim.TRIMMED.read_bytes()) * 8 < len(trim.WHOLE.read_bytes())


def test_every_class_of_a_template_is_defined():
    defined = set().union(*(sheets.classes(file.read_text()) for file in [trim.TRIMMED, *SITE]))
    asked = set().union(*(used.classes_of(file.read_text()) for file in used.ours()))
    missing = {name for name in asked - HOOKS if not any(_means(name, one) for one in defined)}
    assert missing == set()


def _means(asked, defined):
    return defined.startswith(asked.rstrip(used.ANY)) if used.ANY in asked else asked == defined


@pytest.mark.parametrize("file", SITE, ids=lambda file: file.name)
def test_every_rule_of_ours_can_match(file):
    possible = used.classes() | used.spoken()
    unused = {name for name in sheets.classes(file.read_text()) if not used.is_used(name, possible)}
    assert unused == set()


@pytest.mark.parametrize("file", SITE, ids=lambda file: file.name)
def test_sizes_and_colours_are_tokens(file):
    """What has a name in common.css is not written anywhere else."""
    loose = [
        (rule.source_line, one.name)
        for rule in sheets.flat(sheets.rules(file.read_text()))
        for one in sheets.declarations(rule)
        if not one.name.startswith("--") and _has_its_own(one)
    ]
    assert loose == []


def _has_its_own(declaration):
    tokens = list(_inside(declaration.value))
    if any(token.type == "hash" for token in tokens):
        return True
    sized = [token for token in tokens if token.type == "dimension" and token.lower_unit == "rem"]
    return declaration.lower_name == "font-size" and len(sized) == 1 and len(tokens) == 1


def _inside(tokens):
    for token in tokens:
        yield token
        yield from _inside(getattr(token, "arguments", ()))


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_every_variable_is_set_somewhere(file):
    """A misspelt token is a colour that nobody sees."""
    named = "".join(one.read_text() for one in [trim.TRIMMED, *OURS])
    ours = {name for name in sheets.variables(file.read_text()) if not name.startswith("--bs-")}
    assert {name for name in ours if f"{name}:" not in named} - OF_ADMIN == set()


OF_ADMIN = {"--body-quiet-color", "--link-hover-color"}


def test_a_selector_is_read_as_a_browser_reads_it():
    (rule,) = sheets.rules(".a.b > svg:not(.c)::before, [dir=rtl] p{color:red}")
    first, second = sheets.selectors(rule)
    assert (first.classes, first.elements) == ({"a", "b"}, {"svg"})
    assert (second.elements, second.attributes) == ({"p"}, {"dir"})


def test_a_class_of_a_template_is_read_through_its_tags():
    text = '<p class="a{% if x %} b-{{ x }}{% endif %} {% if y %}c{% else %}d{% endif %} {{ z }}">{# class="no" #}'
    assert used.classes_of(text) == {"a", "b-*", "c", "d"}
    assert used.is_used("b-good", frozenset({"b-*"}))
    assert not used.is_used("bgood", frozenset({"b-*"}))
