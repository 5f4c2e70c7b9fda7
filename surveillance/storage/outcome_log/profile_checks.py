"""What the tables of a mapping profile must satisfy together."""

from collections.abc import Collection, Mapping

from surveillance.storage.outcome_log.column_names import ALLOWED, DATES, NUMBERS, VOCABULARY, Kind


def check_names(kind: Kind, tables: Mapping[str, Mapping[str, object]]) -> None:
    """Refuse a key that is no column of this kind of file, or does not suit its table.

    Raises
    ------
    ValueError
        Naming table and key.

    Examples
    --------
    >>> check_names("orders", {"columns": {"score": "Suspicion"}})
    Traceback (most recent call last):
    ValueError: columns.score is no column of an orders file
    """
    for table, keys in tables.items():
        for key in keys:
            if key not in ALLOWED[kind]:
                raise ValueError(f"{table}.{key} is no column of {'an' if kind[0] == 'o' else 'a'} {kind} file")
            if table == "dates" and (key not in DATES or key not in tables["columns"]):
                raise ValueError(f"dates.{key} is no date, or is not mapped in columns")
            if table in ("constants", "values", "prefix", "bands") and key in DATES:
                raise ValueError(f"{table}.{key}: {key} is a date and is described under dates")
            if table in ("values", "prefix", "bands") and key in NUMBERS:
                raise ValueError(f"{table}.{key}: {key} is a number; describe its scale under score")
            if table in ("values", "prefix", "bands") and key not in tables["columns"]:
                raise ValueError(f"{table}.{key} has nothing to act on: {key} is not mapped in columns")
            if table in ("prefix", "bands") and key in VOCABULARY:
                raise ValueError(f"{table}.{key}: {key} has words of its own; use values.{key}")


def check_truth(
    kind: Kind, columns: Mapping[str, str], constants: Mapping[str, str], optional: Collection[str], *, lag: bool
) -> None:
    """Refuse a profile whose truths would say neither when they were recorded nor how they were found.

    `lag` says whether the profile declares after how many days a truth counts as recorded. No figure mixes sources,
    so that a truth without one could count in none.

    Raises
    ------
    ValueError
        Naming what is missing.

    Examples
    --------
    >>> check_truth("outcomes", {"truth": "Finding", "truth_recorded_at": "Told"}, {}, (), lag=False)
    Traceback (most recent call last):
    ValueError: truth needs to say how it was found: map columns.truth_source, or where the whole file has one source
    write constants.truth_source = "report" (or adjudication, follow_up, audit)
    """
    dated = "truth_recorded_at" in columns
    if dated and lag:
        raise ValueError("outcome.lag_days and columns.truth_recorded_at exclude each other")
    if "truth" not in {*columns, *constants}:
        return
    if not dated and not (lag and kind == "results"):
        raise ValueError("truth needs columns.truth_recorded_at, or in a results file outcome.lag_days")
    if not constants.get("truth_source") and "truth_source" not in columns:
        first, *others = VOCABULARY["truth_source"]
        raise ValueError(
            "truth needs to say how it was found: map columns.truth_source, or where the whole file has one source "
            f'write constants.truth_source = "{first}" (or {", ".join(others)})'
        )
    if "truth_source" in optional and "truth" not in optional:
        raise ValueError("optional names truth_source, but a truth must say how it was found; take it out of optional")


def check_words(values: Mapping[str, Mapping[str, str]], constants: Mapping[str, str]) -> None:
    """Refuse a value map or a constant whose result is no word of the log ("" means not given).

    Raises
    ------
    ValueError
        Naming the key and the words there are.
    """
    results = [
        (f"values.{column}.{theirs}", column, ours)
        for column, table in values.items()
        for theirs, ours in table.items()
    ]
    results += [(f"constants.{column}", column, ours) for column, ours in constants.items()]
    for key, column, ours in results:
        words = VOCABULARY.get(column)
        if column in NUMBERS:
            check_number(key, ours)
        if words and ours not in ("", *words):
            raise ValueError(f"{key} gives '{ours}'; {column} is one of {', '.join(words)}")


def check_number(key: str, text: str) -> None:
    """Refuse a constant of a number column that is no number from 0 to 1."""
    try:
        inside = 0 <= float(text) <= 1
    except ValueError:
        inside = False
    if not inside:
        raise ValueError(f"{key} is '{text}', but must be a number from 0 to 1")


def as_texts(value: object) -> object:
    """Return TOML's true, false and numbers as the log's texts, in tables of tables too.

    Examples
    --------
    >>> as_texts({"called": {"Y": True, "N": False}, "sampling_fraction": 0.1})
    {'called': {'Y': '1', 'N': '0'}, 'sampling_fraction': '0.1'}
    """
    if isinstance(value, dict):
        return {key: as_texts(one) for key, one in value.items()}
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value) if isinstance(value, int | float) else value
