"""Which tests touch which line, learned from one run of all of them under coverage."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from coverage import CoverageData

from tests.databases.sources import PACKAGES
from tests.mutations.mutants import Mutant


def version(home: Path) -> str:
    """Of everything that says which test touches what: the portal's and the tests' own code."""
    whole = hashlib.sha256()
    for folder in (*PACKAGES, "tests"):
        for file in sorted((home / folder).rglob("*.py")):
            whole.update(file.read_bytes())
    return whole.hexdigest()[:12]


def learn(home: Path, data: Path, *arguments: str) -> None:
    """Run all tests but those in a browser, and note what each touches. Takes twice their time."""
    data.parent.mkdir(parents=True, exist_ok=True)
    watched = (f"--cov={package}" for package in PACKAGES)
    subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "load", "-m", "not browser",
         *watched, "--cov-context=test", "--cov-report=", *arguments],
        cwd=home, env={**os.environ, "COVERAGE_FILE": str(data)}, check=True,
    )  # fmt: skip


class Touching:
    """The tests by the lines they touch."""

    def __init__(self, home: Path, data: Path):
        self.home = home
        self.data = CoverageData(str(data))
        self.data.read()

    def tests(self, mutant: Mutant) -> list[str]:
        """Who touches the mutant; where importing alone does, whoever touches its file. Triggers are
        put in place while templates are made, outside any test: the tests of their part see them.
        """
        lines = self.data.contexts_by_lineno(str(self.home / mutant.file))
        close = self._named(lines.get(line, ()) for line in range(mutant.first, mutant.last + 1))
        if mutant.file.endswith("triggers.py"):
            part = f"tests/{Path(mutant.file).parts[1]}/"
            all_of_it = self._named([self.data.measured_contexts()])
            return sorted({*close, *(test for test in all_of_it if test.startswith(part))})
        return close or self._named(lines.values())

    @staticmethod
    def _named(contexts) -> list[str]:
        return sorted({one.rpartition("|")[0] for some in contexts for one in some if one})
