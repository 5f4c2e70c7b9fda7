"""A known event concerns what its scope names, and stands between its logging and its withdrawal."""

from datetime import UTC, date, datetime, timedelta

import pytest

from surveillance.domain.known_event import EventKind, KnownEvent, Withdrawn

LOGGED = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)


def event(site="", model="", scanner="", withdrawn=None):
    on = date(2026, 9, 14)
    return KnownEvent(1, EventKind.SCANNER, on, site, model, scanner, "CT2 replaced", LOGGED, "ann", withdrawn)


@pytest.mark.parametrize(
    ("scope", "asked", "answer"),
    [
        ({}, {"site": "North", "model": "A"}, True),
        ({"site": "North"}, {"site": "North", "model": "A"}, True),
        ({"site": "North"}, {"site": "South", "model": "A"}, False),
        ({"model": "A"}, {"site": "South", "model": "A"}, True),
        ({"model": "A"}, {"site": "South", "model": "B"}, False),
        ({"site": "North", "model": "A"}, {"site": "North", "model": "B"}, False),
        ({"site": "North", "scanner": "CT2"}, {"site": "North", "model": "A"}, True),
        ({"site": "North", "scanner": "CT2"}, {"site": "North", "model": "A", "scanner": "CT1"}, False),
        ({"site": "North"}, {"site": "North", "model": "A", "scanner": "CT1"}, True),
    ],
)
def test_an_empty_scope_means_all(scope, asked, answer):
    assert event(**scope).concerns(**asked) is answer


def test_it_stands_from_its_logging_to_its_withdrawal():
    later = LOGGED + timedelta(days=2)
    gone = event(withdrawn=Withdrawn(later, "bob", "wrong site"))

    moments = (LOGGED - timedelta(seconds=1), LOGGED, later - timedelta(seconds=1), later)
    assert [gone.stood(at) for at in moments] == [False, True, True, False]


def test_its_scope_in_words():
    assert event().scope == "everything"
    assert event(site="North", model="A", scanner="CT2").scope == "A · North · scanner CT2"
