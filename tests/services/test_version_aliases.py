"""A version signed to be another's releases its studies into their weeks, and nothing that was known before changes."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed, NotFound
from surveillance.services import exports, stores
from surveillance.services.this_week import this_week
from surveillance.services.version_aliases import sign_alias
from surveillance.storage.audit_trail import events
from surveillance.storage.logs import read_cases
from surveillance.storage.times import to_micros

SPELLING, WEEKS, ALIAS_FROM = "v3.2.1", 12, 6


def told_with(ward, words, version, *, weeks=WEEKS):
    """Tell some weeks; from the seventh on the files write the version another way."""
    for week in range(weeks):
        table = words.results(week)
        ward.load(table.assign(version=version) if week >= ALIAS_FROM else table, words.monday(week))
        if len(recorded := words.outcomes(week)):
            ward.load(recorded, words.monday(week))
        ward.evaluate(words.monday(week))


def figures(ward, actor):
    """Return every figure of every week but how it came about: that it was restated, and to which moment."""
    columns, rows = exports.points(actor(Role.RC_AI), ward.store)
    left_out = {columns.index("restated"), columns.index("as_of")}
    return [tuple(cell for place, cell in enumerate(row) if place not in left_out) for row in rows]


def near(one, other):
    """Say whether two rows are equal, floats to 1e-12."""
    return len(one) == len(other) and all(
        a == pytest.approx(b, abs=1e-12) if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in zip(one, other, strict=True)
    )


def test_points_are_those_of_a_store_that_never_saw_the_other_spelling(ready, shelf, ready_url, actor, words):
    told_with(ready, words, SPELLING)
    plain = words.Ward(stores.open_store(shelf.new(ready_url)))
    told_with(plain, words, words.VERSION)
    before = figures(ready, actor)
    known = to_micros(words.monday(WEEKS - 1))
    with ready.store.read() as connection:
        seen = read_cases(connection, 1, known)

    said = sign_alias(actor(Role.DATA_MANAGER), ready.store, 1, SPELLING, at=words.monday(WEEKS))
    run = ready.evaluate(words.monday(WEEKS) + timedelta(minutes=1))

    studies = sum(len(words.results(week)) for week in range(ALIAS_FROM, WEEKS))
    assert f"{studies:,} studies join their own weeks" in said
    assert (run.weeks, bool(run.restated_from)) == (WEEKS - ALIAS_FROM, True)
    released, expected = figures(ready, actor), figures(plain, actor)
    assert released != before
    assert len(released) == len(expected)
    assert [(a, b) for a, b in zip(released, expected, strict=True) if not near(a, b)] == []
    with ready.store.read() as connection:
        assert read_cases(connection, 1, known).equals(seen)
    assert this_week(actor(Role.RC_AI), ready.store, at=words.monday(WEEKS)).quarantined == ()
    plain.store.close()


def test_registering_late_gives_the_points_of_a_store_where_it_was_registered_from_the_start(
    ready, shelf, ready_url, actor, words
):
    early = words.Ward(stores.open_store(shelf.new(ready_url)))
    for ward in (ready, early):
        ward.plan(words.plan_toml(version_of_model="3.3.0", plan="bleed 3.3"), words.monday(0))
    early.register("3.3.0", at=words.monday(0))
    for ward in (ready, early):
        told_with(ward, words, "3.3.0", weeks=ALIAS_FROM + 3)
    ready.register("3.3.0", at=words.monday(ALIAS_FROM + 3))
    ready.evaluate(words.monday(ALIAS_FROM + 3))
    early.evaluate(words.monday(ALIAS_FROM + 3))

    released, expected = figures(ready, actor), figures(early, actor)

    assert len(released) == len(expected)
    assert [(a, b) for a, b in zip(released, expected, strict=True) if not near(a, b)] == []
    early.store.close()


def test_it_is_signed_by_name(ready, actor, words):
    ready.load(words.results(0).assign(version=SPELLING), words.monday(0))

    said = sign_alias(actor(Role.RC_AI), ready.store, 1, SPELLING, at=words.monday(0))

    with ready.store.read() as connection:
        (entry,) = events(connection, newest=1)
    assert said.startswith("Signed by The radiologist (RC-AI): v3.2.1 is version 3.2.1 at Millford.")
    assert (entry.actor, entry.action) == ("rc_ai", "sign that two names mean one version")
    assert entry.payload["studies"] == len(words.results(0))


def test_a_name_signed_under_a_clock_set_back_counts_after_what_was_judged(ready, actor, words):
    ready.load(words.results(0).assign(version=SPELLING), words.monday(0))
    ready.load(words.results(1), words.monday(1))
    ready.evaluate(words.monday(1))
    judged = to_micros(words.monday(1))
    with ready.store.read() as connection:
        before = read_cases(connection, 1, judged)

    sign_alias(actor(Role.DATA_MANAGER), ready.store, 1, SPELLING, at=words.monday(0))

    with ready.store.read() as connection:
        assert read_cases(connection, 1, judged).equals(before)
    assert ready.evaluate(words.monday(1) + timedelta(minutes=1)).weeks == 2


def test_a_name_nobody_waits_under_is_not_signed(ready, actor, words):
    with pytest.raises(NotFound, match=r"No studies wait under version 9\.9"):
        sign_alias(actor(Role.DATA_MANAGER), ready.store, 1, "9.9", at=words.monday(0))


def test_a_registered_version_is_no_spelling_of_another(ready, actor, words):
    ready.register("3.3.0", at=words.monday(0))
    with pytest.raises(AlreadyDecided, match="stands for a registered version"):
        sign_alias(actor(Role.DATA_MANAGER), ready.store, 1, "3.3.0", at=words.monday(0))


def test_a_name_is_needed(ready, actor, words):
    with pytest.raises(NotAllowed, match="Name the version"):
        sign_alias(actor(Role.DATA_MANAGER), ready.store, 1, " ", at=words.monday(0))
