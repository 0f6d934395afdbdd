"""`make bench`: every scale in turn, then one table of ratios, on the screen and in docs/performance.md.

Told by the environment: BENCH_DISTRICTS (1,30; 3000 takes 12 GB), BENCH_ROUNDS and BENCH_REQUESTS (5
rounds of 20), BENCH_STATE (where databases are kept, to measure again without building), BENCH_WRITE,
BENCH_GATE, BENCH_KEPT_AHEAD (up to so many districts all values are refreshed and audited first),
BENCH_PEER_WAGTAIL (`bench.server`), BENCH_TREE (`bench.tree`).
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import report

ROOT = Path(__file__).resolve().parents[1]
SCALES = [int(text) for text in os.environ.get("BENCH_DISTRICTS", "1,30").split(",")]


def main() -> None:
    """Measure and say; exits non-zero where a gate is missed and BENCH_GATE is set."""
    found = [_at(districts) for districts in SCALES]
    text = report.text(found, _machine())
    print(text)  # noqa: T201 - the answer
    if os.environ.get("BENCH_WRITE"):
        (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
    if os.environ.get("BENCH_GATE") and report.MISSED in text:
        sys.exit(1)


def _at(districts: int) -> dict[str, Any]:
    state = Path(os.environ.get("BENCH_STATE", ROOT / "var" / "bench")) / str(districts)
    done = subprocess.run(  # noqa: S603 - no input
        [sys.executable, "-m", "bench.scale", str(districts)],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PORTAL_STATE": str(state), "DATABASE_URL": ""},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _machine() -> str:
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{model}，{os.cpu_count()}核，{platform.system()}，Python {platform.python_version()}"


if __name__ == "__main__":
    main()
