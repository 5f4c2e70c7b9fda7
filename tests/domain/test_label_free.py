"""Checks without truth: they mark what chance hardly gives, and leave alone what has not changed."""

from math import comb

import numpy as np
import pytest
from scipy.stats import fisher_exact, ks_2samp

from surveillance.domain.label_free import CHANCE, Unlabelled, compare_shares, failures, flags, scores_apart
from surveillance.domain.score_faults import copied, longest_run, score_faults, stale
from surveillance.errors import NotEstimable
from surveillance.metrics.proportion import proportion_estimate


def studies(scores, called=None, status=None):
    n = len(scores)
    given = np.asarray(scores, dtype=np.float64)
    return Unlabelled(
        status=np.zeros(n, np.int8) if status is None else np.asarray(status, np.int8),
        called=(given > 0.5).astype(np.int8) if called is None else np.asarray(called, np.int8),
        score=given,
    )


def share(x, n):
    return proportion_estimate(x, n, positives=x)


def test_flags_are_counted_among_processed_studies_that_have_one():
    some = studies([0.9, 0.1, np.nan, np.nan], called=[1, 0, -1, 1], status=[0, 0, 0, 1])

    assert (flags(some).positives, flags(some).n) == (1, 2)
    assert (failures(some).positives, failures(some).n) == (1, 4)


def test_a_study_that_was_not_sent_did_not_fail():
    assert failures(studies([0.1, 0.1, 0.1], status=[0, 1, 2])).n == 2


def test_no_flag_at_all_says_why_there_is_no_rate():
    with pytest.raises(NotEstimable, match=r"needs .+, got 0"):
        flags(studies([0.1], called=[-1]))


@pytest.mark.parametrize(("now", "before"), [((5, 30), (60, 600)), ((12, 30), (60, 600)), ((0, 40), (90, 400))])
def test_shares_differ_where_fishers_test_says_so(now, before):
    table = [[now[0], now[1] - now[0]], [before[0], before[1] - before[0]]]

    found = compare_shares("Flag rate", "flagged", share(*now), share(*before), "version 1")

    assert found.differs == (fisher_exact(table)[1] < CHANCE)
    assert f"{now[0]:,} of {now[1]:,} flagged" in found.words
    assert f"version 1: {before[0]:,} of {before[1]:,}" in found.words


def test_without_a_reference_a_share_stands_alone_and_unmarked():
    found = compare_shares("Flag rate", "flagged", share(30, 30), None, "")

    assert not found.differs
    assert "version" not in found.words


def test_under_twenty_scores_are_too_few_to_say():
    rng = np.random.default_rng(1)

    (found,) = scores_apart(studies(rng.random(19)), studies(rng.random(500)), "version 1", rng)

    assert not found.differs
    assert found.words.startswith("Too few to say: 19 scores here")


def test_the_gap_is_that_of_scipy():
    rng = np.random.default_rng(2)
    now, before = rng.beta(2, 3, 60), rng.beta(1, 3, 300)

    (found,) = scores_apart(studies(now), studies(before), "version 1", rng)

    assert f"{100 * ks_2samp(before, now).statistic:.0f} points" in found.words
    assert found.differs == (ks_2samp(before, now, method="asymp").pvalue < CHANCE)


def test_unchanged_scores_are_marked_about_as_rarely_as_is_said():
    rng, marked, tries = np.random.default_rng(3), 0, 400
    for _ in range(tries):
        now, before = studies(rng.beta(0.4, 2, 300)), studies(rng.beta(0.4, 2, 2000))
        marked += scores_apart(now, before, "version 1", rng)[1].differs  # the score shift; nominal .01

    assert abs(marked / tries - CHANCE) < 3.3 * np.sqrt(CHANCE * (1 - CHANCE) / tries)


def test_inverted_scores_are_marked_twice():
    rng = np.random.default_rng(4)
    before = rng.beta(0.4, 2, 2000)

    gap, shift = scores_apart(studies(1 - rng.beta(0.4, 2, 300)), studies(before), "version 1", rng)

    assert gap.differs
    assert shift.differs


def test_a_product_without_scores_has_no_finding_about_them():
    rng = np.random.default_rng(5)
    none = studies([np.nan] * 30, called=[0] * 30)

    assert scores_apart(none, none, "version 1", rng) == ()


def test_one_score_for_all_is_constant():
    (found,) = score_faults(np.full(30, 0.5), None, np.random.default_rng(6))

    assert found.differs
    assert found.words == "All 30 scores are 0.5."


def test_a_score_copied_to_many_is_found_by_the_binomial_tail():
    rng = np.random.default_rng(7)
    reference = rng.random(999)
    scores = rng.permutation(np.append(rng.random(96), [0.25] * 4))
    tail = sum(comb(100, k) * 0.001**k * 0.999 ** (100 - k) for k in range(4, 101))

    found = copied(scores, reference)

    assert tail * 97 < CHANCE  # by hand: share (0 + 1) / (999 + 1), 97 distinct scores
    assert found is not None
    assert "One score, 0.25, stands on 4 of 100 studies; the registered version gave it to 0 of 999" in found.words
    assert copied(rng.permutation(np.append(rng.random(98), [0.25] * 2)), reference) is None


def test_rounded_scores_are_no_copies_where_the_reference_rounds_too():
    rng = np.random.default_rng(8)

    marked = [copied(rng.random(200).round(1), rng.random(2000).round(1)) is not None for _ in range(200)]

    assert sum(marked) <= 200 * CHANCE + 3.3 * np.sqrt(200 * CHANCE)


def test_a_score_held_on_from_study_to_study_is_stale():
    rng = np.random.default_rng(9)
    scores = rng.random(200)
    scores[50:58] = scores[50]

    found = stale(scores, rng)

    assert found is not None
    assert found.words.startswith("8 studies in a row")
    assert stale(rng.permutation(rng.random(200).round(2)), rng) is None


def test_equal_scores_in_random_order_are_called_stale_about_as_rarely_as_is_said():
    rng = np.random.default_rng(10)

    marked = sum(stale(rng.random(60).round(1), rng) is not None for _ in range(200))

    assert marked <= 200 * CHANCE + 3.3 * np.sqrt(200 * CHANCE)


@pytest.mark.parametrize(("scores", "length"), [([1], 1), ([1, 1], 2), ([1, 2, 2, 1], 2), ([3, 3, 3, 1, 3], 3)])
def test_the_longest_run_by_hand(scores, length):
    assert longest_run(np.array(scores, dtype=float)) == length
