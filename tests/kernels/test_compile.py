"""Kernels compile lazily, into a folder that an edit cannot leave stale, and without a folder too."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from surveillance.kernels.compile import cache_folder, kernel


def add_one(values: np.ndarray) -> np.ndarray:
    return values + 1


def share(part: float, whole: float) -> float:
    return part / whole


def test_importing_the_kernels_loads_no_compiler():
    code = "import sys, surveillance.kernels; sys.exit('numba' in sys.modules or 'scipy.stats' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_statistics_import_only_numpy_and_scipy_special():
    code = (
        "import sys, surveillance.metrics, surveillance.detectors;"
        "heavy = {'pandas', 'statsmodels', 'sklearn', 'numba', 'scipy.stats', 'scipy.linalg', 'scipy.optimize'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_cache_lies_in_the_state_folder_and_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))

    assert kernel(add_one)(np.arange(3)).tolist() == [1, 2, 3]
    assert list(cache_folder("").parent.rglob("*.nbi"))


def test_the_folder_is_named_after_the_sources_and_the_compiler(monkeypatch: pytest.MonkeyPatch):
    before = cache_folder("1.0")
    assert cache_folder("1.0") == before
    assert cache_folder("1.1") != before

    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read_bytes(path) + b"# edited")
    assert cache_folder("1.0") != before


def test_without_a_writable_folder_kernels_still_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path / "file"))

    assert kernel(add_one)(np.arange(3)).tolist() == [1, 2, 3]


def test_division_by_zero_is_numpys():
    assert np.isnan(kernel(share)(0.0, 0.0))
