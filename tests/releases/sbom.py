"""Write docs/sbom.json: what the portal consists of besides itself, as CycloneDX, with versions and licences."""

import json
import re
import subprocess
import sys
from typing import Any

from tests.releases import HOME

ROOT = HOME.parents[1]
PATH = ROOT / "docs" / "sbom.json"
# Beside what is installed: the style sheet that the portal serves.
VENDOR = ROOT / "static" / "vendor"


def pinned() -> dict[str, str]:
    """The version of each package that this machine installs, by its name."""
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)( ; [^\\\n]*)?", locked, re.MULTILINE)
    return {plain(name): one for name, one, marker in found if "win32" not in marker}


def plain(name: str) -> str:
    """A package's name as all its spellings are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def vendored() -> dict[str, str]:
    """The version of each library whose files stand in the repository, by its name."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(VENDOR.glob("*/VERSION")))
    return dict(re.match(r"(\S+) ([\d.]+)", text).groups() for text in texts)


def main() -> None:
    """Raises CalledProcessError."""
    told = ["cyclonedx_py", "environment", "--output-reproducible", "--pyproject", "pyproject.toml"]
    done = subprocess.run(
        [sys.executable, "-m", *told], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    whole: dict[str, Any] = json.loads(done.stdout)
    known = pinned()
    parts = [_bare(one) for one in whole["components"] if plain(one["name"]) in known]
    parts += [
        {"type": "library", "name": name, "version": one, "bom-ref": f"{name}=={one}"}
        for name, one in vendored().items()
    ]
    root = _bare(whole["metadata"]["component"])
    kept = {key: whole[key] for key in ("$schema", "bomFormat", "specVersion")} | {
        "metadata": {"component": root},
        "components": sorted(parts, key=lambda one: one["name"].lower()),
    }
    PATH.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _bare(component: dict[str, Any]) -> dict[str, Any]:
    """Without addresses, and texts of licences."""
    kept = ("bom-ref", "type", "name", "version", "purl", "licenses")
    told = {key: component[key] for key in kept if key in component}
    names = [
        {"license": {key: value for key, value in one["license"].items() if key in ("id", "name")}}
        if "license" in one else one
        for one in told.pop("licenses", [])
    ]  # fmt: skip
    return told | ({"licenses": names} if names else {})


if __name__ == "__main__":
    main()
