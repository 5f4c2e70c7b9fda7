"""Data quality: what a page says of orders, results and truths is what was put into the files."""

import csv
import io

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotFound
from surveillance.services import intake, quality_counts
from surveillance.services.data_quality import conflicting_rows, data_quality
from surveillance.services.quality_file import quality_file
from surveillance.services.quality_fleet import all_deployments
from surveillance.services.throughput import throughput

WEEKS = 3  # 2025-W10 to W12; the page shows four, the first without a study


def load(ward, words, table, kind, at):
    """Load a table through its canonical profile."""
    who = words.actor(Role.DATA_MANAGER)
    given = intake.preview(who, ward.store, words.csv(table), f"{kind} {at:%H%M}.csv", f"canonical-{kind}", at=at)
    return intake.commit(who, ward.store, given, choice="keep", at=at)


def page(ward, words, at=None, last_weeks=4, role=Role.RADIOGRAPHER):
    at = words.monday(WEEKS - 1) if at is None else at
    return data_quality(words.actor(role), ward.store, 1, last_weeks=last_weeks, at=at)


@pytest.fixture
def loaded(ready, words):
    """A ward with three weeks of results and outcomes, and no orders."""
    for week in range(WEEKS):
        ready.load(words.results(week), words.monday(week))
        if len(words.outcomes(week)):
            ready.load(words.outcomes(week), words.monday(week))
    return ready


@pytest.fixture
def ordered(loaded, words):
    """The same with orders of weeks 1 and 2: all but five studies of week 2, six that never arrived, two of trauma."""
    read = pd.concat([words.results(1), words.results(2)])
    unordered = words.results(2).query("status == 'processed'")["case_id"].head(5)
    known = read[~read["case_id"].isin(unordered)].assign(pathway="Acute stroke")
    never = words.results(2).head(6).assign(case_id=[f"never{n}" for n in range(6)], pathway="acute stroke")
    trauma = words.results(2).head(2).assign(case_id=["trauma0", "trauma1"], pathway="Trauma")
    orders = pd.concat([known, never, trauma])[["case_id", "site", "acquired_at", "pathway"]]
    load(loaded, words, orders, "orders", words.monday(WEEKS - 1))
    return loaded


def test_the_newest_week_is_told_as_the_orders_have_it(ordered, words):
    week = words.results(2)
    failed = int((week["status"] == "failed").sum())
    eligible, read = len(week) - 5 + 6, len(week) - 5 - failed
    said = page(ordered, words)
    assert said.sentences[0] == (
        f"Orders say {eligible} studies were eligible in week 12; the AI has results for {read}; 6 never arrived,"
        f" {failed} failed."
    )
    both = len(words.results(1)) + len(week)
    assert (
        f"Of {both} results in the 2 of weeks 9–12 that have orders, 5 have no order and count as eligible."
        in " ".join(said.sentences)
    )
    assert "2 studies in weeks 9–12 have orders of pathways that the plan does not name: Trauma 2." in said.sentences
    assert [one.ordered for one in said.weeks] == [None, None, len(words.results(1)), eligible]


def test_results_of_other_pathways_are_told_apart_and_no_truth_of_them_is_expected(loaded, words):
    week = words.results(2)
    orders = week[["case_id", "site", "acquired_at"]].assign(pathway="Acute stroke")
    orders.iloc[:9, -1] = "Trauma"
    load(loaded, words, orders, "orders", words.monday(WEEKS - 1))
    said = page(loaded, words)
    assert "9 have an order of another pathway: they are not of the population of the plan" in " ".join(said.sentences)
    processed = week["status"].iloc[9:] == "processed"
    assert (said.weeks[-1].ordered, said.weeks[-1].expected) == (len(week) - 9, int(processed.sum()))


def test_orders_that_never_name_the_plans_pathway_are_told_as_no_denominator(loaded, words):
    orders = words.results(2)[["case_id", "site", "acquired_at"]].assign(pathway="CTH")
    load(loaded, words, orders, "orders", words.monday(WEEKS - 1))
    said = page(loaded, words)
    assert "never name the pathway of the plan" in said.sentences[0]
    assert any("CTH" in sentence for sentence in said.sentences)
    assert said.weeks[-1].ordered is None


def test_without_orders_it_says_whose_the_denominator_is(loaded, words):
    said = page(loaded, words)
    assert said.sentences[0] == (
        f"No orders are loaded in week 12, so the denominator is the results' own: {len(words.results(2))} studies."
        " A study that never reached the AI is not seen."
    )
    assert said.files[0] == ("orders", "never", "No file of orders of Millford is loaded.")
    loaded.evaluate(words.monday(WEEKS - 1))
    told = throughput(words.actor(Role.RC_AI), loaded.store, 1)
    assert told.versions[0].startswith("No orders of Millford are loaded")


def test_truths_are_those_of_the_file(loaded, words):
    results = pd.concat([words.results(week) for week in range(WEEKS)])
    outcomes = pd.concat([words.outcomes(week) for week in range(WEEKS)])
    processed = results[results["status"] == "processed"]
    here = outcomes[outcomes["case_id"].isin(processed["case_id"])].drop_duplicates("case_id")
    weeks = page(loaded, words).weeks
    assert sum(one.expected for one in weeks) == len(processed)
    assert sum(one.arrived for one in weeks) == len(here)
    assert sum(sum(one.by_source) for one in weeks) >= len(here)


def test_lines_in_conflict_are_listed_both_with_what_counts(loaded, words):
    clean = page(loaded, words)
    one = words.results(1).query("status == 'processed'").head(1)
    loaded.load(one.assign(score="0.987"), words.monday(WEEKS), name="again.csv")
    truth = words.outcomes(1).head(1)
    other = truth.assign(truth=truth["truth"].map({"0": "1", "1": "0", "indeterminate": "1"}))
    loaded.load(other, words.monday(WEEKS), name="other.csv")

    said = page(loaded, words, words.monday(WEEKS))
    rows = conflicting_rows(words.actor(Role.PHYSICIST), loaded.store, 1, last_weeks=4, at=words.monday(WEEKS))

    assert (clean.conflicting, said.conflicting) == (0, 2)
    assert [(row.case_id, row.what) for row in rows] == [
        *[(one["case_id"].item(), "result")] * 2,
        *[(truth["case_id"].item(), "truth")] * 2,
    ]
    assert {row.file for row in rows} >= {"again.csv", "other.csv"}
    assert [row.counts for row in rows if row.what == "result" and "0.987" in row.says] == ["this one counts"]
    assert {row.counts for row in rows if row.what == "truth"} == {"neither counts"}


def test_repeats_are_counted_among_their_rows(loaded, words):
    loaded.load(words.results(1).head(30), words.monday(WEEKS), name="overlap.csv")
    rows = sum(len(words.results(week)) for week in range(WEEKS)) + 30
    said = page(loaded, words, words.monday(WEEKS))
    assert (
        f"Of {rows} rows of results in weeks 9–12, 30 repeat another row word for word and count once."
        in said.sentences
    )


def test_a_scanner_and_a_version_seen_first_are_named_with_their_week(loaded, words):
    table = words.results(2).head(8).assign(case_id=[f"new{n}" for n in range(8)])
    loaded.load(table.head(5).assign(scanner="CT-new"), words.monday(WEEKS), name="scanner.csv")
    loaded.load(table.tail(3).assign(version="9.9"), words.monday(WEEKS), name="version.csv")
    said = page(loaded, words, words.monday(WEEKS))
    assert ("Scanner", "CT-new", "2025-W12", "5 rows") in said.first_seen
    assert ("Version", "9.9", "2025-W12", "") in said.first_seen
    assert "3 studies carry version 9.9, which is not registered: in quarantine." in said.sentences


def test_a_page_read_again_reads_no_study_until_something_is_loaded(ordered, words):
    quality_counts.counted.cache_clear()
    for _ in range(3):
        page(ordered, words)
    assert quality_counts.counted.cache_info().misses == 1
    before = page(ordered, words).weeks[-1]
    ordered.load(words.results(3), words.monday(3))
    assert page(ordered, words).weeks[-1].week_end > before.week_end


def test_the_file_holds_every_week_and_leaves_blank_what_no_order_says(ordered, words):
    said = page(ordered, words)
    rows = list(csv.DictReader(io.StringIO(quality_file(said.weeks).decode())))
    assert [row["week"] for row in rows] == ["2025-W09", "2025-W10", "2025-W11", "2025-W12"]
    assert [row["ordered"] for row in rows][:2] == ["", ""]
    assert rows[3]["never_arrived"] == "6"
    assert sum(int(row["results"]) for row in rows) == sum(len(words.results(week)) for week in range(WEEKS))


def test_every_deployment_has_its_row_before_and_after_its_first_log(ready, words):
    before = all_deployments(words.actor(Role.GOVERNANCE), ready.store, at=words.monday(0))
    ready.tell(0)
    (after,) = all_deployments(words.actor(Role.GOVERNANCE), ready.store, at=words.monday(0))
    assert [(row.week, row.studies, row.denominator) for row in before] == [("", "", "the results' own")]
    assert (after.week, after.studies) == ("2025-W10", str(len(words.results(0))))
    assert after.files == "orders never, results today, outcomes today"


def test_before_any_log_the_page_has_no_week_and_asks_for_weeks_it_offers(ready, words):
    assert page(ready, words, words.monday(0)).weeks == ()
    with pytest.raises(NotFound, match="4, 13, 26 weeks"):
        page(ready, words, last_weeks=5)
