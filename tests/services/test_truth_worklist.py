"""The truth worklist: what is listed, how long it takes, and that a reader sees nothing of why a study is there."""

from dataclasses import fields
from datetime import timedelta

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.domain.truth_worklist import Answer
from surveillance.errors import NotFound
from surveillance.services import page_models
from surveillance.services.truth_reading import answer
from surveillance.services.truth_worklist import export_csv, weeks, worklist
from surveillance.storage.audit_trail import events as trail


@pytest.fixture
def audited(ready, words, small):
    """Return the ward under a plan that audits three in ten, three weeks loaded and their samples drawn."""
    return small.draw(small.audit(ready, words, 3), words, 3)


def test_a_weeks_list_is_its_sample_every_flagged_without_a_truth_and_the_oldest_that_miss_one(audited, actor, small):
    at = small.monday(2) + timedelta(hours=2)
    report = pd.DataFrame({"case_id": ["S000", "S010"], "model": "NeuroFlag", "site": "Millford", "truth": 1,
                           "truth_recorded_at": small.monday(1).isoformat(), "truth_source": "report"})  # fmt: skip
    audited.load(report, small.monday(2) + timedelta(hours=1), name="report.csv")

    seen = small.read_all(audited, actor(Role.RC_AI), "2025-W15", at, small.say())

    samples = small.sampled(audited, "2025-W14") | small.sampled(audited, "2025-W15")
    assert set(seen) == (small.flagged(120) - {"S000", "S010"}) | samples
    assert len(seen) == len(set(seen))


def test_before_the_sample_is_drawn_nothing_is_shown_since_all_of_it_would_be_flagged(ready, words, actor, small):
    small.audit(ready, words, 2)
    at = small.monday(1) + timedelta(hours=1)

    page = worklist(actor(Role.RC_AI), ready.store, 1, "2025-W15", at=at)
    assert (page.draw, page.studies) == (True, ())

    export_csv(actor(Role.DATA_MANAGER), ready.store, 1, "2025-W15", at=at)
    assert worklist(actor(Role.RC_AI), ready.store, 1, "2025-W15", at=at).studies != ()
    assert worklist(actor(Role.RC_AI), ready.store, 1, "2025-W14", at=at).studies == ()
    assert [label for label, _ in weeks(actor(Role.RC_AI), ready.store, 1, at=at)] == ["2025-W15"]
    with pytest.raises(NotFound, match="no draw goes back before another"):
        export_csv(actor(Role.DATA_MANAGER), ready.store, 1, "2025-W14", at=at)


def test_the_oldest_missing_truths_are_capped_and_the_newest_left_for_later(audited, actor, small):
    data = export_csv(actor(Role.DATA_MANAGER), audited.store, 1, "2025-W16", at=small.monday(3), oldest=4).decode()

    listed = {line.split(",")[0] for line in data.splitlines()[1:]}
    oldest = sorted(small.sampled(audited, "2025-W14"))[:4]
    assert listed == small.flagged(180) | small.sampled(audited, "2025-W16") | set(oldest)


def test_what_a_reader_gets_has_no_place_for_score_flag_reason_or_another_answer(audited, actor, small):
    who = actor(Role.DEPUTY)
    page = worklist(who, audited.store, 1, "2025-W16", at=small.monday(3))
    header = export_csv(who, audited.store, 1, "2025-W16", at=small.monday(3)).decode().splitlines()[0]

    assert [field.name for field in fields(page_models.StudyToRead)] == ["case_id", "acquired_at", "site", "scanner"]
    assert header == "case_id,site,acquired_at,week,reader,answer"
    assert {field.name for field in fields(page)} == {
        "deployment_id", "title", "week", "week_words", "finding", "draw", "note", "studies", "seconds", "pace",
        "slip", "listed", "settled", "waiting", "to_hand_in", "handed_in", "brought", "agreement",
    }  # fmt: skip
    with audited.store.read() as connection:
        said = [entry.payload for entry in trail(connection, newest=3)]
    answer(who, audited.store, 1, page.studies[0].case_id, Answer.CANNOT_TELL, at=small.monday(3))
    with audited.store.read() as connection:
        (entry,) = trail(connection, newest=1)
    assert set(entry.payload) == {"deployment", "case", "reader", "seal"}
    assert "indeterminate" not in str(said) + str(entry.payload)


def test_it_says_how_long_it_will_take(audited, actor, small):
    page = worklist(actor(Role.RC_AI), audited.store, 1, "2025-W14", at=small.monday(3))

    left = len(page.studies)
    assert (page.minutes(), page.minutes(3)) == (-(-left * 90 // 60), -(-(left - 3) * 90 // 60))
    assert page.pace == "at 90 seconds a study; from 20 answers on, at your own pace"


def test_weeks_are_offered_newest_first_up_to_the_last_that_is_over(audited, actor, small):
    offered = weeks(actor(Role.RC_AI), audited.store, 1, at=small.monday(1))

    assert [label for label, _ in offered] == ["2025-W15", "2025-W14"]
