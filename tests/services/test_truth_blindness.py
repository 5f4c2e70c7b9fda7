"""The page says where its list cannot be blind, and says it nowhere else."""

from datetime import timedelta

import pandas as pd

from surveillance.domain.roles import Role
from surveillance.services.truth_worklist import worklist


def reports(small, cases):
    return pd.DataFrame({"case_id": sorted(cases), "model": "NeuroFlag", "site": "Millford", "truth": 0,
                         "truth_recorded_at": small.monday(0).isoformat(), "truth_source": "report"})  # fmt: skip


def page(ward, actor, small):
    return worklist(actor(Role.RC_AI), ward.store, 1, "2025-W14", at=small.monday(0) + timedelta(hours=2))


def test_where_reports_verify_every_unflagged_study_the_page_says_that_all_on_the_list_are_flagged(
    ready, words, actor, small
):
    truth = {"flagged": ["adjudication"], "unflagged": ["audit", "report"], "audit_fraction_unflagged": 1.0}
    ready.plan(words.plan_toml(version=2, truth=truth))
    ready.load(small.results(0, 60), small.monday(0), name="week.csv")
    before = page(ready, actor, small)
    assert before.note == ""
    assert len(before.studies) > len(small.flagged(60))

    truth["unflagged"] = ["report", "audit"]  # now a report ranks as high as a reading, and answers for it
    ready.plan(words.plan_toml(version=3, truth=truth))
    unflagged = {f"S{number:03d}" for number in range(60)} - small.flagged(60)
    ready.load(reports(small, unflagged), small.monday(0) + timedelta(hours=1), name="reports.csv")
    after = page(ready, actor, small)

    assert {one.case_id for one in after.studies} == small.flagged(60)
    assert "not blind" in after.note
    assert "the AI flagged every study" in after.note


def test_a_list_with_a_sample_in_it_says_nothing_of_the_kind(ready, words, actor, small):
    ward = small.draw(small.audit(ready, words), words, 1)

    assert page(ward, actor, small).note == ""
