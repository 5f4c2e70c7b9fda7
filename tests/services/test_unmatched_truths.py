"""Truths that name no study of the store are counted and told wherever a person looks, and joined to none by guess."""

import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotAllowed
from surveillance.services import intake
from surveillance.services.data_quality import data_quality
from surveillance.services.unmatched_truths import unmatched_truths
from surveillance.services.withdrawals import withdraw

FLAGGED = [f"S{number:03d}" for number in range(0, 60, 10)]


def truths(cases, small, site="Millford", model="NeuroFlag", source="adjudication"):
    """Return truths about some studies as an outcomes file."""
    rows = {"case_id": list(cases), "model": model, "site": site, "truth": 1}
    return pd.DataFrame(rows | {"truth_recorded_at": small.monday(0).isoformat(), "truth_source": source})


@pytest.fixture
def loaded(ready, small):
    """A ward with sixty studies, S000 to S059."""
    ready.load(small.results(0, 60), small.monday(0), name="results.csv")
    return ready


def said_of(ward, table, small, name="truths.csv"):
    """Preview and load a file of truths; return what the preview and the receipt say."""
    preview = ward.preview(table, small.monday(0), name)
    return preview.unmatched, ward.load(table, small.monday(0), name=name).sentence


def page(ward, words, small, role=Role.GOVERNANCE):
    """Return what the Data quality page says of truths without a study."""
    sentences = data_quality(words.actor(role), ward.store, 1, last_weeks=4, at=small.monday(1)).sentences
    return [one for one in sentences if "study that is here" in one]


def test_truths_of_studies_that_are_here_are_not_spoken_of(loaded, words, small):
    unmatched, receipt = said_of(loaded, truths(FLAGGED, small), small)

    assert unmatched == ()
    assert receipt.endswith("6 rows counted, 0 held.")
    assert page(loaded, words, small) == []
    assert unmatched_truths(words.actor(Role.PHYSICIST), loaded.store, 1, at=small.monday(1)) == ()


def test_another_letter_case_is_told_in_preview_receipt_and_on_data_quality(loaded, words, small):
    (told,), receipt = said_of(loaded, truths([case.lower() for case in FLAGGED], small), small)

    assert told == (
        "6 of 6 truths about NeuroFlag at Millford (adjudication 6) name no study that is here yet: s000, s010, s020, "
        "s030, s040 and others. They wait, and count once their studies come. 6 differ from a study that is here only "
        "in letter case, as s000 and S000. None is joined by guess."
    )
    assert receipt.endswith(f"6 rows counted, 0 held. {told}")
    assert page(loaded, words, small) == [
        "6 of 6 truths about NeuroFlag at Millford (adjudication 6) name no study that is here yet. They wait, apart "
        "from what is late or overdue, and count once their studies come. 6 differ from a study that is here only in "
        "letter case. None is joined by guess."
    ]


@pytest.mark.parametrize(
    ("case", "hint"),
    [
        ("s010", "1 differs from a study that is here only in letter case, as s010 and S010."),
        ("S10", "1 differs from a study that is here only in leading zeros, as S10 and S010."),
        ("s0010", "1 differs from a study that is here only in letter case and leading zeros, as s0010 and S010."),
        ("S0100", ""),
        ("T010", ""),
    ],
)
def test_a_hint_is_given_where_only_the_writing_differs(loaded, small, case, hint):
    (told,) = loaded.preview(truths([case, "S020"], small), small.monday(0), "truths.csv").unmatched

    assert told == (
        f"1 of 2 truths about NeuroFlag at Millford (adjudication 1) names no study that is here yet: {case}. It "
        f"waits, and counts once its study comes.{f' {hint} None is joined by guess.' if hint else ''}"
    )


def test_a_misspelt_site_or_product_is_told_on_the_page_of_the_right_one(loaded, words, small):
    (site,), _ = said_of(loaded, truths(FLAGGED, small, site="Milford"), small, "site.csv")
    (product,), _ = said_of(loaded, truths(FLAGGED[:2], small, model="Neuroflag"), small, "product.csv")
    (both,), _ = said_of(loaded, truths(FLAGGED[:1], small, site="Milford", model="Neuroflag"), small, "both.csv")

    assert "6 have a study of the same number at Millford." in site
    assert "2 have a study of the same number under the product NeuroFlag." in product
    assert "1 has a study of the same number under the product NeuroFlag at Millford." in both
    told = page(loaded, words, small)
    assert [one.partition(" name")[0] for one in told] == [
        "6 of 6 truths about NeuroFlag at Milford (adjudication 6)",
        "1 of 1 truths about Neuroflag at Milford (adjudication 1)",
        "2 of 2 truths about Neuroflag at Millford (adjudication 2)",
    ]


def test_a_deployment_is_not_told_of_the_truths_of_another_that_is_registered(loaded, words, small):
    other = loaded.register(site="Ashgrove")
    said_of(loaded, truths(["S000", "X1"], small, site="Ashgrove"), small)

    assert page(loaded, words, small) == []
    who = words.actor(Role.GOVERNANCE)
    (told,) = data_quality(who, loaded.store, other, last_weeks=4, at=small.monday(1)).sentences[:1]
    assert told.startswith("2 of 2 truths about NeuroFlag at Ashgrove (adjudication 2) name no study that is here yet.")


def test_truths_that_came_first_are_told_until_their_studies_come(ready, words, small):
    (told,), _ = said_of(ready, truths(FLAGGED, small), small)
    before = page(ready, words, small)
    receipt = ready.load(small.results(0, 25), small.monday(0), name="some.csv").sentence
    some = page(ready, words, small)
    ready.load(small.results(25, 60), small.monday(0), name="rest.csv")

    assert told.startswith("6 of 6 truths")
    assert before[0].startswith("6 of 6 truths")
    assert some[0].startswith("3 of 6 truths")
    assert "truths" not in receipt
    assert page(ready, words, small) == []


def test_the_receipt_says_how_it_is_when_the_file_is_stored_and_not_when_it_was_previewed(ready, words, small):
    at = small.monday(0)
    first = ready.preview(truths(FLAGGED, small), at, "truths.csv")
    ready.load(small.results(0, 60), at, name="results.csv")
    receipt = intake.commit(words.actor(Role.DATA_MANAGER), ready.store, first, choice="keep", at=at)

    assert first.unmatched
    assert receipt.sentence.endswith("6 rows counted, 0 held.")


def test_studies_in_quarantine_and_ordered_studies_are_here(ready, words, small):
    at = small.monday(0)
    ready.load(small.results(0, 20).assign(version="9.9"), at, name="quarantine.csv")
    orders = small.results(20, 40)[["case_id", "site", "acquired_at"]].assign(pathway="x")
    who = words.actor(Role.DATA_MANAGER)
    given = intake.preview(who, ready.store, words.csv(orders), "orders.csv", "canonical-orders", at=at)
    intake.commit(who, ready.store, given, choice="keep", at=at)
    (told,), _ = said_of(ready, truths(["S000", "S020", "S040"], small), small)

    assert "1 of 3 truths" in told
    assert ": S040." in told


def test_truths_beside_their_studies_in_one_file_name_them(ready, small):
    table = small.results(0, 60).assign(truth=1, truth_recorded_at=small.monday(0).isoformat(), truth_source="audit")
    assert ready.preview(table, small.monday(0), "both.csv").unmatched == ()


def test_they_are_listed_by_source_for_those_who_may_see_pseudonyms(loaded, words, small):
    said_of(loaded, pd.concat([truths(["s010", "T1"], small), truths(["T1", "T2"], small, source="report")]), small)

    (found,) = unmatched_truths(words.actor(Role.PHYSICIST), loaded.store, 1, at=small.monday(1))
    assert (found.model, found.site, found.truths, found.unmatched) == ("NeuroFlag", "Millford", 4, 4)
    assert found.by_source == (("report", 2), ("adjudication", 2))
    assert found.first == ("T1", "T2", "s010")  # in order of time, then of text
    assert [(hint.words, hint.count, hint.example) for hint in found.hints] == [("letter case", 1, ("s010", "S010"))]
    with pytest.raises(NotAllowed):
        unmatched_truths(words.actor(Role.GOVERNANCE), loaded.store, 1, at=small.monday(1))


def test_truths_of_a_withdrawn_file_wait_no_more(loaded, words, small):
    preview = loaded.preview(truths(["X1"], small), small.monday(0), "truths.csv")
    who = words.actor(Role.DATA_MANAGER)
    receipt = intake.commit(who, loaded.store, preview, choice="keep", at=small.monday(0))
    assert len(page(loaded, words, small)) == 1
    withdraw(who, loaded.store, receipt.batch_id, reason="wrong letters in the study numbers", at=small.monday(0))
    assert page(loaded, words, small) == []
