"""The profiles that come with the product load, and read the canonical files by their own column names."""

import pytest

from surveillance.errors import FileRefused, NotFound
from surveillance.storage.outcome_log import load_profile, read_log, ready_profile, ready_profile_names


@pytest.mark.parametrize("name", ready_profile_names())
def test_each_loads_and_bears_its_own_name(name):
    assert load_profile(ready_profile(name)).profile == name


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(NotFound, match="canonical, "):
        ready_profile("vendor-x")


def test_a_canonical_results_file_with_every_column():
    data = (
        "case_id,model,version,site,acquired_at,status,score,called,result_at,scanner,kernel,setting,age_band,sex,ethnicity,"
        "subtype,patient,audit_selected,sampling_fraction,reader_finding,reader_agrees,heatmap_reviewed,seen_before_report,"
        "truth,truth_recorded_at,truth_source\n"
        "00123,NeuroFlag,3.2.1,Longmere,2025-03-03T00:22:18Z,processed,0.0069,false,2025-03-03T00:32:20Z,CT-2,H30,ED,40-64,"
        "M,A,epidural,P1,true,0.1,0,true,false,1,indeterminate,2025-03-04T00:00:00+01:00,audit\n"
    )  # fmt: skip
    parsed = read_log(data.encode(), "r.csv", load_profile(ready_profile("canonical")))

    (case,) = parsed.cases.to_dict("records")
    assert case == {
        "line": 2, "case_id": "00123", "model": "NeuroFlag", "version": "3.2.1", "site": "Longmere",
        "acquired_at": 1_740_961_338_000_000, "status": "processed", "score": 0.0069, "called": 0,
        "result_at": 1_740_961_940_000_000, "scanner": "CT-2", "kernel": "H30", "setting": "ED", "age_band": "40-64",
        "sex": "M", "ethnicity": "A", "subtype": "epidural", "patient": "P1", "audit_selected": True,
        "sampling_fraction": 0.1, "reader_finding": "0", "reader_agrees": True, "heatmap_reviewed": False,
        "seen_before_report": True, "groups": None,
    }  # fmt: skip
    (outcome,) = parsed.outcomes.to_dict("records")
    assert outcome == {
        "line": 2, "case_id": "00123", "model": "NeuroFlag", "site": "Longmere", "truth": 2,
        "recorded_at": 1_741_042_800_000_000, "truth_source": "audit", "subtype": "epidural",
    }  # fmt: skip


def test_a_canonical_results_file_with_the_required_columns_only():
    data = b"case_id,model,version,site,acquired_at\nA1,m,1,s,2025-03-03T00:22:18Z\n"
    parsed = read_log(data, "r.csv", load_profile(ready_profile("canonical")))

    assert parsed.outcomes is None
    assert parsed.cases["status"].tolist() == ["processed"]
    assert [str(parsed.cases[c].dtype) for c in ("acquired_at", "score", "called", "result_at", "audit_selected")] == [
        "int64", "float64", "Int8", "Int64", "boolean",
    ]  # fmt: skip
    absent = parsed.cases[["score", "called", "result_at", "audit_selected", "sampling_fraction"]]
    assert absent.isna().all(axis=None)
    assert parsed.cases["scanner"].tolist() == [None]


def test_truths_without_their_date_refuse_the_file():
    data = b"case_id,model,version,site,acquired_at,truth\nA1,m,1,s,2025-03-03T00:22:18Z,1\n"
    with pytest.raises(FileRefused, match="truth_recorded_at"):
        read_log(data, "r.csv", load_profile(ready_profile("canonical")))


def test_outcomes_and_orders():
    outcomes = (
        b"case_id,model,site,truth,truth_recorded_at,truth_source\n"
        b"A1,m,s,1,2025-03-03T00:00:00Z,report\nA2,m,s,,2025-03-03T00:00:00Z,report\n"
    )
    parsed = read_log(outcomes, "o.csv", load_profile(ready_profile("canonical-outcomes")))
    assert (parsed.kind, parsed.cases, parsed.orders) == ("outcomes", None, None)
    assert parsed.outcomes[["case_id", "truth"]].to_numpy().tolist() == [["A1", 1]]
    assert [(fault.line, fault.rule) for fault in parsed.held] == [(3, "truth must be given")]

    orders = b"case_id,site,acquired_at,pathway\nA1,s,1995-01-01T00:00:01Z,stroke\n"
    parsed = read_log(orders, "q.csv", load_profile(ready_profile("canonical-orders")))
    assert parsed.orders[["case_id", "site", "acquired_at", "pathway"]].to_numpy().tolist() == [
        ["A1", "s", 788_918_401_000_000, "stroke"]
    ]


def test_an_outcome_that_the_profile_calls_not_given_is_counted_in_a_note():
    profile = load_profile(
        'profile = "o"\nversion = 1\nfile = "outcomes"\n[constants]\nmodel = "m"\nsite = "s"\n'
        'truth_source = "report"\n[columns]\ncase_id = "Study"\ntruth = "Result"\ntruth_recorded_at = "Known"\n'
        '[values]\ntruth = { POS = "1", PENDING = "" }'
    )
    data = b"Study,Result,Known\nA1,POS,2025-03-03T00:00:00Z\nA2,PENDING,2025-03-03T00:00:00Z\n"

    parsed = read_log(data, "o.csv", profile)

    assert (len(parsed.outcomes), parsed.held) == (1, ())
    assert parsed.notes == ("Rows whose truth is not given yet: 1.",)
