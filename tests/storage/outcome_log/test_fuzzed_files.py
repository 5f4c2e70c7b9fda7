"""Every fuzzed file is refused in words, or every accepted cell is the expected one and every other row is held."""

from collections import Counter

import pandas as pd
import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import ParsedFile, held_csv, read_log
from tests.storage.outcome_log.fuzzed_files import FuzzedFile, make_file

CASES = ("case_id", "version", "acquired_at", "score", "called", "scanner")
OUTCOMES = ("truth", "recorded_at")
TOLERANCE = 1e-9  # a score in per cent is divided by 100


def outcome_of(file: FuzzedFile) -> tuple[str, Counter]:
    """Read a file and compare it with what was meant; anything wrong fails."""
    counts: Counter = Counter()
    try:
        parsed = read_log(file.data, "fuzzed", file.profile)
    except FileRefused as refused:
        said = str(refused)
        assert said[0].isupper()
        assert said.endswith(".")
        assert len(said) > 30
        assert not file.certain, said
        return "refused", counts
    assert not file.must_refuse, file.damage
    compare(file, parsed, counts)
    held_csv(parsed)
    return "read", counts


def compare(file: FuzzedFile, parsed: ParsedFile, counts: Counter) -> None:
    """Compare what was accepted cell by cell, and look that nothing has vanished."""
    rows = {row.line: row for row in file.rows}
    held = {fault.line for fault in parsed.held}
    again = repeated_truths(file)
    assert all(fault.rule and fault.fix for fault in parsed.held)
    accepted = {
        line: {**case, **dict.fromkeys(OUTCOMES)}
        for line, case in zip(parsed.cases["line"], parsed.cases[list(CASES)].to_dict("records"), strict=True)
    }
    for line, outcome in zip(parsed.outcomes["line"], parsed.outcomes[list(OUTCOMES)].to_dict("records"), strict=True):
        for own in (line, *again.get(line, ())):
            if own in accepted:
                accepted[own] |= outcome
    assert not held & set(accepted)
    for line, cells in accepted.items():
        row = rows.get(line)
        if rows[max((start for start in rows if start <= line), default=file.rows[0].line)].touched:
            continue  # the record that begins there, or the rest of one that was broken in two
        assert row is not None, f"line {line} is no row"
        assert not row.fault, (line, row.fault, cells)
        for ours, meant in row.meant.items():
            assert same(cells[ours], meant), (line, ours, cells[ours], meant)
        counts["cells"] += len(row.meant)
    twice = Counter(tuple(row.meant.items()) for row in file.rows)
    swallowed = any(row.touched for row in file.rows)
    for line, row in rows.items():
        if line in accepted or line in held or row.touched or swallowed:
            continue
        assert twice[tuple(row.meant.items())] > 1, f"line {line} is neither accepted nor held"
    if file.certain:
        clock = [row for row in file.rows if row.meant["acquired_at"] is not None]
        good = [r for r in clock if not r.fault and (r.meant["truth"] is None or r.meant["recorded_at"] is not None)]
        assert {r.line for r in good} - set(accepted) <= {r.line for r in good if twice[tuple(r.meant.items())] > 1}
    counts["stored"] += len(accepted)
    counts["held"] += len(held)


def repeated_truths(file: FuzzedFile) -> dict[int, list[int]]:
    """Return for a line the later lines that repeat its truth word for word: it is kept once, under the first.

    Where damage has made the rest of one of the two rows another, both studies are kept and share that truth.
    """
    keys = {row.line: tuple(row.meant[name] for name in ("case_id", *OUTCOMES)) for row in file.rows}
    return {line: [other for other in keys if other > line and keys[other] == keys[line]] for line in keys}


def same(found: object, meant: object) -> bool:
    """Return whether a cell is the expected one."""
    if meant is None or pd.isna(found):
        return meant is None and bool(pd.isna(found))
    return abs(found - meant) < TOLERANCE if isinstance(meant, float) else found == meant


def run(seeds: range) -> Counter:
    """Read many files and count what became of them."""
    total: Counter = Counter()
    for seed in seeds:
        try:
            became, counts = outcome_of(make_file(seed))
        except BaseException as error:
            raise AssertionError(f"file {seed}: {error!r}") from error
        total[became] += 1
        total += counts
    return total


@pytest.mark.parametrize("part", range(4))
def test_two_thousand_files_are_refused_or_right(part):
    total = run(range(500 * part, 500 * part + 500))

    assert total["read"] > 250  # the promise would be empty if most were refused
    assert total["stored"] > 3_000


@pytest.mark.fuzz
def test_ten_thousand_files_are_refused_or_right(record_property):
    total = run(range(10_000, 20_000))

    record_property("figures", dict(total))
    assert total["read"] > 5_000
