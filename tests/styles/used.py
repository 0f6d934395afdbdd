"""What pages are made of: the classes, elements and attributes that templates and code can emit."""

import ast
import re
from functools import cache
from pathlib import Path

import crispy_bootstrap5
from django.conf import settings

HOME = Path(settings.BASE_DIR)
TEMPLATES = HOME / "templates"
APPS = ("suzhou_portal", "communities", "organizations", "volunteers", "charity", "seeds")
CRISPY = Path(crispy_bootstrap5.__file__).parent / "templates"
# Where forms begin: {% crispy form %}, {{ form|crispy }}; the rest is reached from there.
CRISPY_ROOTS = ("whole_uni_form.html", "uni_form.html", "field.html")
# What Django's widgets and filters emit without a template of ours.
OF_DJANGO = {"input", "select", "textarea", "option", "optgroup", "legend", "label", "p", "br"}
ANY = "*"


@cache
def ours() -> tuple[Path, ...]:
    """The templates of the portal, those of the admin apart."""
    return tuple(
        file
        for file in sorted(TEMPLATES.rglob("*.html"))
        if not file.is_relative_to(TEMPLATES / "admin")
    )


@cache
def of_crispy() -> tuple[Path, ...]:
    """The templates that crispy-forms renders our forms with."""
    found: set[Path] = set()
    ahead = {CRISPY / "bootstrap5" / name for name in CRISPY_ROOTS}
    while ahead:
        file = ahead.pop()
        found.add(file)
        named = re.findall(r"""{% (?:include|extends) ["']([^"']+)["']""", file.read_text())
        ahead |= {CRISPY / name for name in named} - found
    return tuple(sorted(found))


def classes_of(template: str) -> set[str]:
    """The classes in its class attributes; one that ends in what is only known then has a `*` there."""
    text = re.sub(r"{#.*?#}", "", template)
    given = [
        match[1] for match in re.finditer(r'\sclass="((?:{%.*?%}|{{.*?}}|[^"{])*)"', text)
    ] + re.findall(r"'class' '([^']*)'", text)
    words = " ".join(re.sub(r"{%.*?%}", " ", re.sub(r"{{.*?}}", ANY, one)) for one in given)
    return {word for word in words.split() if word.strip(ANY)}


@cache
def classes() -> frozenset[str]:
    """Every class that a page of the portal can have by its templates."""
    files = ours() + of_crispy()
    return frozenset(set().union(*(classes_of(file.read_text()) for file in files)))


@cache
def spoken() -> frozenset[str]:
    """Every word of the texts in code: a class that code chooses is one of these, or begins as one (`tone-`)."""
    words: set[str] = set()
    for app in APPS:
        for file in (HOME / app).rglob("*.py"):
            if "migrations" not in file.parts:
                for node in ast.walk(ast.parse(file.read_text())):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        found = re.findall(r"[a-z][\w-]*", node.value)
                        words.update(word + ANY if word.endswith("-") else word for word in found)
    for script in (HOME / "static").rglob("*.js"):
        for text in re.findall(r"className = \"([^\"]*)\"", script.read_text()):
            words.update(text.split())
    return frozenset(words)


def is_used(name: str, of: frozenset[str]) -> bool:
    """Whether one of these classes is this one, or may become it."""
    return name in of or any(
        one.endswith(ANY) and name.startswith(one.rstrip(ANY)) for one in of if ANY in one
    )


@cache
def markup() -> str:
    """All templates as one text, and what code writes as HTML."""
    code = " ".join(file.read_text() for app in APPS for file in sorted((HOME / app).rglob("*.py")))
    texts = [file.read_text() for file in ours() + of_crispy()]
    return " ".join([*texts, *re.findall(r"<[a-z][^>]*>", code)])


@cache
def elements() -> frozenset[str]:
    """Every element that a page can have."""
    return frozenset(re.findall(r"<([a-z][a-z0-9]*)", markup())) | OF_DJANGO


@cache
def has_attribute(name: str) -> bool:
    """Whether some element has this attribute."""
    return name == "type" or bool(re.search(rf"\s{re.escape(name)}[=\s>]", markup()))
