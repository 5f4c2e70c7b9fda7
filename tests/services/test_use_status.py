"""The use status follows the decisions, and no later one puts a stopped AI back in use."""

from datetime import date, timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.services import stop_use, use_status
from surveillance.storage import recommendations, register

SAID = {"reason": "Too many bleeds unflagged.", "fallback": stop_use.FALLBACKS[0], "review_on": date(2025, 12, 1)}


@pytest.fixture
def later(words):
    """Return the moment at which people decide."""
    return words.monday(words.WEEKS - 1) + timedelta(hours=1)


@pytest.fixture
def first(told):
    """Return the recommendation that waits in the told ward."""
    with told.store.read() as connection:
        return recommendations.recommendations(connection, 1)[0]


@pytest.fixture
def second(told, first):
    """Return the number of another recommendation that waits, of another chart."""
    names = recommendations.NewRecommendation.__dataclass_fields__
    values = {name: getattr(first, name) for name in names} | {"signal_key": "other", "chart": "false_flags"}
    with told.store.write(actor="data_manager", role="data_manager", action="test", at=first.raised_at) as unit:
        number = recommendations.add_recommendation(unit.connection, recommendations.NewRecommendation(**values))
        unit.record({"recommendation": number})
    return number


def status(store):
    with store.read() as connection:
        return register.current_status(connection, 1).status


def test_a_recommendation_proposes_the_stop(told, first):
    assert status(told.store) == "stop_proposed"


def test_declining_another_recommendation_does_not_put_a_stopped_ai_back_in_use(told, first, second, actor, later):
    stop_use.sign_notice(actor(Role.RC_AI), told.store, first.id, at=later, **SAID)

    stop_use.decline(actor(Role.DEPUTY), told.store, second, reason="Not this one.", at=later)

    assert status(told.store) == "stopped"


def test_while_another_recommendation_waits_a_decline_leaves_the_stop_proposed(told, first, second, actor, later):
    stop_use.decline(actor(Role.RC_AI), told.store, first.id, reason="A transfer fault.", at=later)
    assert status(told.store) == "stop_proposed"

    stop_use.decline(actor(Role.RC_AI), told.store, second, reason="The same fault.", at=later)
    assert status(told.store) == "under_watch"


@pytest.mark.parametrize("out", ["stopped", "revalidating", "retired"])
def test_a_new_recommendation_leaves_an_ai_that_is_out_of_use_where_it_is(ready, words, out):
    with ready.store.write(actor="rc_ai", role="rc_ai", action="test", at=words.MADE_AT) as unit:
        register.set_status(
            unit.connection, deployment_id=1, status=out, at=words.MADE_AT, by="rc_ai", reason="said so"
        )
        use_status.propose_stop(unit.connection, 1, at=words.MADE_AT, by="data_manager", reason="a signal")
        unit.record({"status": out})

    assert status(ready.store) == out
