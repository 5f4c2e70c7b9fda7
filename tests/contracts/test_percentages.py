"""A percentage is written one way everywhere: digits, a space that does not break, the sign (98 %)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for part in ("surveillance", "dashboard") for path in (ROOT / part).rglob("*.py"))
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
TIGHT = re.compile(r"(?<!\\xa)\d%")  # "98\\xa0%" in an example ends in a digit too


def tight(text: str) -> Iterator[int]:
    """Yield the lines on which a text, or a value formatted into one, has its per cent sign without a space."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TIGHT.search(node.value):
            yield node.lineno
        if isinstance(node, ast.FormattedValue) and _spec(node).endswith("%"):
            yield node.lineno
        if isinstance(node, ast.JoinedStr):
            for before, after in zip(node.values, node.values[1:], strict=False):
                if isinstance(before, ast.FormattedValue) and not _space(before) and _text(after).startswith("%"):
                    yield node.lineno
        if isinstance(node, ast.keyword) and node.arg == "format" and _text(node.value) == "percent":
            yield node.value.lineno


def _space(node: ast.FormattedValue) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "NO_BREAK"


def _spec(node: ast.FormattedValue) -> str:
    parts = node.format_spec.values if isinstance(node.format_spec, ast.JoinedStr) else []
    return _text(parts[-1]) if parts else ""


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_code_writes_percentages_with_a_space() -> None:
    found = {f"{path.relative_to(ROOT)}:{line}" for path in FILES for line in tight(path.read_text(encoding="utf-8"))}

    assert sorted(found) == []


def test_pages_of_the_documentation_write_percentages_with_a_space() -> None:
    lines = [f"{path.name}: {line}" for path in PAGES for line in path.read_text(encoding="utf-8").splitlines()]

    assert [line for line in lines if TIGHT.search(line)] == []


@pytest.mark.parametrize(
    "source",
    ['f"{share:.0%}"', '"98%"', 'f"{share:.0f}%"', 'Column(format="percent")', 'f"{low:.1%} to {high}"'],
)
def test_the_wrong_ways_are_seen(source: str) -> None:
    assert list(tight(source))


@pytest.mark.parametrize(
    "source", ['f"{day:%d %b}"', '"%.1f %%"', '"98 %"', "percent(0.98)", "7 % 2", 'f"{share}{NO_BREAK}%"']
)
def test_dates_remainders_and_the_right_way_are_left_alone(source: str) -> None:
    assert list(tight(source)) == []
