"""Whatever bytes come, the answer is rows, held rows or a sentence, never a traceback."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import ParsedFile, held_csv, load_profile, read_log, ready_profile

CANONICAL = load_profile(ready_profile("canonical"))
HEADER = "case_id,model,version,site,acquired_at,score,called,age_band,truth,truth_recorded_at\n"
CELLS = st.one_of(
    st.sampled_from(["", "A1", "00123", "NA", "1E5", "NaN", "1e999", "0.5", "0,5", "85", "true", "1", "indeterminate",
                     "2026-03-29T01:30", "2026-05-04T10:00:00Z", "03/04/2026", "46146", '"', "=1+1", "9990000018",
                     "\u2028", "\ufeff", "é", "a\tb", "0001-01-01T00:00Z", "9999-12-31T23:59Z", "\ud7ff", "\x1a"]),
    st.text(max_size=8),
)  # fmt: skip
LINES = st.lists(st.lists(CELLS, min_size=8, max_size=11), max_size=6)


def is_a_sentence(said: str) -> None:
    assert said[0].isupper()
    assert said.endswith(".")


def answers(data: bytes) -> None:
    try:
        parsed = read_log(data, "any", CANONICAL)
    except FileRefused as refused:
        is_a_sentence(str(refused))
    else:
        is_sound(parsed)


def is_sound(parsed: ParsedFile) -> None:
    assert parsed.rows_accepted + parsed.rows_held == parsed.rows
    assert parsed.cases["score"].dropna().between(0, 1).all()
    assert all(fault.line > 1 and fault.rule and fault.fix for fault in parsed.held)
    assert parsed.cases[["case_id", "version", "site"]].notna().all(axis=None)
    held_csv(parsed)


@settings(max_examples=150)
@given(LINES, st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]), st.sampled_from([",", ";", "\t"]))
def test_rows_of_odd_cells(rows, encoding, delimiter):
    text = HEADER.replace(",", delimiter) + "\n".join(delimiter.join(row) for row in rows)
    answers(text.encode(encoding, errors="replace"))


@settings(max_examples=150)
@given(st.binary(max_size=200), st.booleans())
@example(b"", True)
@example(b'"', True)
@example(b"\xff\xfe", False)
@example(b"\xff\xfeA", False)
@example(b"A1,m,1,s,2026-05-04T10:00:00Z,0.5,1,,,\r\n\x1a", True)
def test_any_bytes(data, after_a_header):
    answers(HEADER.encode() + data if after_a_header else data)
