"""The running EWMA of batch AUROC against a plain reading: height, limits, decisions, the open batch, both charts."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from surveillance.detectors import Ewma, TabularCusum
from surveillance.domain.auroc_steps import AurocAverageSteps, AurocSteps
from surveillance.domain.case_log import Decision
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.stop_use import recommend
from tests.domain.auroc_log import A_WEEK, CHART, WEEKS, auroc_plan, scored_studies
from tests.domain.plain_auroc_chart import baseline_of, known_by
from tests.domain.small_log import end, log, week

ONSET, SEED, HOUR, WEIGHT = 14, 7, 3_600_000_000, 0.2
FALLEN = scored_studies(SEED, lower_from=ONSET)
AVERAGE = {"detector": "ewma", "weight": WEIGHT}


def judged(studies, now=WEEKS - 1, decisions=(), **changes):
    """Return the chart as it stood after a week."""
    made = auroc_plan(**(AVERAGE | changes))
    return evaluate(made, log(studies, decisions), week(now).end("UTC")).charts[0]


def plain_average(cases, baseline, restarts=()):
    """Return the average after each case in millionths, harm upwards, and each batch's (place, AUROC)."""
    height, batch, heights, batches = 0, [], [], []
    for place, (truth, score) in enumerate(cases):
        batch.append((truth, score))
        positives = sum(t for t, _ in batch)
        if positives == 10:
            negatives = len(batch) - positives
            area = roc_auc_score([t for t, _ in batch], [s for _, s in batch])
            parts = (negatives - 1) * baseline.z10 + (positives - 1) * baseline.z01 + baseline.z11
            z = (area - baseline.auroc.value) / np.sqrt(parts / (positives * negatives))
            height = round((1 - WEIGHT) * height - WEIGHT * z * 1e6)
            batches.append((place, area))
            batch = []
        heights.append(height)
        if place in restarts:
            height = 0
    return heights, batches


def in_steps(path):
    return np.rint(path.statistic * path.design.steps_per_unit)


def test_the_line_and_the_signals_are_those_of_a_plain_reading():
    path = judged(FALLEN)
    heights, _ = plain_average(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56))
    design = path.design
    alarm = next(place for place, height in enumerate(heights) if height >= design.alarm_steps)
    action = next(place for place, height in enumerate(heights) if height >= design.action_steps)

    np.testing.assert_array_equal(in_steps(path), heights[A_WEEK - 1 :: A_WEEK])
    assert path.statistic.min() < 0  # on the better side it goes below nothing
    assert design.steps_per_unit == round(1e6 * np.sqrt(WEIGHT / (2 - WEIGHT)))
    expected = [("alarm", alarm // A_WEEK), ("action", action // A_WEEK)]
    assert [(s.limit, s.week.number - week(0).number) for s in path.signals] == expected


def test_a_planted_fall_signals_with_its_onset_and_says_what_batches_averaged():
    whole, quiet = judged(FALLEN), judged(scored_studies(SEED))
    heights, batches = plain_average(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56))
    signal = whole.signals[-1]
    place = next(place for place, height in enumerate(heights) if height >= whole.design.action_steps)
    zero = max(p for p in range(place) if heights[p] <= 0)
    these = [area for p, area in batches if zero < p <= place]

    assert quiet.signals == ()
    assert (whole.title, whole.key) == ("AUROC in batches of 10 positives, moving average", "batch_auroc:ewma")
    assert whole.design.unit == "standard errors of the average"
    assert all(s.onset_low <= week(ONSET) <= s.onset_high for s in whole.signals)
    assert (signal.events, signal.seen) == (len(these), pytest.approx(np.mean(these), abs=1e-12))
    made = auroc_plan(**AVERAGE)
    (draft,) = recommend(made, evaluate(made, log(FALLEN), week(WEEKS - 1).end("UTC")))
    assert f"AUROC of the last {len(these)} batches averaged" in draft.reason
    assert draft.chart == "batch_auroc:ewma"


@pytest.mark.parametrize("now", [11, 12, 13])
def test_the_provisional_tail_goes_on_from_the_open_batch(now):
    studies = scored_studies(SEED)
    late = [
        replace(s, called=0, truths=[(s.day + 6, *s.truths[0][1:])] if s.day // 7 == now else s.truths) for s in studies
    ]
    path = judged(late, now)
    heights, _ = plain_average(known_by(late, 7 * (now + 1)), baseline_of(studies, 56))

    assert path.complete_to == now - 1
    assert in_steps(path)[now] == heights[-1]


@pytest.mark.parametrize("offset", [0, 7])
def test_a_decision_starts_the_average_at_zero_and_a_fall_that_stays_asks_again(offset):
    first = judged(FALLEN).signals[-1]
    decided = judged(FALLEN, decisions=[Decision("batch_auroc:ewma", first.as_of + HOUR * (1 + 24 * offset))])
    restart = (first.week.number - week(0).number + 1 + offset // 7) * A_WEEK - 1
    heights, batches = plain_average(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56), {restart})

    assert all(place != restart for place, _ in batches)  # between two batches
    again = [s for s in decided.signals if s.limit == "action"]
    after = next(p for p in range(restart + 1, len(heights)) if heights[p] >= decided.design.action_steps)
    assert again[-1].week == week(after // A_WEEK)
    assert len(again) == 2
    assert in_steps(decided)[-1] == heights[-1]


def test_a_chart_that_may_not_recommend_starts_again_by_itself_after_each_alarm():
    path = judged(FALLEN, share_of_budget={"alarm": 1.0}, may_recommend_stop=False)
    restarts, over = set(), []
    while over is not None:
        heights, _ = plain_average(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56), restarts)
        over = next((p for p, h in enumerate(heights) if h >= path.design.alarm_steps and p not in restarts), None)
        restarts |= set() if over is None else {over}

    assert path.design.action is None
    assert len(restarts) > 1
    assert [s.as_of for s in path.signals] == [end(place // A_WEEK) for place in sorted(restarts)]


@pytest.mark.parametrize("steps", [AurocSteps, AurocAverageSteps])
def test_what_goes_on_from_a_cut_is_the_rest_of_the_whole(steps):
    chart = TabularCusum(4.0) if steps is AurocSteps else Ewma(2.0, WEIGHT)
    score, truth = (np.array([one(s) for s in FALLEN]) for one in (lambda s: s.score, lambda s: s.truths[0][1]))
    made = steps(0, score, baseline_of(FALLEN, 56), chart, 10)
    rows, value, never = np.arange(len(FALLEN)), truth.astype(np.int8), np.zeros(0, dtype=np.int64)
    whole = made.walk(rows, value, 10**12, 10**12, never).statistic

    for cut in range(700, 760):
        after = made.onward(int(whole[cut - 1]), rows[:cut], value[:cut], rows[cut:], value[cut:])
        np.testing.assert_array_equal(after, whole[cut:])


def test_every_week_stands_as_it_would_alone():
    made = auroc_plan(**AVERAGE)
    whole = [one.charts[0] for one in evaluate_weeks(made, log(FALLEN), [week(i) for i in range(WEEKS)])]
    for index in range(0, WEEKS, 5):
        other = judged([s for s in FALLEN if s.day < 7 * (index + 1)], index)
        assert (other.design, other.signals, other.waiting) == (
            whole[index].design, whole[index].signals, whole[index].waiting,
        )  # fmt: skip
        np.testing.assert_array_equal(other.statistic, whole[index].statistic)


def test_it_may_stand_beside_the_cusum_of_the_same_batches_and_neither_changes_the_other():
    half = {"share_of_budget": {"alarm": 0.5, "action": 0.5}}
    both = auroc_plan(top={"chart": [CHART | half, CHART | AVERAGE | half]})
    cusum, average = evaluate(both, log(FALLEN), week(WEEKS - 1).end("UTC")).charts

    assert (cusum.key, average.key) == ("batch_auroc", "batch_auroc:ewma")
    alone = evaluate(auroc_plan(**half), log(FALLEN), week(WEEKS - 1).end("UTC")).charts[0]
    assert cusum.design == alone.design
    np.testing.assert_array_equal(cusum.statistic, alone.statistic)
    assert average.design == judged(FALLEN, **half).design
