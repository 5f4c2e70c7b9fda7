"""The sources of the product, read and parsed once for every contract test."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("surveillance", "dashboard")
NOT_OURS = {".venv", ".git", "__pycache__", "build", "dist", "node_modules"}


@dataclass(frozen=True)
class Source:
    """One Python file of the product: where it lies, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    def __repr__(self) -> str:
        return f"Source({self.path})"

    def under(self, *folders: str) -> bool:
        """Say whether the file lies in one of these folders."""
        return any(self.path.startswith(f"{folder}/") for folder in folders)

    def at(self, node: ast.AST) -> str:
        """Return file and line, as an editor opens them."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> tuple[Source, ...]:
    """Return every Python file of both packages, parsed."""
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    texts = [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in files]
    return tuple(Source(path, text, ast.parse(text)) for path, text in texts)


@pytest.fixture(scope="session")
def documents() -> tuple[Path, ...]:
    """Return every Markdown page of the checkout."""
    pages = (path for path in ROOT.rglob("*.md") if not _foreign(path))
    return tuple(sorted(pages))


@pytest.fixture(scope="session")
def committed_texts() -> tuple[Path, ...]:
    """Return every file of the checkout that a person or a tool reads as text; logs of cases are left out."""
    kinds = {".py", ".md", ".toml", ".txt", ".cfg", ".yml", ".yaml", ".ini", ".sql", ".json", ".html", ".css"}
    named = {"Makefile", "LICENSE", "run", ".gitignore", ".gitattributes"}
    found = (path for path in ROOT.rglob("*") if path.is_file() and not _foreign(path))
    return tuple(sorted(path for path in found if path.suffix in kinds or path.name in named))


def _foreign(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in NOT_OURS or part.endswith(("_cache", ".egg-info")) for part in parts)
