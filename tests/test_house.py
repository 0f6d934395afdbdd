"""The rules of the house that no linter knows."""

import ast
import re
import subprocess
import tomllib
from collections import defaultdict
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings

HOME = Path(settings.BASE_DIR)
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
CHINESE = r"[\u3400-\u9fff]"
HALF_WIDTH = re.compile(rf"{CHINESE}[,;:!?()]|[,;:!?()]{CHINESE}")
MACHINE = re.compile(r"(?<![\w.}/-])/(?:work|home|root)/[\w.]")
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs)\.(?:org|com)|https?://\S+/simple\b")
# Texts in which half-width punctuation is not punctuation: what a file or address really contains.
ALLOWED_HALF_WIDTH = {("suzhou_portal/logs.py", "含)")}


@cache
def tracked():
    """Every file git keeps or would keep, but for what others wrote."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    files = (HOME / name for name in listed.stdout.split("\0") if name)
    return [file for file in files if file.is_file() and "vendor" not in file.parts]


def sources(*suffixes):
    """Our own sources: no migrations, which Django writes."""
    return [
        file for file in tracked() if file.suffix in suffixes and "migrations" not in file.parts
    ]


def named(file):
    return str(file.relative_to(HOME))


def functions(file):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, kinds)]


def test_files_are_short():
    lengths = {
        named(file): len(file.read_text().splitlines())
        for file in sources(".py", ".html", ".css", ".js")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short():
    too_long = [
        (named(file), node.name)
        for file in sources(".py")
        for node in functions(file)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_the_name_of_a_class_means_one_thing():
    named_in = defaultdict(list)
    for file in sources(".py"):
        if named(file).split("/")[0] in ("tests", "bench"):
            continue
        for node in ast.parse(file.read_text()).body:
            # Django asks commands for one name, and finds them by their file.
            if isinstance(node, ast.ClassDef) and node.name != "Command":
                named_in[node.name].append(named(file))
    assert {name: files for name, files in named_in.items() if len(files) > 1} == {}


def test_nothing_names_a_machine_or_a_registry():
    found = []
    for file in tracked():
        if file.suffix in (".png", ".svg", ".docx", ".xlsx"):
            continue
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if MACHINE.search(line) or REGISTRY.search(line):
                found.append((named(file), number, line.strip()))
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE, "cd /{}/main"),
        (MACHINE, '"/{}/me"'),
        (REGISTRY, "files.{}.org"),
    ],
)
def test_the_patterns_find_what_they_should(pattern, text):
    """What must not stand in a file is put together here."""
    words = ["work", "home", "root"] if pattern is MACHINE else ["pypi", "pythonhosted"]
    assert all(pattern.search(text.format(word)) for word in words)
    assert not pattern.search("https://portal.example.gov.cn/home/page and network/home/")


def test_templates_have_no_inline_style_or_script():
    """The content security policy would stop them anyway, without telling anybody."""
    inline = re.compile(
        r"<style\b|\sstyle\s*=|<script\b(?![^>]*\ssrc=)|\son[a-z]+\s*=|javascript:", re.IGNORECASE
    )
    found = [
        (named(file), match[0])
        for file in sources(".html")
        for match in inline.finditer(file.read_text())
    ]
    assert found == []


def test_every_dependency_says_what_it_is_for():
    text = (HOME / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    declared = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    silent = [name for name in declared if not re.search(rf'"{re.escape(name)}",\s*# \w', text)]
    assert declared
    assert silent == []


def test_every_package_that_is_imported_is_declared():
    """What only comes along with another may go with it."""
    text = (HOME / "pyproject.toml").read_text()
    declared = re.findall(r'^    "([A-Za-z0-9._-]+)', text, re.MULTILINE)
    known = {re.sub(r"[-_.]+", "-", name).lower() for name in declared}
    missing = set()
    for file in sources(".py"):
        trees = ast.walk(ast.parse(file.read_text()))
        for node in trees:
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else _names(node)
                missing |= {one for name in names for one in _distributions(name)} - known
    assert missing == set()


def _names(node):
    return [one.name for one in node.names]


_brought = cache(packages_distributions)


@cache
def _distributions(module):
    """The distribution that brings a module of other projects, unless it is Python's or ours."""
    brought = _brought().get(module.partition(".")[0], [])
    return {re.sub(r"[-_.]+", "-", name).lower() for name in brought}


def spoken(tree):
    """Every text of a module that is not a docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.value


def shown(template):
    """What is left of a template without its tags, variables and comments."""
    return re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->", " ", template, flags=re.DOTALL)


def test_chinese_is_punctuated_in_full_width():
    texts = [
        (named(file), text)
        for file in sources(".py")
        if "tests" not in file.parts
        for text in spoken(ast.parse(file.read_text()))
    ]
    texts += [(named(file), shown(file.read_text())) for file in sources(".html")]
    found = {(name, match[0]) for name, text in texts for match in HALF_WIDTH.finditer(text)}
    assert found - ALLOWED_HALF_WIDTH == set()


def test_people_are_named_in_full_width():
    """A record's own name is put together from parts, so its punctuation stands alone."""
    found = [
        (named(file), part.value)
        for file in sources(".py")
        for function in functions(file)
        if function.name == "__str__"
        for joined in ast.walk(function)
        if isinstance(joined, ast.JoinedStr)
        for part in joined.values
        if isinstance(part, ast.Constant) and re.search(r"[,;:!?()]", part.value)
    ]
    assert found == []


def test_a_subject_has_at_most_72_characters():
    """As the hook of pre-commit reads it: the first line alone, in bytes of UTF-8."""
    hooks = (HOME / ".pre-commit-config.yaml").read_text()
    long = re.compile(re.search(r"entry: (\\A.+)", hooks)[1].encode())
    for subject, refused in (
        ("a" * 72, False),
        ("a" * 73, True),
        ("五“”" * 24, False),
        ("五" * 73, True),
    ):
        assert bool(long.search(f"{subject}\n\n{'b' * 99}\n".encode())) is refused


def floors():
    """The number of each app's floor, the top one first, as the import contract has them."""
    contract = tomllib.loads((HOME / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {
        name.strip().rpartition(".")[2]: number
        for number, layer in enumerate(contract["contracts"][0]["layers"])
        for name in layer.split("|")
    }


def reached(template):
    """The template and whatever it extends or includes."""
    found, ahead = set(), {template}
    while ahead:
        file = ahead.pop()
        found.add(file)
        named = re.findall(r'\{% (?:extends|include) "([^"]+)"', file.read_text())
        ahead |= {HOME / "templates" / name for name in named} - found
    return {file for file in found if file.is_file()}  # Django's own are not ours to read


def test_no_template_loads_a_tag_of_a_higher_floor():
    """The page of an app lies in a folder of its name; those of `admin` replace Django's for the site."""
    ours = floors()
    libraries = {
        file.stem: file.parts[-3] for file in sources(".py") if "templatetags" in file.parts
    }
    above = set()
    for template in sources(".html"):
        app = template.parts[-2]
        if app in ours and template.is_relative_to(HOME / "templates"):
            for file in reached(template):
                loaded = " ".join(re.findall(r"\{% load ([^%]+)%\}", file.read_text())).split()
                owners = {libraries[name] for name in loaded if name in libraries} & ours.keys()
                above |= {
                    (named(template), owner) for owner in owners - {app} if ours[owner] <= ours[app]
                }
    assert above == set()
