"""A small results file and its profile, for tests that change one thing at a time."""

from collections.abc import Callable

import pytest

from surveillance.storage.outcome_log import ParsedFile, load_profile, read_log

PROFILE = """
profile = "northtown"
version = 1
file = "results"
{top}
[constants]
model = "NeuroFlag"
site = "Northtown"

[columns]
case_id = "Study"
version = "SW"
acquired_at = "Time"
score = "Score"
called = "Flag"
{columns}

[values]
called = {{ Y = true, N = false }}
{values}
{tables}
"""
HEADER = "Study,SW,Time,Score,Flag"
GOOD = "A1,3.2,2026-05-04T10:00:00Z,0.25,N"

Read = Callable[..., ParsedFile]


@pytest.fixture
def read() -> Read:
    """Read lines (or bytes) through the small profile, with further TOML put in its places."""

    def read_lines(
        *lines: str, top: str = "", columns: str = "", values: str = "", tables: str = "", header: str = HEADER
    ) -> ParsedFile:
        profile = load_profile(PROFILE.format(top=top, columns=columns, values=values, tables=tables))
        return read_log("\n".join([header, *lines]).encode(), "results.csv", profile)

    return read_lines
