"""Every page: with data, with an empty store, and with a role that may not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.navigation import PAGES, listed
from surveillance.domain.roles import Actor, Role
from surveillance.services.page_models import ThisWeek
from surveillance.services.this_week import this_week
from surveillance.storage.store import Store

Opened = Callable[..., AppTest]
READING = [
    *("this_week.py", "deployment.py", "alarms.py", "stop_use.py", "false_alarms.py", "known_events.py", "files.py"),
    *("data_quality.py",),
]


def words(app: AppTest) -> str:
    """Return everything a page says."""
    parts = [element.value for kind in (app.title, app.header, app.markdown) for element in kind]
    return "\n".join([*parts, *(button.label for button in app.button)])


def test_every_page_has_a_test_here() -> None:
    with_their_own = {"load_log.py", "set_up.py", "add_plan.py", "methods.py", "truth_worklist.py"}
    assert {entry.file for entry in PAGES} == {*READING, *with_their_own}


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_role_has_a_page_to_open(role: Role) -> None:
    assert next(listed(role)).file in {entry.file for entry in PAGES}


@pytest.mark.parametrize("page", [*READING, "load_log.py", "methods.py"])
def test_draws_with_data_and_without_a_fault(page: str, loaded: Path, opened: Opened) -> None:
    app = opened(page, Role.RADIOGRAPHER)

    assert not app.exception
    assert "could not be drawn" not in words(app)
    assert len(app.title) == 1


@pytest.mark.parametrize(
    ("page", "next_step"),
    [
        ("this_week.py", "Load a log"),
        ("deployment.py", "Load a log"),
        ("alarms.py", "This week"),
        ("stop_use.py", "This week"),
        ("false_alarms.py", "Load a log"),
        ("data_quality.py", "Load a log"),
        ("known_events.py", "No event is logged yet"),
        ("load_log.py", "A weekly file is recognised by its header"),
        ("files.py", "No file has been loaded yet"),
        ("methods.py", "AUROC"),
    ],
)
def test_an_empty_store_says_what_to_do_next(page: str, next_step: str, empty: Path, opened: Opened) -> None:
    app = opened(page, Role.RADIOGRAPHER)

    assert "could not be drawn" not in words(app)
    assert next_step in words(app) + "".join(one.label for one in app.expander)


@pytest.mark.parametrize("page", READING)
def test_a_trainee_has_no_page_of_the_service(page: str, loaded: Path, opened: Opened) -> None:
    with pytest.raises(ValueError, match=page.removesuffix(".py")):
        opened(page, Role.TRAINEE)


def test_governance_has_no_page_to_load_a_log(loaded: Path, opened: Opened) -> None:
    with pytest.raises(ValueError, match="load_log"):
        opened("load_log.py", Role.GOVERNANCE)


def test_a_trainee_reads_the_methods(loaded: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.TRAINEE)

    assert any("AUROC" in one.label for one in app.expander)


def test_this_week_names_the_product_its_state_and_the_button(loaded: Path, opened: Opened) -> None:
    said = words(opened("this_week.py", Role.RC_AI))

    assert "Bleed triage · Westbrook" in said
    assert "Stop-use recommended" in said
    assert "Read and decide" in said
    assert "outcomes complete to week" in said


@pytest.mark.parametrize("tab", ["Performance", "Charts", "Calibration", "Throughput"])
def test_each_tab_of_a_deployment_draws_its_figures_with_words_for_them(tab: str, loaded: Path, opened: Opened) -> None:
    app = opened("deployment.py", Role.RADIOGRAPHER, {"tab": tab})
    charts = app.get("plotly_chart")

    assert "could not be drawn" not in words(app)
    assert len(charts) == (2 if tab == "Throughput" else 1)  # XmR charts stand apart from the figures with a range
    assert all(len(chart.proto.alt) > 40 for chart in charts)
    assert [one.label for one in app.expander] == ["Show the working"]


def test_the_deployment_page_shows_only_the_open_tab(loaded: Path, opened: Opened) -> None:
    app = opened("deployment.py", Role.PHYSICIST, {"tab": "Charts"})

    assert "False flags" in app.get("plotly_chart")[0].proto.spec


def test_who_may_not_decide_is_offered_to_read(loaded: Path, opened: Opened) -> None:
    app = opened("this_week.py", Role.RADIOGRAPHER)

    assert "Read" in [button.label for button in app.button]
    assert "Read and decide" not in words(app)


@pytest.mark.parametrize(
    ("page", "query", "missing"),
    [
        ("stop_use.py", {"recommendation": "77"}, "There is no such recommendation"),
        ("deployment.py", {"deployment": "999"}, "There is no such deployment"),
        ("alarms.py", {"alarm": "999"}, "There is no such alarm"),
    ],
)
def test_an_address_of_nothing_says_so(
    page: str, query: dict[str, str], missing: str, loaded: Path, opened: Opened
) -> None:
    app = opened(page, Role.RC_AI, query)

    assert missing in words(app)
    assert not app.get("plotly_chart")
    assert not [button for button in app.button if (button.key or "").startswith("sign-")]


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.FACULTY], ids=str)
def test_who_comes_for_exercises_is_told_there_are_none_yet(role: Role, loaded: Path, opened: Opened) -> None:
    assert "Exercises are not in this version yet" in words(opened("methods.py", role))


def test_the_address_of_a_page_of_others_says_who_may(loaded: Path, opened: Opened) -> None:
    app = opened("load_log.py", Role.RADIOGRAPHER)
    names = [name for name in app.selectbox(key="demo-person").options if name.endswith("· trainee")]
    app.selectbox(key="demo-person").select(names[0]).run()

    assert [title.value for title in app.title] == ["Load a log"]
    assert "A trainee may not load a log" in words(app)
    assert [link.proto.label for link in app.get("page_link")] == ["Methods"]


def test_rows_that_are_not_quiet_stand_apart_from_what_is_signed(
    loaded: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsettled(actor: Actor, store: Store, *, at: datetime) -> ThisWeek:
        page = this_week(actor, store, at=at)
        return replace(page, needy=(), unsettled=page.needy)

    monkeypatch.setattr("surveillance.services.this_week.this_week", unsettled)
    app = opened("this_week.py", Role.RADIOGRAPHER)

    assert [header.value for header in app.header] == ["Not quiet, no answer due"]
    assert "Bleed triage · Westbrook" in words(app)
    assert "sign-week" not in [button.key for button in app.button]
