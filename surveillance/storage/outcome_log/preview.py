"""The first accepted rows as text, to show what was understood."""

import pandas as pd

TIMES = ("acquired_at", "result_at", "recorded_at")
ROWS = 5


def first_rows(frame: pd.DataFrame) -> tuple[dict[str, str], ...]:
    """Return up to five rows, column -> text, times in UTC, columns without any value left out.

    Examples
    --------
    >>> first_rows(pd.DataFrame({"case_id": ["00123"], "acquired_at": [0], "scanner": [None]}))
    ({'case_id': '00123', 'acquired_at': '1970-01-01T00:00:00+00:00'},)
    """
    rows = []
    for _, row in frame.head(ROWS).astype(object).iterrows():
        shown = {}
        for name, value in row.items():
            if name == "line" or pd.isna(value):
                continue
            shown[str(name)] = (
                pd.Timestamp(int(value), unit="us", tz="UTC").isoformat() if name in TIMES else str(value)
            )
        rows.append(shown)
    return tuple(rows)
