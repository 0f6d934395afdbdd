"""python -m tests.mutations [--count 80] [--seed 620902] [--all]: see the package."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from tests.mutations.mutants import Mutant, chosen
from tests.mutations.touching import Touching, learn, version

HOME = Path(__file__).resolve().parents[2]
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

    def __init__(self, number: int):
        self.home = PLACE / f"copy{number}"
        left_out = shutil.ignore_patterns("var", ".venv", "__pycache__")
        shutil.rmtree(self.home, ignore_errors=True)
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
    touching = Touching(HOME, data)
    runners: Queue[Runner] = Queue()
    for number in range(os.cpu_count() or 1):
        runners.put(Runner(number))

    def tried(mutant: Mutant) -> dict:
        runner, began, tests = runners.get(), time.monotonic(), touching.tests(mutant)
        try:
            caught = (
                "make test" if tests and runner.catches(mutant, tests, "not exhaustive") else ""
            )
            if asked.all and tests and not caught and runner.catches(mutant, tests, "exhaustive"):
                caught = "make test-all"
        finally:
            runners.put(runner)
        seconds = round(time.monotonic() - began)
        say(f"{caught or 'NOT CAUGHT':13} {seconds:4}s {len(tests):5} tests  {mutant.told()}")
        return {"mutant": mutant.told(), "caught": caught, "tests": tests, "seconds": seconds}

    mutants = chosen(HOME, GROUPS, asked.count, asked.seed)
    with ThreadPoolExecutor(runners.qsize()) as pool:
        results = list(pool.map(tried, mutants))
    (PLACE / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1))
    caught = [one for one in results if one["caught"]]
    say(f"{len(caught)} of {len(results)} mutants were caught.")
    return 0 if len(caught) == len(results) else 1


sys.exit(main())
