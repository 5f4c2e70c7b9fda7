"""Every import contract is broken once on purpose, in a copy of the tree, and must be seen to fail."""

import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LINTER = Path(sys.executable).with_name("lint-imports")


@dataclass(frozen=True)
class Break:
    """One import that a contract forbids: the module that must not, and what it must not import."""

    contract: str
    importer: str
    imported: str

    def __str__(self) -> str:
        return f"{self.importer} imports {self.imported}"


def exists(module):
    place = ROOT / module.replace(".", "/")
    return place.is_dir() or place.with_suffix(".py").is_file()


def layer_breaks(contract):
    """Each layer imports the one above it, and its neighbour in the same layer where they must not know each other."""
    levels = [re.sub(r"[()\s]", "", level).split("|") for level in contract["layers"]]
    pairs = [(low, high) for above, below in itertools.pairwise(levels) for low in below for high in above]
    pairs += [pair for level in levels for pair in itertools.permutations(level, 2)]
    for container in contract.get("containers", [""]):
        for low, high in pairs:
            importer, imported = f"{container}.{low}".lstrip("."), f"{container}.{high}".lstrip(".")
            # A layer in brackets is one that is planned: it is checked from the day its folder is there.
            if exists(importer) and exists(imported):
                yield Break(contract["name"], importer, imported)


def forbidden_breaks(contract):
    for importer, imported in itertools.product(contract["source_modules"], contract["forbidden_modules"]):
        yield Break(contract["name"], importer, imported)


def breaks():
    kinds = {"layers": layer_breaks, "forbidden": forbidden_breaks}
    return [made for contract in CONTRACTS for made in kinds[contract["type"]](contract)]


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """Copy both packages and their contracts to a folder that may be spoilt."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in ("surveillance", "dashboard"):
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def verdicts(tree):
    """Run the linter on the copy and return its verdict on each contract, and all that it said."""
    run = subprocess.run(
        [LINTER, "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = run.stdout + run.stderr
    found = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", said, flags=re.MULTILINE))
    return run.returncode, found, said


def test_the_tree_as_it_is_keeps_every_contract(tree):
    code, found, said = verdicts(tree)

    assert code == 0, said
    assert found == {contract["name"]: "KEPT" for contract in CONTRACTS}


def test_every_contract_is_broken_below():
    assert {made.contract for made in breaks()} == {contract["name"] for contract in CONTRACTS}


@pytest.mark.parametrize("made", breaks(), ids=str)
def test_a_forbidden_import_breaks_its_contract(made, tree):
    folder = tree / made.importer.replace(".", "/")
    spoilt = folder / "spoilt.py" if folder.is_dir() else folder.with_suffix(".py")
    before = spoilt.read_text(encoding="utf-8") if spoilt.exists() else None
    spoilt.write_text(f"{before or ''}\nimport {made.imported}\n", encoding="utf-8")
    try:
        code, found, said = verdicts(tree)
    finally:
        if before is None:
            spoilt.unlink()
        else:
            spoilt.write_text(before, encoding="utf-8")

    assert code != 0
    assert found[made.contract] == "BROKEN", said
    assert re.search(rf"^- +{re.escape(made.importer)}\S* -> {re.escape(made.imported)}\b", said, re.MULTILINE), said


@pytest.mark.parametrize(
    ("package", "contract"),
    [("surveillance", "Imports run down only"), ("dashboard", "Inside the screen imports run down only")],
)
def test_a_folder_without_a_layer_is_refused(package, contract, tree):
    stray = tree / package / "stray"
    stray.mkdir()
    (stray / "__init__.py").write_text('"""Belongs to no layer."""\n', encoding="utf-8")
    try:
        code, found, said = verdicts(tree)
    finally:
        shutil.rmtree(stray)

    assert code != 0
    assert found[contract] == "BROKEN", said
