"""A small log with everything that files do to one another, and ways to split it into files that come in any order."""

from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pandas as pd

WEEKS, STUDIES = 6, 40
PROFILES = {"results": "canonical", "outcomes": "canonical-outcomes", "orders": "canonical-orders"}
Tables = dict[str, pd.DataFrame]


def tables(words: ModuleType) -> Tables:
    """Return results, outcomes and orders whose rows repeat, correct, contradict and complete one another."""
    results, outcomes = words.tables()
    chosen = pd.concat([words.results(week).head(STUDIES) for week in range(WEEKS)], ignore_index=True)
    truths = outcomes[outcomes["case_id"].isin(chosen["case_id"])].reset_index(drop=True)
    ordered = orders(chosen, results)
    chosen.loc[::3, "scanner"] = ""  # the order of the study says which
    chosen.loc[chosen["acquired_at"] >= words.monday(3).isoformat(), "version"] = "3.3.0"
    chosen.loc[5::40, "version"] = "nobody registered this"
    read_again = chosen[2::29].assign(score="0.9", called="true")
    later = read_again.assign(result_at=moved(read_again["result_at"], hours=3))
    contradicting = chosen[3::31].assign(score="0.8", scanner="CT9")
    blank = chosen[4::37].assign(score="", called="", status="failed")
    results = pd.concat([chosen, later, contradicting, blank], ignore_index=True)
    corrected = truths[1::9].assign(truth="indeterminate")
    corrected["truth_recorded_at"] = moved(corrected["truth_recorded_at"], hours=30)
    second = truths[2::7].assign(truth="0", truth_source="report")
    opposed = truths[3::13].assign(truth=truths["truth"].map({"1": "0", "0": "1"}))  # one source, one time
    settled = opposed[::4].assign(truth="1", truth_recorded_at=moved(opposed["truth_recorded_at"][::4], hours=50))
    told = pd.concat([truths, corrected, second, opposed, settled])
    return {"results": results, "outcomes": told, "orders": ordered}


def opposed(words: ModuleType) -> set[str]:
    """Return the studies of which one source says two things at one time; a later truth settles some of them."""
    told = tables(words)["outcomes"]
    key = ["case_id", "truth_source", "truth_recorded_at"]
    return set(told.loc[told.groupby(key)["truth"].transform("nunique") > 1, "case_id"])


def orders(read: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return an order for most studies that were read and for some that were not, some twice, one in nine of another
    pathway."""
    never = read[7::11].assign(case_id="never" + read["case_id"].str[-6:])
    table = pd.concat([read.drop(index=read.index[6::25]), never], ignore_index=True)[list(known.columns)]
    table = table[["case_id", "site", "acquired_at", "scanner", "age_band", "sex"]]
    table = table.assign(pathway=np.where(np.arange(len(table)) % 9 == 4, "Trauma", "Acute stroke"))
    twice = table[3::13].assign(acquired_at=moved(table["acquired_at"][3::13], hours=26), scanner="CT8")
    same_time = table[6::19].assign(scanner="CT7", age_band="")
    return pd.concat([table, twice, same_time, table[5::17].assign(pathway="")], ignore_index=True)


def moved(moments: "pd.Series[str]", *, hours: int) -> "pd.Series[str]":
    """Return moments some hours later, written as they were."""
    at = pd.to_datetime(moments, utc=True, format="ISO8601") + pd.Timedelta(hours=hours)
    return at.dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def files(whole: Tables, rng: np.random.Generator, last: str = "") -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield every row of every table in at least one file: files of random sizes, overlapping, in any order.

    The files of one kind may be asked to come last: what they bring must then be noticed by themselves.
    """
    parts: list[tuple[str, pd.DataFrame]] = []
    for kind, table in whole.items():
        number = int(rng.integers(1, 6))
        home = np.searchsorted(np.sort(rng.random(number - 1)), rng.random(len(table)))
        for place in range(number):
            held = (home == place) | (rng.random(len(table)) < rng.choice([0.0, 0.1, 0.5]))
            parts.append((kind, table[held].sample(frac=1, random_state=int(rng.integers(2**31)))))
        again = parts[-1][1]
        parts.append((kind, again.sample(frac=1, random_state=int(rng.integers(2**31)))))
    order = [parts[place] for place in rng.permutation(len(parts))]
    for kind, part in sorted(order, key=lambda part: part[0] == last):
        if len(part):
            yield kind, part
