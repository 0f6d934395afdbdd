"""What a template database is made from, and its digest."""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
PACKAGES = ("suzhou_portal", "communities", "organizations", "volunteers", "charity", "seeds")
# What Django, and our own apps, find by the name of a module and no import shows.
FOUND_BY_NAME = {"models", "apps", "figures", "workflow", "kinds"}
# What every template depends on: packages of others with their migrations, settings, the makers.
ALWAYS = (
    "requirements.txt", "tests/settings.py", "tests/databases/*.py", "suzhou_portal/reloading.py",
)  # fmt: skip
SEEDS = {
    "tables": (),
    "bare": (),
    "reference": ("seeds/divisions/*", "seeds/published/*", "seeds/*.csv"),
    "demonstration": ("seeds/**/*.csv",),
}


def digest(kind: str, home: Path = HOME) -> str:
    """Of every file the template is made from: its name and what is in it. 12 hexadecimal digits."""
    whole = hashlib.sha256(kind.encode())
    for file in made_from(kind, home):
        whole.update(str(file.relative_to(home)).encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:12]


def made_from(kind: str, home: Path = HOME) -> list[Path]:
    """The files, in a fixed order. Pages, forms and templates are not among them."""
    modules = _modules(home)
    reached = _reached({name for name in modules if _makes(kind, name)}, modules)
    code = {modules[name] for name in reached} | {
        file for package in PACKAGES for file in (home / package).rglob("*.sql")
    }
    listed = (home.glob(pattern) for pattern in (*ALWAYS, *SEEDS[kind]))
    return sorted(code | {file for files in listed for file in files if file.is_file()})


def _makes(kind: str, module: str) -> bool:
    """Whether making begins at this module, rather than reaching it by an import."""
    words = module.split(".")
    if {"migrations", "settings", "embedded"} & set(words):
        return True
    if kind == "tables":
        return False
    return bool(FOUND_BY_NAME & set(words)) or "demo" in words or words[-2:-1] == ["commands"]


@cache
def _modules(home: Path) -> dict[str, Path]:
    """Every module of the portal by its name; a package goes by that of its folder."""
    return {
        ".".join(file.relative_to(home).with_suffix("").parts).removesuffix(".__init__"): file
        for package in PACKAGES
        for file in (home / package).rglob("*.py")
    }


def _reached(found: set[str], modules: dict[str, Path]) -> set[str]:
    reached: set[str] = set()
    ahead = set(found)
    while ahead:
        name = ahead.pop()
        reached.add(name)
        named = {*_imported(modules[name]), *_packages(name)}
        ahead |= (named & modules.keys()) - reached
    return reached


@cache
def _imported(file: Path) -> frozenset[str]:
    """Every name that the module may import, and the packages around each."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(around for name in _names(ast.walk(tree)) for around in _packages(name))


def _names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _packages(name: str) -> Iterator[str]:
    words = name.split(".")
    return (".".join(words[:count]) for count in range(1, len(words) + 1))
