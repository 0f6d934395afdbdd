"""python -m tests.mutations [--count 80] [--seed 620902] [--all]: see the package."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import Any

from tests.databases.sources import HOME
from tests.mutations.mutants import Mutant, chosen
from tests.mutations.touching import Touching, learn, version

PLACE = HOME / "var" / "mutations"
PARTS = ("accounts", "areas", "audit", "figures", "lifecycle", "desks", "imports", "reporting")
GROUPS = {part: [f"suzhou_portal/{part}/*.py", f"suzhou_portal/{part}/kept/*.py"] for part in PARTS}
GROUPS["workflows"] = [f"{party}/workflow*{rest}" for party in (
    "communities", "organizations", "volunteers", "charity"
) for rest in (".py", "/*.py")]  # fmt: skip
LONGEST = 900  # seconds; who hangs is caught
PASSED, NOBODY = 0, 5  # how pytest ends; the second where no test was selected


class Runner:
    """A copy of the project with databases of its own, in which one mutant after the other is tried."""

    def __init__(self, home: Path):
        self.home = home
        left_out = shutil.ignore_patterns("var", ".venv", "__pycache__")
        shutil.copytree(HOME, self.home, ignore=left_out)
        if self._code("--collect-only") != PASSED:
            raise SystemExit("the tests can't be collected; run make test first")

    def catches(self, mutant: Mutant, tests: list[str], only: str) -> bool:
        """Whether any of the tests fails with the mutant, or they do not end."""
        file = self.home / mutant.file
        source = file.read_bytes()
        (self.home / "tests.txt").write_text("\n".join(tests))
        # A test that is not there would look like one that fails.
        if self._code("--collect-only", "-m", only, "@tests.txt") not in (PASSED, NOBODY):
            raise SystemExit(f"not all that touched {mutant.file} is there; learn again")
        file.write_bytes(mutant.apply(source))
        try:
            return self._code("-x", "-m", only, "@tests.txt") not in (PASSED, NOBODY)
        except subprocess.TimeoutExpired:
            return True
        finally:
            file.write_bytes(source)

    def _code(self, *arguments: str) -> int:
        """How pytest ends in the copy."""
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
            cwd=self.home, env={**os.environ, "TEST_STATE": str(self.home / "var")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LONGEST, check=False,
        ).returncode  # fmt: skip


def say(line: str) -> None:
    """At once, since the next may take minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tried(
    mutants: list[Mutant], touching: Touching, folder: Path, *, exhaustive: bool
) -> list[dict[str, Any]]:
    """What became of each, as many at a time as there are cores."""
    runners: Queue[Runner] = Queue()
    for number in range(os.cpu_count() or 1):
        runners.put(Runner(folder / str(number)))

    def one(mutant: Mutant) -> dict[str, Any]:
        runner, began, tests = runners.get(), time.monotonic(), touching.tests(mutant)
        try:
            caught = (
                "make test" if tests and runner.catches(mutant, tests, "not exhaustive") else ""
            )
            if exhaustive and tests and not caught and runner.catches(mutant, tests, "exhaustive"):
                caught = "make test-all"
        finally:
            runners.put(runner)
        seconds = round(time.monotonic() - began)
        say(f"{caught or 'NOT CAUGHT':13} {seconds:4}s {len(tests):5} tests  {mutant.told()}")
        return {"mutant": mutant.told(), "caught": caught, "tests": tests, "seconds": seconds}

    with ThreadPoolExecutor(runners.qsize()) as pool:
        return list(pool.map(one, mutants))


def main() -> int:
    """Try the mutants, two at a time, and say which were caught; 1 where any was not."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutations")
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", type=int, default=620902)
    parser.add_argument("--all", action="store_true", help="also try the exhaustive tests")
    asked = parser.parse_args()
    data = PLACE / f"touching_{version(HOME)}"
    if not data.exists():
        learn(HOME, data)
    mutants = chosen(HOME, GROUPS, asked.count, asked.seed)
    with tempfile.TemporaryDirectory(prefix="portal-mutants-") as folder:
        results = tried(mutants, Touching(HOME, data), Path(folder), exhaustive=asked.all)
    (PLACE / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1))
    caught = [one for one in results if one["caught"]]
    say(f"{len(caught)} of {len(results)} mutants were caught.")
    return 0 if len(caught) == len(results) else 1


sys.exit(main())
