"""Order does not matter: however a log is split into files, and whichever comes first, it says the same."""

import importlib.util
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.services import exports, intake, stores
from surveillance.services.products import Registration, register_deployment

spec = importlib.util.spec_from_file_location("any_order_of_tests", Path(__file__).with_name("any_order.py"))
any_order = importlib.util.module_from_spec(spec)
spec.loader.exec_module(any_order)

SEEDS = {"sqlite": 8, "postgresql": 3}  # every day; two hundred of them with `make validate`
KINDS = ("orders", "results", "outcomes")


@pytest.fixture(scope="module")
def two_versions_url(shelf, ready_url, words):
    """Return a closed store with two versions registered at the site, of which one has a plan."""
    url = shelf.new(ready_url)
    with closing(stores.open_store(url)) as store:
        second = Registration(model=words.MODEL, version="3.3.0", site=words.SITE, finding="bleed", threshold=0.05)
        register_deployment(words.actor(Role.DATA_MANAGER), store, second, at=words.MADE_AT)
    yield url
    shelf.remove(url)


def told(shelf, url, words, files, evaluates=lambda: False):
    """Return what the exports say of a store that was told files in their order, as bytes."""
    own = shelf.new(url)
    who = words.actor(Role.DATA_MANAGER)
    at = words.monday(words.WEEKS)
    try:
        with closing(stores.open_store(own)) as store:
            for number, (kind, table) in enumerate(files):
                at += timedelta(minutes=1)
                name = f"{kind}-{number}.csv"
                given = intake.preview(who, store, words.csv(table), name, any_order.PROFILES[kind], at=at)
                assert given.parsed.rows_held == 0
                if not given.already_stored:  # a file of one row, shuffled, is the same file
                    intake.commit(who, store, given, choice="keep", at=at)
                if evaluates():
                    words.Ward(store).evaluate(at)
            words.Ward(store).evaluate(at + timedelta(minutes=1))
            said = []
            for export in (exports.cases, exports.points):
                columns, rows = export(words.actor(Role.PHYSICIST), store)
                said.append(words.csv(pd.DataFrame(rows, columns=columns)))
            return said
    finally:
        shelf.remove(own)


@pytest.fixture(scope="module")
def reference(shelf, two_versions_url, words):
    """Return what three whole files say, results first."""
    return told(shelf, two_versions_url, words, list(any_order.tables(words).items()))


def compare(shelf, url, words, reference, seeds, share=0.0):
    """Tell the log once a seed, evaluating after a share of the files, and compare the exports byte for byte."""
    for seed in seeds:
        rng = np.random.default_rng([seed, 7])
        last = KINDS[seed % len(KINDS)] if share else ""
        files = any_order.files(any_order.tables(words), rng, last)
        cases, points = told(shelf, url, words, files, lambda chance=rng: bool(chance.random() < share))
        assert cases == reference[0], f"cases differ, seed {seed}"
        assert points == reference[1], f"points differ, seed {seed}"


def test_the_log_of_these_tests_holds_every_kind_of_case(reference, words):
    cases = pd.read_csv(pd.io.common.BytesIO(reference[0]), dtype=str, keep_default_na=False)
    unread = cases[cases["status"] == "not_sent"]
    assert set(unread["version"]) == {"3.2.1", "3.3.0"}
    assert cases["case_id"].is_unique
    assert {"processed", "failed", "not_sent"} <= set(cases["status"])
    assert {"CT7", "CT8", "CT9"} & set(cases["scanner"])
    assert {"1", "0", "indeterminate"} <= set(cases["truth"])
    assert {True, False} == set(cases.loc[cases["case_id"].isin(any_order.opposed(words)), "truth"] == "")


def test_any_split_in_any_order_gives_the_same_cases_and_points(shelf, two_versions_url, words, reference):
    compare(shelf, two_versions_url, words, reference, range(SEEDS[shelf.engine]))


def test_evaluations_in_between_change_no_point(shelf, two_versions_url, words, reference):
    if shelf.engine != "sqlite":
        pytest.skip("PostgreSQL has the splits alone, SQLite evaluations between them too")
    compare(shelf, two_versions_url, words, reference, range(100, 100 + len(KINDS)), share=1.0)


@pytest.mark.validate
def test_two_hundred_splits_and_orders_give_the_same_cases_and_points(shelf, two_versions_url, words, reference):
    if shelf.engine == "sqlite":
        compare(shelf, two_versions_url, words, reference, range(1000, 1150))
        compare(shelf, two_versions_url, words, reference, range(1150, 1200), share=0.6)
