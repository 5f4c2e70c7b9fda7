"""Reading the reference values: JSON with its CSV columns beside it."""

import csv
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Reference:
    """One reference case: what to compare with, and the columns of its CSV as text."""

    inputs: dict[str, Any]
    expected: dict[str, Any]
    columns: dict[str, NDArray[np.str_]]

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a column as floats."""
        return self.columns[column].astype(np.float64)


def close(got: object, entry: dict[str, Any]) -> bool:
    """Say whether a value lies within the tolerance that its reference states."""
    return bool(np.allclose(got, entry["value"], rtol=entry["rtol"], atol=entry["atol"]))


def read(folder: Path, name: str) -> Reference:
    content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    columns: dict[str, NDArray[np.str_]] = {}
    for file in content["inputs"].get("csv", {}).values():
        with (folder / file).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        columns.update({key: np.array([row[key] for row in rows]) for key in rows[0]})
    return Reference(content["inputs"], content["expected"], columns)


@pytest.fixture
def reference() -> Callable[[str], Reference]:
    """Return a reader of the cases that lie in this folder."""
    return lambda name: read(HERE, name)


@pytest.fixture
def shared_reference() -> Callable[[str], Reference]:
    """Return a reader of the two cases with GPL data, which are not copied."""
    shared = Path(os.environ.get("SURVEILLANCE_SHARED") or HERE.parents[2] / "shared")

    def find(name: str) -> Reference:
        if not (shared / "fixtures" / f"{name}.json").exists():
            pytest.skip(f"reference case {name} holds GPL data and is not here: set SURVEILLANCE_SHARED")
        return read(shared / "fixtures", name)

    return find


@pytest.fixture
def agrees() -> Callable[[object, dict[str, Any]], bool]:
    """Return the comparison with a reference entry."""
    return close
