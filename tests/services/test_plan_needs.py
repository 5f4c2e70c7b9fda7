"""Versions that wait for a plan, and the versions of a file: counted by hand from the rows that were loaded."""

from datetime import timedelta

import pandas as pd
import pytest

from surveillance.domain.plan_facts import Verified, prevalence_told
from surveillance.domain.roles import Role
from surveillance.services.plan_needs import waiting_for_plan
from surveillance.services.versions_seen import versions_seen
from surveillance.storage.outcome_log.ready_profiles import ready_profile


@pytest.fixture
def unplanned(bare, words):
    """A ward whose version is registered, three whole weeks and two days of it loaded, and no plan."""
    bare.register()
    for week in range(4):
        table = words.results(week)
        if week == 3:
            cut = (words.FIRST_MONDAY + timedelta(weeks=3, days=2)).isoformat()
            table = table[table["acquired_at"] < cut]
        bare.load(table, words.monday(week))
        if len(recorded := words.outcomes(week)):
            bare.load(recorded, words.monday(week) + timedelta(minutes=5))
    return bare


def test_volume_is_counted_in_whole_weeks_only(unplanned, actor, words):
    (facts,) = waiting_for_plan(actor(Role.RC_AI), unplanned.store, at=words.monday(5))
    first = (
        words.FIRST_MONDAY if (words.tables()[0]["acquired_at"].min()[:10] == words.FIRST_MONDAY.isoformat()) else None
    )
    weeks = range(0 if first else 1, 3)
    counted = [len(words.results(week).drop_duplicates("case_id")) for week in weeks]

    assert facts.whole_weeks == len(counted)
    assert facts.weekly == {words.SITE: pytest.approx(sum(counted) / len(counted))}
    assert facts.first == words.FIRST_MONDAY
    assert (facts.model, facts.version, facts.finding) == (words.MODEL, words.VERSION, "bleed")


def test_findings_are_counted_by_what_the_ai_said(unplanned, actor, words):
    (facts,) = waiting_for_plan(actor(Role.RC_AI), unplanned.store, at=words.monday(5))
    loaded = words.tables()[0]
    last = (words.FIRST_MONDAY + timedelta(weeks=3, days=2)).isoformat()
    cases = loaded[(loaded["acquired_at"] < last) & (loaded["status"] == "processed")]
    known = words.tables()[1]
    known = known[known["truth_recorded_at"] < (words.FIRST_MONDAY + timedelta(weeks=4)).isoformat()]
    truth = cases["case_id"].map(known.sort_values("truth_recorded_at").drop_duplicates("case_id", keep="last")
                                 .set_index("case_id")["truth"]).astype("string")  # fmt: skip
    flagged = cases["called"].astype(str).str.lower() == "true"

    for stratum, rows in ((facts.flagged, flagged), (facts.unflagged, ~flagged)):
        assert stratum.studies == int(rows.sum())
        assert stratum.known == int(truth[rows].isin(["0", "1"]).sum())
        assert stratum.positives == int((truth[rows] == "1").sum())


def test_a_planned_version_and_one_without_a_log_wait_for_nothing(unplanned, actor, words):
    unplanned.register(version="9.9")
    unplanned.plan(words.plan_toml())

    assert waiting_for_plan(actor(Role.RC_AI), unplanned.store, at=words.monday(5)) == ()


def test_a_file_says_which_of_its_versions_are_not_registered(ready, actor, words):
    table = words.results(0)
    table = table.assign(version=["3.3.0" if place < 30 else words.VERSION for place in range(len(table))])
    preview = ready.preview(table, words.monday(1))
    seen = versions_seen(actor(Role.DATA_MANAGER), ready.store, preview, ready_profile("canonical"))

    assert [(one.version, one.studies, one.registered) for one in seen] == [
        (words.VERSION, len(table) - 30, True),
        ("3.3.0", 30, False),
    ]
    assert all(one.product_known for one in seen)
    assert seen[1].first == words.FIRST_MONDAY  # the first thirty studies carry the new version


def test_findings_alone_name_no_version(ready, actor, words):
    preview = ready.preview(words.outcomes(2), words.monday(3))

    assert versions_seen(actor(Role.DATA_MANAGER), ready.store, preview, ready_profile("canonical-outcomes")) == ()


def test_a_report_that_nobody_drew_says_nothing_of_prevalence(bare, actor, words):
    """200 studies: 20 flagged, all true; 18 of 180 drawn, 3 positive; nine more were reported positive."""
    bare.register()
    weeks = pd.concat([words.results(week) for week in range(2)])
    table = weeks.drop_duplicates("case_id").head(200).assign(status="processed", score=0.5)
    place = range(len(table))
    drawn = [20 <= one < 38 for one in place]
    table = table.assign(
        called=[str(one < 20).lower() for one in place],
        audit_selected=[str(one).lower() for one in drawn],
        sampling_fraction=["0.1" if one else "" for one in drawn],
    )
    bare.load(table, words.monday(1))
    told = words.outcomes(0).head(1).drop(columns="case_id")
    ids = table["case_id"].tolist()
    sources = [(ids[:20], 1, "report"), (ids[20:23], 1, "audit"), (ids[23:38], 0, "audit"), (ids[38:47], 1, "report")]
    for number, (studies, truth, source) in enumerate(sources):
        rows = told.merge(pd.DataFrame({"case_id": studies}), how="cross").assign(truth=truth, truth_source=source)
        bare.load(rows, words.monday(1), name=f"truths{number}.csv")

    (facts,) = waiting_for_plan(actor(Role.RC_AI), bare.store, at=words.monday(2))

    assert facts.unflagged == Verified(180, 18, 3)
    assert facts.sources_unflagged == ("audit",)
    assert prevalence_told(facts) == pytest.approx((20 + 180 * 3 / 18) / 200)
