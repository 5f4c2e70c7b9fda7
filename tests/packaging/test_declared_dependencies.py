"""What the program imports is declared, and what is declared is used."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
# Never imported by name: SQLAlchemy finds the driver by the address of the store, zoneinfo finds the time zones.
FOUND_BY_NAME = {"psycopg", "tzdata"}


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonical(Requirement(text).name) for text in project["dependencies"]}


@pytest.fixture(scope="module")
def imported():
    """Return each library that the product imports, with one file that does."""
    owners = packages_distributions()
    found = {}
    for path in [path for package in ("surveillance", "dashboard") for path in (ROOT / package).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for top in {name.split(".")[0] for name in names} - {"surveillance", "dashboard", "_typeshed"}:
                if top not in sys.stdlib_module_names:
                    found[canonical(owners[top][0])] = path.relative_to(ROOT).as_posix()
    return found


def test_everything_imported_is_declared(imported, declared):
    assert {library: file for library, file in imported.items() if library not in declared} == {}


def test_everything_declared_is_used(imported, declared):
    assert declared - set(imported) - FOUND_BY_NAME == set()
