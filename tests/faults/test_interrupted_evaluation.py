"""An evaluation that is killed, fails or is overtaken keeps a deployment's weeks whole or not at all."""

import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveillance.errors import StoreUnusable
from surveillance.services import evaluation, judging
from surveillance.services.stored_series import read_series
from surveillance.storage import alarms, audit_trail
from surveillance.storage.tables.judgement import EVALUATION

EVALUATES = Path(__file__).with_name("evaluates.py")
KILLS = 4


def evaluated(store):
    """Return how many weeks are kept and how many runs the trail tells of."""
    with store.read() as connection:
        weeks = connection.execute(select(func.count()).select_from(EVALUATION)).scalar_one()
        told = [e for e in audit_trail.events(connection) if e.action == "run the weekly evaluation"]
    return weeks, len(told)


def test_a_killed_evaluation_keeps_all_its_weeks_or_none_and_the_next_one_finishes(ward, words):
    rng, at = random.Random(7), words.monday(8)
    for _ in range(KILLS):
        command = [sys.executable, str(EVALUATES), ward.store.url, at.isoformat()]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "judged\n"
        time.sleep(rng.uniform(0.0, 0.05))
        process.send_signal(signal.SIGKILL)
        kept = process.stdout.read()
        process.wait()
        assert evaluated(ward.store) in ({(8, 1)} if "kept" in kept else {(0, 0), (8, 1)})
        if evaluated(ward.store) == (8, 1):
            break

    ward.evaluate(at)

    assert evaluated(ward.store) == (8, 1)


@pytest.mark.parametrize("place", ["keep_signals", "refuse_overtaken"])
def test_a_fault_while_a_deployment_is_kept_leaves_nothing_of_it(ward, words, monkeypatch, place):
    def fault(*_, **__):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(evaluation, place, fault)
        with pytest.raises(RuntimeError, match="power cut"):
            ward.evaluate(words.monday(8))

    assert evaluated(ward.store) == (0, 0)
    with ward.store.read() as connection:
        assert alarms.alarms(connection) == ()
    assert ward.evaluate(words.monday(8)).weeks == 8


def test_a_log_loaded_while_weeks_are_judged_is_never_lost_to_them(ward, words, monkeypatch):
    late, at = words.outcomes(8), words.monday(9)
    judge = judging.judge

    def slow(*arguments):
        judged = judge(*arguments)
        ward.load(late, at - timedelta(minutes=5))  # received before the evaluation's moment, saved after it looked
        return judged

    with monkeypatch.context() as patch:
        patch.setattr(judging, "judge", slow)
        with pytest.raises(StoreUnusable, match="run the evaluation again"):
            ward.evaluate(at)
    assert evaluated(ward.store) == (0, 0)

    ward.evaluate(at)

    with ward.store.read() as connection:
        kept = read_series(connection, 1).newest.summary["coverage"]
    assert kept["arrived"] > 0
    assert ward.evaluate(at + timedelta(hours=1)).weeks == 0


def test_a_file_whose_moment_lies_before_an_evaluation_that_never_saw_it_restates_its_weeks(ward, words):
    at = words.monday(8)
    ward.evaluate(at)
    corrected = {"truth": "indeterminate", "truth_recorded_at": "2025-04-16T12:00:00Z"}

    ward.load(words.outcomes(5).head(4).assign(**corrected), at - timedelta(minutes=10))

    assert ward.evaluate(at + timedelta(minutes=1)).weeks == 2


def test_two_evaluations_that_meet_keep_one_judgement(ward, words, monkeypatch):
    at, judge = words.monday(8), judging.judge
    met = []

    def meets(*arguments):
        judged = judge(*arguments)
        if not met:
            met.append(True)
            ward.evaluate(at)
        return judged

    with monkeypatch.context() as patch:
        patch.setattr(judging, "judge", meets)
        with pytest.raises(StoreUnusable, match="another evaluation was kept"):
            ward.evaluate(at)

    assert evaluated(ward.store) == (8, 1)
