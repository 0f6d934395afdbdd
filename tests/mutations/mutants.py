"""Small ways to spoil a source file."""

import ast
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

# The kind, the place, and what stands there instead.
Spoilt = tuple[str, Any, bytes]
Text = Callable[[ast.AST], bytes]

SWAPPED = {
    ast.Eq: "!=", ast.NotEq: "==", ast.Lt: ">", ast.Gt: "<", ast.LtE: ">=", ast.GtE: "<=",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
FILTERS = {"filter", "exclude", "visible_to", "within"}
REFUSALS = {"PermissionDenied", "Http404", "ValidationError", "BadRequest"}
CHECKS = {"has_perm", "has_perms", "reaches"}


@dataclass(frozen=True)
class Mutant:
    """One change of one place: `old` bytes from `start` on become `new`, on these lines."""

    file: str
    kind: str
    start: int
    old: bytes
    new: bytes
    first: int
    last: int

    def told(self) -> str:
        """In a line: where, and what becomes of what."""
        old, new = (" ".join(part.decode().split()) for part in (self.old, self.new))
        return f"{self.file}:{self.first} {self.kind}: {old[:90]} → {new[:90]}"

    def apply(self, source: bytes) -> bytes:
        """The spoilt source. Raises ValueError where it is not the one the mutant was found in."""
        end = self.start + len(self.old)
        if source[self.start : end] != self.old:
            raise ValueError(f"{self.file} has changed")
        return source[: self.start] + self.new + source[end:]


def chosen(home: Path, groups: dict[str, list[str]], count: int, seed: int) -> list[Mutant]:
    """So many mutants, from each group and of each kind in turn."""
    drawn = random.Random(seed)
    heaps = defaultdict(list)
    for group, patterns in groups.items():
        files = sorted({file for pattern in patterns for file in home.glob(pattern)})
        for file in files:
            for mutant in found_in(home, file):
                heaps[group, mutant.kind].append(mutant)
    for name in sorted(heaps):
        drawn.shuffle(heaps[name])
    picked: list[Mutant] = []
    while len(picked) < count and any(heaps.values()):
        turn = [name for name in sorted(heaps) if heaps[name]]
        drawn.shuffle(turn)
        picked += [heaps[name].pop() for name in turn]
    return picked[:count]


def found_in(home: Path, file: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    source = file.read_bytes()
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))

    def text(node: ast.AST) -> bytes:
        start, end = _place(node, lines)
        return source[start:end]

    name = str(file.relative_to(home))
    for node in ast.walk(ast.parse(source)):
        for kind, spoilt, new in chain(*(find(node, text) for find in FINDERS)):
            start, end = _place(spoilt, lines)
            yield Mutant(
                name, kind, start, source[start:end], new, spoilt.lineno, spoilt.end_lineno
            )


def _negated(node: ast.AST, text: Text) -> Iterator[Spoilt]:
    tests = node.ifs if isinstance(node, ast.comprehension) else []
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        tests = [node.test]
    for test in tests:
        yield "negated condition", test, b"(not (" + text(test) + b"))"


def _swapped(node: ast.AST, text: Text) -> Iterator[Spoilt]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = text(node.left), text(node.comparators[0])
        sign = SWAPPED[type(node.ops[0])].encode()
        yield "swapped comparison", node, b"((" + left + b") " + sign + b" (" + right + b"))"


def _dropped(node: ast.AST, text: Text) -> Iterator[Spoilt]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in FILTERS:
            yield "dropped filter", node, text(node.func.value) + b".all()"
        elif node.func.attr in CHECKS:
            yield "removed check", node, b"True"


def _unrefused(node: ast.AST, text: Text) -> Iterator[Spoilt]:
    raised = node.exc if isinstance(node, ast.Raise) else None
    if isinstance(raised, ast.Call) and getattr(raised.func, "id", "") in REFUSALS:
        yield "removed check", node, b"pass"


FINDERS = (_negated, _swapped, _dropped, _unrefused)


def _place(node: Any, lines: list[int]) -> tuple[int, int]:
    return (
        lines[node.lineno - 1] + node.col_offset,
        lines[node.end_lineno - 1] + node.end_col_offset,
    )
