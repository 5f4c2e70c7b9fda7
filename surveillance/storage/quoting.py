"""Writes a table's name as both engines read it."""

from sqlalchemy import Table


def quoted(name: str | Table) -> str:
    """Put a name of ours between double quotes, so that a word like case may be a table.

    >>> quoted("case")
    '"case"'
    """
    return f'"{name.name if isinstance(name, Table) else name}"'
