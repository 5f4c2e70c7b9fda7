"""The worked examples in the screen's docstrings are true."""

import doctest
import importlib

import pytest

MODULES = [
    "dashboard.components.words",
    "dashboard.figures.labels",
    "dashboard.figures.palette",
    "dashboard.figures.scale",
]


@pytest.mark.parametrize("name", MODULES)
def test_worked_examples_are_true(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))

    assert tried > 0
    assert failed == 0
