"""Late data of one site restate the weeks of the sites that share its baseline, and data past the baseline none."""

from datetime import date, timedelta

import pytest

from surveillance.services.stored_series import read_series
from surveillance.storage.evaluations import series

OTHER, WEEKS = "Alderton", 8
BASELINE = {"from": date(2025, 3, 3), "to": date(2025, 3, 30), "minimum_positives": 20, "minimum_batches": 2,
            "pool_sites": True}  # fmt: skip


def moved(words, table):
    return table.assign(site=OTHER, case_id="other" + table["case_id"].astype(str))


def shown_of_first(ward):
    """Return what is shown of the first site: its points and charts, and every week's baseline."""
    with ward.store.read() as connection:
        kept = read_series(connection, 1)
        weeks = {
            row.as_of: row.summary["baseline"] for row in sorted(series(connection, 1), key=lambda one: one.seen_by)
        }
    lines = {name: line.statistic.tobytes() for name, line in kept.lines.items()}
    return kept.points.value.tobytes(), kept.points.n.tobytes(), kept.summary["baseline_words"], lines, weeks


@pytest.fixture
def pooled(beside, words):
    def made():
        ward = beside()
        ward.plan(words.plan_toml(plan="both", sites=[words.SITE, OTHER], baseline=BASELINE))
        ward.register(site=OTHER)
        return ward

    return made


def tell(ward, words, week, late=()):
    """Load a week of both sites; `late` studies of the other site stay away, with their truths."""
    at = words.monday(week)
    for name, table in (("results", words.results(week)), ("outcomes", words.outcomes(week))):
        if not len(table):
            continue
        ward.load(table, at, name=f"{name}-{week}.csv")
        others = moved(words, table)
        here = others[~others["case_id"].isin(late)]
        if len(here):
            ward.load(here, at, name=f"other-{name}-{week}.csv")


def late_studies(words, week):
    return set(moved(words, words.results(week))["case_id"].iloc[::3])


@pytest.mark.parametrize("what", ["results", "outcomes", "both"])
def test_late_data_of_a_site_restate_the_weeks_of_the_sites_that_share_its_baseline(pooled, words, shelf, what):
    if shelf.engine != "sqlite" and what != "both":
        pytest.skip("on PostgreSQL both kinds come late together")
    late = late_studies(words, 1)
    ward, whole = pooled(), pooled()
    truths = [words.outcomes(week) for week in range(WEEKS)]
    for week in range(WEEKS):
        tell(whole, words, week)
        at = words.monday(week)
        for name, table in (("results", words.results(week)), ("outcomes", truths[week])):
            if len(table):
                ward.load(table, at, name=f"{name}-{week}.csv")
                others = moved(words, table)
                away = others["case_id"].isin(late) & (what in (name, "both"))
                if (~away).any():
                    ward.load(others[~away], at, name=f"other-{name}-{week}.csv")
        ward.evaluate(at)
    at = words.monday(WEEKS)
    whole.evaluate(at)
    before = shown_of_first(ward)
    if what != "outcomes":
        results = moved(words, words.results(1))
        ward.load(results[results["case_id"].isin(late)], at, name="late-results.csv")
    if what != "results":
        for week, table in enumerate(truths):
            others = moved(words, table)
            if (others["case_id"].isin(late)).any():
                ward.load(others[others["case_id"].isin(late)], at + timedelta(minutes=week), name=f"late-{week}.csv")
    run = ward.evaluate(at + timedelta(hours=1))

    assert any("Millford" in title for title in run.restated_from)
    assert shown_of_first(ward) == shown_of_first(whole)
    assert shown_of_first(ward) != before


def test_a_site_that_is_registered_late_brings_its_baseline_to_the_others(beside, words):
    ward, whole = beside(), beside()
    for one in (ward, whole):
        one.plan(words.plan_toml(plan="both", sites=[words.SITE, OTHER], baseline=BASELINE))
    whole.register(site=OTHER)
    for week in range(WEEKS):
        tell(ward, words, week)
        tell(whole, words, week)
    ward.evaluate(words.monday(WEEKS))
    whole.evaluate(words.monday(WEEKS))
    assert shown_of_first(ward) != shown_of_first(whole)

    ward.register(site=OTHER, at=words.monday(WEEKS) + timedelta(hours=1))
    ward.evaluate(words.monday(WEEKS) + timedelta(hours=2))

    assert shown_of_first(ward) == shown_of_first(whole)


def test_new_weeks_past_the_baseline_restate_nothing_of_another_site(pooled, words):
    ward = pooled()
    for week in range(WEEKS):
        tell(ward, words, week)
    at = words.monday(WEEKS)
    ward.evaluate(at)
    newer = moved(words, words.results(WEEKS))
    truths = moved(words, words.outcomes(WEEKS))
    past = truths[truths["case_id"].isin(moved(words, words.results(WEEKS - 1))["case_id"])]
    ward.load(newer, at, name="newer.csv")
    ward.load(past, at, name="past.csv")
    run = ward.evaluate(words.monday(WEEKS + 1))

    assert not any("Millford" in title for title in run.restated_from)
