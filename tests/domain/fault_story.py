"""One small fault for the tests of words: a fortnight that is well, then every bleed is missed."""

from surveillance.domain.evaluation import evaluate
from surveillance.domain.numbers import JOINER, NO_BREAK
from tests.domain.small_log import Study, log, plan, week

KPI = {"metric": "sensitivity", "window": 4, "threshold": 0.85, "better": "higher"}


def bleeds(flagged, missed, first):
    """Return confirmed bleeds half a day apart, the flagged first; reports follow within the hour."""
    calls = [1] * flagged + [0] * missed
    return [
        Study(first + i * 0.25, call, [(first + i * 0.25 + 0.05, 1, "report")], 0.9) for i, call in enumerate(calls)
    ]


def fault(now=3, **changes):
    """Return plan and evaluation of a fortnight that is well and a week and a half in which every bleed is missed."""
    made = plan(top={"kpi": [KPI], **changes})
    studies = [*bleeds(56, 0, 0), *bleeds(0, 42, 14)]
    return made, evaluate(made, log(studies), week(now).end("UTC"))


def plain(text):
    """Return a sentence without its invisible characters."""
    return text.replace(JOINER, "").replace(NO_BREAK, " ").replace("**", "")
