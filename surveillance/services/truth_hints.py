"""Why a truth may name no study: where its number differs from one that is here only in how it is written."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection

from surveillance.storage.named_studies import same_number

LOOKED_FOR = 500
ZEROS = r"(^|[^0-9])0+([0-9])"


@dataclass(frozen=True, slots=True)
class Hint:
    """How many truths would name a study if their number were written otherwise; `example` is (theirs, the study's).

    `place` is where a study of the very same number is; `words` are then "".
    """

    words: str
    count: int
    example: tuple[str, str]
    place: str = ""


def hints_for(connection: Connection, waiting: pd.DataFrame, here: pa.ChunkedArray) -> tuple[Hint, ...]:
    """Say what may be wrong with truths of one product and site that name none of the studies there.

    Each is told by the first that fits: letter case, leading zeros, both, another site or product. Nothing is joined.
    """
    found, left = [], waiting
    for words, lower, bare in (
        ("letter case", True, False),
        ("leading zeros", False, True),
        ("letter case and leading zeros", True, True),
    ):
        mine = pa.array(left["case_id"], pa.large_string())
        place = pc.index_in(_written(mine, lower=lower, bare=bare), _written(here, lower=lower, bare=bare))
        fits = place.is_valid().to_numpy(zero_copy_only=False)
        if fits.any():
            row = int(fits.argmax())
            found.append(Hint(words, int(fits.sum()), (mine[row].as_py(), here[place[row].as_py()].as_py())))
            left = left[~fits]
    return (*found, *_elsewhere(connection, left)) if len(left) else tuple(found)


def _written(texts: pa.Array | pa.ChunkedArray, *, lower: bool, bare: bool) -> pa.Array | pa.ChunkedArray:
    """Return numbers in one letter case, or without the zeros that fill them up.

    >>> _written(pa.array(["S007", "A100-010", "000"]), lower=True, bare=True).to_pylist()
    ['s7', 'a100-10', '0']
    """
    texts = pc.utf8_lower(texts) if lower else texts
    return pc.replace_substring_regex(texts, ZEROS, r"\1\2") if bare else texts


def _elsewhere(connection: Connection, waiting: pd.DataFrame) -> list[Hint]:
    """Say where studies of the same number are, of the first truths only where there are very many."""
    numbers = waiting["case_id"].value_counts(sort=False)[:LOOKED_FOR]
    model, site = str(waiting["model"].iloc[0]), str(waiting["site"].iloc[0])
    counts: Counter[str] = Counter()
    example: dict[str, str] = {}
    for number, its_model, its_site in same_number(connection, [str(one) for one in numbers.index]):
        under = "" if its_model == model else f"under the product {its_model}"
        place = " ".join(part for part in (under, "" if its_site == site else f"at {its_site}") if part)
        if place:
            counts[place] += int(numbers[number])
            example.setdefault(place, number)
    return [Hint("", count, (example[place],) * 2, place) for place, count in counts.most_common(3)]
