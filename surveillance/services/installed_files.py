"""Finding the files that ship with the product: in the installed package, else in the checkout."""

from pathlib import Path

from surveillance.errors import NotFound

PACKAGE = Path(__file__).resolve().parent.parent


def installed(relative: str) -> Path:
    """Return the path of a shipped file or folder, such as `data/synthetic`.

    Raises
    ------
    NotFound
        If neither the package nor the checkout holds it.
    """
    for root in (PACKAGE / "installed", PACKAGE.parent):
        if (root / relative).exists():
            return root / relative
    raise NotFound(f"The installation lacks {relative}; install the product again.")
