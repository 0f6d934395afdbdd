"""The bill of materials that is shipped names what is installed and served, and nothing else."""

import json

from tests.releases import sbom


def test_it_names_what_is_locked_and_what_stands_in_the_repository():
    shipped = json.loads(sbom.PATH.read_text(encoding="utf-8"))
    told = {(sbom.plain(one["name"]), one["version"]) for one in shipped["components"]}
    assert len(told) == len(shipped["components"])
    wanted = {*sbom.pinned().items(), *sbom.vendored().items()}
    assert told == wanted, "run `make sbom` after `make lock`"
    assert len(wanted) > 40


def test_every_package_has_its_licence():
    shipped = json.loads(sbom.PATH.read_text(encoding="utf-8"))
    without = {one["name"] for one in shipped["components"] if not one.get("licenses")}
    assert without == {*sbom.vendored()}  # whose licence stands beside its files
    assert all((sbom.VENDOR / name / "LICENSE").exists() for name in without)
