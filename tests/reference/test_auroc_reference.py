"""AUROC against pROC 1.18.0 (R), through the public API."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.kernels import auroc_spans, auroc_windows
from surveillance.metrics import auroc


def assert_is_proc(estimate, expected, agrees):
    assert agrees(estimate.value, expected["auc"])
    assert agrees(estimate.standard_error**2, expected["delong_var"])
    assert agrees(estimate.standard_error, expected["delong_se"])
    assert agrees((estimate.low, estimate.high), expected["ci95_delong_logit"])
    assert estimate.positives == expected["n_pos"]["value"]
    assert estimate.n - estimate.positives == expected["n_neg"]["value"]


@pytest.mark.parametrize("marker", ["s100b", "wfns", "ndka"])
def test_agrees_with_proc_on_subarachnoid_haemorrhage(shared_reference, agrees, marker):
    case = shared_reference("auc_asah")

    assert_is_proc(auroc(case.numbers("y"), case.numbers(marker)), case.expected[marker], agrees)


@pytest.mark.parametrize("marker", ["model", "neg_lwt"])
def test_agrees_with_proc_on_birth_weight(shared_reference, agrees, marker):
    case = shared_reference("auc_birthwt")

    assert_is_proc(auroc(case.numbers("y"), case.numbers(marker)), case.expected[marker], agrees)


@pytest.mark.parametrize("marker", ["score11", "score5"])
def test_agrees_with_proc_where_nearly_all_scores_are_tied(reference, agrees, marker):
    case = reference("auc_ties_large")

    assert_is_proc(auroc(case.numbers("y"), case.numbers(marker)), case.expected[marker], agrees)


@pytest.mark.parametrize("window", ["baseline", "window"])
def test_agrees_with_proc_in_two_windows(reference, agrees, window):
    case = reference("auc_two_windows_unpaired")
    rows = (case.columns["window"] == "baseline") == (window == "baseline")

    estimate = auroc(case.numbers("y")[rows], case.numbers("score")[rows])

    assert_is_proc(estimate, case.expected[window], agrees)


@pytest.mark.parametrize("name", ["one_pos", "perfect", "inverted", "constant", "one_neg"])
def test_value_stands_without_interval_in_degenerate_sets(reference, agrees, name):
    case = reference("auc_degenerate")
    rows = case.columns["set"] == name

    estimate = auroc(case.numbers("y")[rows], case.numbers("score")[rows])

    assert agrees(estimate.value, case.expected[name]["auc"])
    assert isinstance(estimate.interval, NotEstimable)
    with pytest.raises(NotEstimable, match=r"needs .+, got"):
        _ = estimate.low


def test_two_positives_give_a_finite_interval(reference, agrees):
    case = reference("auc_degenerate")
    rows = case.columns["set"] == "two_pos"

    estimate = auroc(case.numbers("y")[rows], case.numbers("score")[rows])

    assert agrees(estimate.standard_error**2, case.expected["two_pos"]["pROC_var"])
    assert 0.0 < estimate.low < estimate.value < estimate.high < 1.0
    assert estimate.positives == 2


def test_a_window_without_positives_has_no_auroc(reference):
    case = reference("auc_degenerate")
    rows = case.columns["set"] == "no_pos"

    with pytest.raises(NotEstimable, match="needs cases of both classes, got 0 and"):
        auroc(case.numbers("y")[rows], case.numbers("score")[rows])


@pytest.mark.parametrize("snapshot", ["asof60", "asof120", "asof120_mature60", "asof400"])
def test_agrees_with_proc_on_what_was_labelled_at_a_date(reference, snapshot):
    case = reference("late_labels")
    day = int(snapshot.split("_")[0][4:])
    latest = day - 60 if snapshot.endswith("mature60") else day
    label_day = np.array([float(text or "inf") if text != "NA" else np.inf for text in case.columns["label_day"]])
    known = (case.numbers("event_day") <= latest) & (label_day <= day)
    expected = case.expected["snapshots"][snapshot]

    estimate = auroc(case.columns["y"][known].astype(float), case.numbers("score")[known])

    assert (estimate.n, estimate.positives) == (expected["n_labelled"], expected["n_pos"])
    assert estimate.value == pytest.approx(expected["auc"], abs=1e-9)
    assert estimate.standard_error**2 == pytest.approx(expected["delong_var"], abs=1e-9)


def test_kernels_agree_with_proc_week_by_week_and_over_four_weeks(reference):
    case = reference("weekly_auroc_a")
    week, truth, score = case.numbers("week"), case.numbers("y") == 1, case.numbers("score")
    rows = case.expected["weekly"]["rows"]
    edges = np.searchsorted(week, np.arange(1, len(rows) + 2))

    area, variance, positives, _ = auroc_windows(truth, score, edges)
    start, stop = edges[np.maximum(np.arange(len(rows)) - 3, 0)], edges[1:]
    rolling, rolling_variance, _, _ = auroc_spans(truth, score, None, start, stop)

    assert area == pytest.approx([row["auc"] for row in rows], abs=1e-12)
    assert variance == pytest.approx([row["delong_var"] for row in rows], abs=1e-12)
    assert positives.tolist() == [row["n_pos"] for row in rows]
    assert rolling[3:] == pytest.approx([row["rolling4_auc"] for row in rows[3:]], abs=1e-12)
    assert rolling_variance[3:] == pytest.approx([row["rolling4_delong_var"] for row in rows[3:]], abs=1e-12)
