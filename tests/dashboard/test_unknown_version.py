"""An unknown version on This week, its two answers by name, and the page of known events."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.unknown_version_answer import Asked
from surveillance.domain.roles import Role
from surveillance.services import intake, stores
from surveillance.services.quarantine import quarantined
from surveillance.storage.audit_trail import events

Opened = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """Return every word that the page shows."""
    return " ".join(one.value for one in app.markdown).replace("\\", "")


@pytest.fixture
def mixed(loaded: Path, small_store: ModuleType) -> Path:
    """Return the loaded store with one more file, of a version that nobody registered."""
    rows = small_store.log_files()["results"].decode().splitlines(keepends=True)
    data = "".join([rows[0], *rows[-40:]]).replace("3.2.1", "3.3.0").encode()
    store = stores.open_store(f"sqlite:///{loaded}/demo.sqlite")
    preview = intake.preview(small_store.MANAGER, store, data, "new.csv", "canonical", at=small_store.AT)
    intake.commit(small_store.MANAGER, store, preview, choice="keep", at=small_store.AT)
    store.close()
    return loaded


def kept(home: Path, small_store: ModuleType) -> tuple[list[str], str]:
    """Return the versions still unknown, and the newest action in the trail."""
    store = stores.open_store(f"sqlite:///{home}/demo.sqlite")
    with store.read() as connection:
        (newest,) = events(connection, newest=1)
    unknown = [one.version for one in quarantined(small_store.MANAGER, store, at=small_store.AT)]
    store.close()
    return unknown, newest.action


def test_it_names_studies_checks_owner_and_both_answers(mixed: Path, opened: Opened) -> None:
    app = opened("this_week.py", Role.DATA_MANAGER)
    said = words(app)

    assert "40 studies since" in said
    assert "version 3.3.0, which is not registered" in said
    assert "to say what it is" in said
    assert "Flag rate" in said
    labels = [button.label.replace("\\", "") for button in app.button]
    assert ":yellow[Register this version]" in labels
    assert "It is the same as 3.2.1" in labels


def test_who_may_not_answer_is_told_who_may(mixed: Path, opened: Opened) -> None:
    app = opened("this_week.py", Role.RADIOGRAPHER)

    assert "A data manager, a radiologist (RC-AI) or an administrator says what it is." in words(app)
    assert not [button for button in app.button if "Register" in button.label]


@pytest.mark.parametrize(
    ("same_as", "action", "told"),
    [
        (1, "sign that two names mean one version", "3.3.0 is version 3.2.1 at Westbrook"),
        (None, "register a product or version", "Version 3.3.0 at Westbrook is registered by"),
    ],
    ids=["alias", "registered"],
)
def test_an_answer_that_was_signed_is_kept_once_and_told(
    same_as: int | None, action: str, told: str, mixed: Path, opened: Opened, small_store: ModuleType
) -> None:
    app = opened("this_week.py", Role.DATA_MANAGER)
    store = stores.open_store(f"sqlite:///{mixed}/demo.sqlite")
    (row,) = quarantined(small_store.MANAGER, store, at=small_store.AT)
    store.close()
    app.session_state[f"unknown-{row.model}-{row.version}-{row.site}-signed"] = Asked(
        row, same_as=same_as, threshold=0.05
    )

    app.run()

    assert told in words(app)
    assert kept(mixed, small_store) == ([], action)
    assert "Unknown version" not in [badge.value for badge in app.get("badge")]


def test_an_event_is_logged_by_the_form_and_listed(loaded: Path, opened: Opened) -> None:
    app = opened("known_events.py", Role.RADIOGRAPHER)
    assert "No event is logged yet" in words(app)

    app.selectbox(key="event-kind").select_index(0)
    app.date_input(key="event-on").set_value(date(2026, 9, 29))
    app.text_input(key="event-words").input("CT2 replaced").run()
    app.button(key="event-log").click().run()

    assert "as event 1: scanner, 2026-09-29, CT2 replaced." in words(app)
    assert "CT2 replaced" in app.table[0].value.to_string()
    spec = opened("deployment.py", Role.PHYSICIST, {"tab": "Charts"}).get("plotly_chart")[0].proto.spec
    assert "CT2 replaced" in spec
    assert "logged" in spec


def test_governance_reads_the_events_and_is_told_who_logs_them(loaded: Path, opened: Opened) -> None:
    app = opened("known_events.py", Role.GOVERNANCE)

    assert "A governance lead may not log or withdraw a known event" in words(app)
    assert not [one for one in app.button if one.key == "event-log"]
