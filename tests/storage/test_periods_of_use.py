"""Who was in use at a moment, told from what was read and what the register says; and whose order is eligible."""

import pandas as pd
import pytest

from surveillance.storage.orders import SHARED, each_study_once, filled
from surveillance.storage.periods_of_use import START, Reader, in_use
from surveillance.storage.times import EVER

ALWAYS = (START, EVER)


def reader(number, first=None, last=None, *statuses, own=ALWAYS):
    """A version that read studies from `first` to `last`."""
    return Reader(number, own, None if first is None else (first, last), statuses)


CASES = {
    "one version, within, after and before": ([reader(1, 10, 20)], {5: None, 15: 1, 25: 1}),
    "the later version from its first study on": ([reader(1, 0, 12), reader(2, 10, 30)], {9: 1, 10: 2, 20: 2, 40: 2}),
    "a gap between two versions is the earlier one's": ([reader(1, 0, 10), reader(2, 20, 30)], {15: 1}),
    "a version that came back": ([reader(1, 0, 40), reader(2, 10, 20)], {7: 1, 15: 2, 25: 1, 35: 1, 50: 1}),
    "shadow reading": ([reader(1, 0, 12, (0, "in_use")), reader(2, 1, 30, (0, "commissioning"))], {5: 1, 20: 1}),
    "a stopped version, nobody else": ([reader(1, 0, 30, (0, "in_use"), (10, "stopped"))], {5: 1, 10: None, 20: None}),
    "a stopped version, and the one before it": (
        [reader(1, 0, 9), reader(2, 10, 19, (20, "stopped"))],
        {15: 2, 19: 2, 20: None, 25: None},
    ),
    "a stopped version, and the one before it put back in use": (
        [reader(1, 0, 9, (22, "in_use")), reader(2, 10, 19, (20, "stopped"))],
        {15: 2, 21: None, 25: 1},
    ),
    "a retired version and its successor that is silent": (
        [reader(1, 0, 19, (20, "retired")), reader(2, None, None, (20, "in_use"))],
        {19: 1, 25: 2},
    ),
    "a version that died while its successor read in the shadow": (
        [reader(1, 0, 12, (0, "in_use")), reader(2, 1, 30, (0, "commissioning"))],
        {20: 1, 35: 1},
    ),
    "resumed": ([reader(1, 0, 30, (10, "stopped"), (20, "in_use"))], {15: None, 20: 1}),
    "before any status the log says": ([reader(1, 0, 30, (50, "in_use"))], {5: 1, 40: 1}),
    "in use before its first result": ([reader(1, 20, 30, (10, "in_use"))], {5: None, 15: 1}),
    "in use and silent beside one that reads": (
        [reader(1, 0, 30), reader(2, None, None, (10, "in_use"))],
        {20: 1, 31: 1},
    ),
    "in use and silent after one that ended": ([reader(1, 0, 5), reader(2, None, None, (10, "in_use"))], {7: 1, 12: 2}),
    "an unregistered successor": ([reader(1, 0, 10), reader(None, 12, 30)], {11: 1, 20: None, 40: None}),
    "a stray unregistered row": ([reader(1, 0, 30), reader(None, 3, 9)], {5: 1, 40: 1}),
    "two thresholds": ([reader(1, 0, 9, own=(START, 10)), reader(1_000, 10, 30, own=(10, EVER))], {9: 1, 10: 1_000}),
    "nobody": ([], {5: None}),
}


@pytest.mark.parametrize("name", CASES)
def test_the_version_in_use(name):
    readers, expected = CASES[name]
    assert {at: in_use(readers, at) for at in expected} == expected
    assert {at: in_use(readers[::-1], at) for at in expected} == expected  # in whatever order they are listed


def ordered(*studies):
    """Orders an hour apart: (pseudonym, pathway)."""
    rows = [
        {"case_id": case, "acquired_at": place, "pathway": pathway} for place, (case, pathway) in enumerate(studies)
    ]
    return pd.DataFrame(rows, columns=["case_id", "acquired_at", "pathway"])


def test_a_plans_pathway_selects_and_an_order_without_one_is_eligible():
    rows = ordered(("a", "CT head"), ("b", "acute STROKE "), ("c", None), ("a", "Acute stroke"))

    assert each_study_once(rows, "Acute stroke")["case_id"].tolist() == ["b", "c", "a"]
    assert each_study_once(rows)["case_id"].tolist() == ["a", "b", "c"]


def test_a_results_word_stands_and_an_order_fills_its_blanks():
    cases = pd.DataFrame({"case_id": ["p1", "p2", "p3"], **dict.fromkeys(SHARED)})
    cases["scanner"] = ["CT1", None, None]
    said = ordered(("p1", "ED"), ("p2", "ED")).assign(**dict.fromkeys(SHARED)).assign(scanner="CT2")

    assert filled(cases, said)["scanner"].fillna("").tolist() == ["CT1", "CT2", ""]
