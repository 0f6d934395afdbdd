"""`python -m bench.house [--at CHECKOUT] [--before CHECKOUT] [--costs]`: the shape of the house as a table.

Reads sources only, of this checkout or of one elsewhere; nothing of them is imported, so an old one
needs no environment. With --before there is a column for each of the two. Each line says what it counts.
With --costs, what a value costs after a write is measured too (`bench.costs`), in a database for each.
"""

import argparse
import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parents[1]
COSTS = HERE / "bench" / "costs.py"
PARTIES = ("communities", "organizations", "volunteers", "charity")
FOLDERS = ("suzhou_portal", *PARTIES, "seeds")
WITHHOLDING = {"gaps", "is_withheld", "WITHHELD"}
EMPTY_OPENINGS = ("The same", "Those", "As ")
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
DOCUMENTED = FUNCTIONS | ast.ClassDef | ast.Module


@dataclass(frozen=True)
class Module:
    """A file of Python and what stands in it; `name` is its path inside the checkout."""

    name: str
    text: str

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node, those of the outermost level first."""
        return list(ast.walk(ast.parse(self.text)))

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    @cached_property
    def functions(self) -> list[FUNCTIONS]:
        return [node for node in self.nodes if isinstance(node, FUNCTIONS)]

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Each call with the last word of what is called."""
        return ((_word(node.func), node) for node in self.nodes if isinstance(node, ast.Call))


class House:
    """A checkout: all its modules but migrations, tests, the demonstration and bench."""

    def __init__(self, home: Path):
        self.modules = [
            Module(str(file.relative_to(home)), file.read_text(encoding="utf-8"))
            for file in sorted(_files(home))
        ]

    def named(self, ending: str) -> list[Module]:
        """The modules whose path ends so."""
        return [one for one in self.modules if one.name.endswith(ending)]

    @cached_property
    def measures(self) -> set[str]:
        """The names of all classes beside `Measure`."""
        return {one.name for module in self.named("figures/measures.py") for one in module.classes}

    @cached_property
    def admins(self) -> list[tuple[Module, ast.ClassDef]]:
        """Classes that derive from one called …Admin or …Inline."""
        return [
            (module, one)
            for module in self.modules
            for one in module.classes
            if any(_word(base).endswith(("Admin", "Inline")) for base in one.bases)
        ]

    @cached_property
    def labels(self) -> dict[str, set[str]]:
        """What the fields of each name are called, over all models."""
        found: dict[str, set[str]] = {}
        for module in self.modules:
            for one in module.classes:
                for name, label in _fields(one):
                    found.setdefault(name, set()).add(label)
        return found

    def columns(self, *, of_figures: bool) -> list[tuple[str, str]]:
        """Label and path of each column that a figure's module, or any other, writes down."""
        return [
            pair
            for module in self.modules
            if ("figures" in Path(module.name).parts[1:]) is of_figures
            for word, call in module.calls()
            if word == "Column"
            for pair in _labelled(call)
        ]


def _files(home: Path) -> Iterator[Path]:
    yield home / "manage.py"
    for folder in FOLDERS:
        for file in (home / folder).rglob("*.py"):
            if not {"migrations", "demo"} & set(file.relative_to(home).parts):
                yield file


def _word(node: ast.AST) -> str:
    """The last word of a dotted name, of what is called or of what is indexed; else nothing."""
    match node:
        case ast.Name(id=word) | ast.Attribute(attr=word):
            return word
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return _word(inner)
    return ""


def _texts(nodes: Iterable[ast.AST]) -> list[str]:
    return [
        one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)
    ]


def _size(node: ast.ClassDef | FUNCTIONS) -> int:
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return (node.end_lineno or node.lineno) - first + 1


def _fields(model: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Name and label of each field that a model writes down."""
    for line in model.body:
        match line:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=args, keywords=more)):
                named = [one.value for one in more if one.arg == "verbose_name"]
                for label in _texts([*named, *args[:1]])[:1]:
                    yield name, label


def _labelled(call: ast.Call) -> list[tuple[str, str]]:
    texts = _texts([*call.args, *(one.value for one in call.keywords)])
    paths = [one for one in texts if re.fullmatch(r"[a-z0-9_]+", one)]
    labels = [one for one in texts if one not in paths]
    return [(labels[0], paths[0])] if labels and paths else []


# --- what is measured


def _lines(house: House) -> str:
    return f"{sum(one.lines for one in house.modules):,}"


def _admin(house: House) -> str:
    """Whole files called admin, and what stands elsewhere in a class of the admin."""
    in_parties = [one for one in house.modules if one.name.startswith(PARTIES)]
    files = [one for one in in_parties if {"admin", "admin.py"} & set(Path(one.name).parts)]
    classes = (one for module, one in house.admins if module in in_parties and module not in files)
    return f"{sum(one.lines for one in files) + sum(map(_size, classes)):,}"


def _methods(house: House) -> str:
    there = [one for module, one in house.admins if module.name.startswith(PARTIES)]
    without = [one for one in there if not any(isinstance(line, FUNCTIONS) for line in one.body)]
    return f"{len(there)}, {len(without)}"


def _roles(house: House) -> str:
    text = "".join(one.text for one in house.named("accounts/roles.py"))
    apps = {Path(one.name).parts[-2] for one in house.named("/apps.py")}
    named = re.findall(r'"([a-z]+)\.([a-z]+)"', text)
    return f"{len(text.splitlines())}, {len({pair for pair in named if pair[0] in apps})}"


def _isinstance(house: House) -> str:
    found = [
        call
        for module in house.modules
        if not module.name.endswith("figures/measures.py")
        for word, call in module.calls()
        if word == "isinstance" and len(call.args) == 2
        if house.measures & {_word(node) for node in ast.walk(call.args[1])}
    ]
    return str(len(found))


def _engines(house: House) -> str:
    engines = []
    for module in house.modules:
        words = {_word(node) for node in module.nodes}
        if WITHHOLDING & words and any(word == "aggregates" for word, _ in module.calls()):
            engines.append(module.name.removeprefix("suzhou_portal/"))
    return f"{len(engines)}: {', '.join(engines)}"


def _longest(sizes: Iterable[int]) -> str:
    sizes = list(sizes)
    return f"{median(sizes):g}, {max(sizes)}"


def _repeated(house: House, *, of_figures: bool) -> str:
    columns = house.columns(of_figures=of_figures)
    same = [
        pair for pair in columns if pair[0] in house.labels.get(pair[1].rpartition("__")[2], ())
    ]
    return f"{len(columns)}, {len(same)}"


def _docstrings(house: House) -> str:
    nodes = (node for module in house.modules for node in module.nodes)
    texts = (ast.get_docstring(node) or "" for node in nodes if isinstance(node, DOCUMENTED))
    return str(sum(text.startswith(EMPTY_OPENINGS) for text in texts))


def _twice(house: House) -> str:
    """Of modules that Django finds by name each has its Command, each app its Config."""
    tops = Counter(
        node.name
        for module in house.modules
        for node in ast.parse(module.text).body
        if isinstance(node, ast.ClassDef) and node.name != "Command"
    )
    return str(sum(number > 1 for number in tops.values()))


def _effects(house: House) -> str:
    hung = [
        [call for call in one.decorator_list if _word(call) in ("before", "after")]
        for module in house.modules
        for one in module.functions
    ]
    return f"{sum(map(bool, hung))}, {sum(map(len, hung))}"


MEASURED: dict[str, Callable[[House], str]] = {
    "lines of Python without tests, migrations, demonstration, bench": _lines,
    "lines of admin in the parties: files called admin, and admins elsewhere": _admin,
    "admins and inlines that the parties write as classes; of these without a method": _methods,
    "`accounts/roles.py`: lines, models named": _roles,
    "`isinstance` on measures outside `figures/measures.py`": _isinstance,
    "modules that call `aggregates()` and withhold": _engines,
    "functions: lines of the median, of the longest": lambda house: _longest(
        _size(one) for module in house.modules for one in module.functions
    ),
    "files: lines of the median, of the longest": lambda house: _longest(
        one.lines for one in house.modules if one.lines
    ),
    "columns written with a label outside figures; of these as a field of that name is called": (
        lambda house: _repeated(house, of_figures=False)
    ),
    "columns written with a label in figures; of these as a field of that name is called": (
        lambda house: _repeated(house, of_figures=True)
    ),
    "docstrings that begin “The same”, “Those”, “As ”": _docstrings,
    "names of classes that several modules define": _twice,
    "functions hung on steps by `@before`, `@after`; how often": _effects,
}


def _costs(home: Path) -> str:
    """By `bench.costs` of this checkout, run as if it were the other's. Raises CalledProcessError."""
    run = f"__file__ = {str(home / 'bench' / 'costs.py')!r}; exec(open({str(COSTS)!r}).read())"
    done = subprocess.run(  # noqa: S603 - no input
        [sys.executable, "-c", run], cwd=home, check=True, stdout=subprocess.PIPE, text=True
    )
    return ", ".join(re.findall(r"\d+", done.stdout.splitlines()[-1]))


def table(homes: dict[str, Path], *, costs: bool = False) -> str:
    """Markdown: a line for each thing measured, a column for each checkout."""
    houses = [House(home) for home in homes.values()]
    rows = [[label, *map(measure, houses)] for label, measure in MEASURED.items()]
    if costs:
        what = "a value after a write: statements, passes from file to file"
        rows.append([what, *map(_costs, homes.values())])
    lines = [["measured", *homes], ["---"] * (len(homes) + 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--at", type=Path, default=HERE, help="a checkout; this one if not given")
    asked.add_argument("--before", type=Path, help="another one, to compare with")
    asked.add_argument("--costs", action="store_true", help="measure values after a write too")
    told = asked.parse_args()
    homes = {"before": told.before, "after": told.at} if told.before else {"today": told.at}
    print(table(homes, costs=told.costs))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
