"""A small log for tests of the truth worklist: sixty studies a week, a tenth of them flagged, known truths."""

from datetime import UTC, datetime, timedelta

import pandas as pd

from surveillance.domain.roles import Actor, Role
from surveillance.domain.truth_worklist import Answer
from surveillance.services.audit_samples import draw_sample
from surveillance.services.truth_reading import answer
from surveillance.services.truth_worklist import worklist
from surveillance.storage import audit_samples, people
from surveillance.storage.times import EVER

WEEKS = ("2025-W14", "2025-W15", "2025-W16")
FIRST = datetime(2025, 3, 31, tzinfo=UTC)
A_WEEK = 60
TRUTH = {"flagged": ["adjudication", "report"], "unflagged": ["audit"], "audit_fraction_unflagged": 0.3}
COLUMNS = ("case_id", "model", "version", "site", "acquired_at", "status", "score", "called", "result_at")


def study(number):
    """Return one study's row: every tenth is flagged, every eleventh unflagged one is positive, every 29th failed."""
    at = FIRST + timedelta(weeks=number // A_WEEK, hours=8, minutes=140 * (number % A_WEEK))
    called = number % 10 == 0
    row = {"case_id": f"S{number:03d}", "model": "NeuroFlag", "version": "3.2.1", "site": "Millford"}
    row |= {"acquired_at": at.isoformat(), "status": "failed" if number % 29 == 28 else "processed"}
    if row["status"] == "failed":
        return row | {"score": None, "called": None, "result_at": None}
    when = (at + timedelta(minutes=4)).isoformat()
    return row | {"score": 0.9 if called else 0.01 + number % 7 / 1000, "called": int(called), "result_at": when}


def results(first, last):
    """Return the studies of some numbers as a results file."""
    return pd.DataFrame([study(number) for number in range(first, last)], columns=COLUMNS).astype({"called": "Int64"})


def truth(case):
    """Return what a study really shows."""
    number = int(case[1:])
    return (number % 10 == 0 and number % 30 != 0) or number % 11 == 5


def monday(week):
    """Return 09:00 on the Monday after a week of the log, counted from 0."""
    return FIRST + timedelta(weeks=week + 1, hours=9)


def audit(ward, words, weeks=1):
    """Bring a ward under a plan that audits three in ten, with some weeks loaded."""
    ward.plan(words.plan_toml(version=2, truth=TRUTH))
    ward.load(results(0, A_WEEK * weeks), monday(weeks - 1), name="weeks.csv")
    return ward


def draw(ward, words, weeks):
    """Draw the samples of some weeks."""
    at = monday(weeks - 1) + timedelta(hours=1)
    for week in WEEKS[:weeks]:
        draw_sample(words.actor(Role.RC_AI), ward.store, 1, week, at=at)
    return ward


def third_reader(ward):
    """Give the physicist the deputy's role, and return them in it."""
    at = monday(0)
    with ward.store.write(actor="administrator", role="administrator", action="grant", at=at) as unit:
        people.grant(unit.connection, person_id="physicist", role="deputy", at=at, by="administrator")
        unit.record({"person": "physicist"})
    return Actor("physicist", "The third", Role.DEPUTY)


def read_all(ward, who, week, at, said):
    """Let a reader answer everything that waits for them; return what they were shown."""
    seen = [one.case_id for one in worklist(who, ward.store, 1, week, at=at).studies]
    for step, case in enumerate(seen):
        answer(who, ward.store, 1, case, said(case), at=at + timedelta(seconds=step))
    assert worklist(who, ward.store, 1, week, at=at).studies == ()
    return seen


def say(wrong=()):
    """Return a reader who says what a study shows, but for some."""
    return lambda case: Answer.PRESENT if truth(case) != (case in wrong) else Answer.ABSENT


def sampled(ward, week=None):
    """Return the pseudonyms drawn, of every week or of one."""
    with ward.store.read() as connection:
        drawn = audit_samples.sampled(connection, 1, EVER)
    return set(drawn["case_id"] if week is None else drawn.loc[drawn["week"] == week, "case_id"])


def flagged(last):
    """Return the pseudonyms of the flagged studies up to a number."""
    return {f"S{n:03d}" for n in range(0, last, 10) if n % 29 != 28}
