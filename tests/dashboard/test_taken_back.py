"""Taking back a name or a registration on This week: the consequence, the reason, and who may."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role
from surveillance.services import intake, stores
from surveillance.services.quarantine import quarantined
from surveillance.services.version_aliases import sign_alias

Opened = Callable[..., AppTest]
REASON = "The vendor says that it is another version."
FOLD = "Registered or named wrongly? Take it back"


def words(app: AppTest) -> str:
    """Return every word that the page shows."""
    return " ".join(one.value for one in app.markdown).replace("\\", "")


@pytest.fixture
def named(loaded: Path, small_store: ModuleType) -> Path:
    """Return the loaded store with forty more studies under a name that was signed to be the version."""
    rows = small_store.log_files()["results"].decode().splitlines(keepends=True)
    data = "".join([rows[0], *rows[-40:]]).replace("3.2.1", "3.3.0").encode()
    store = stores.open_store(f"sqlite:///{loaded}/demo.sqlite")
    preview = intake.preview(small_store.MANAGER, store, data, "new.csv", "canonical", at=small_store.AT)
    intake.commit(small_store.MANAGER, store, preview, choice="keep", at=small_store.AT)
    sign_alias(small_store.MANAGER, store, 1, "3.3.0", at=small_store.AT)
    store.close()
    return loaded


def test_the_consequence_stands_before_the_reason(named: Path, opened: Opened) -> None:
    app = opened("this_week.py", Role.DATA_MANAGER)
    app.session_state["take-back-which"] = (1, 1)
    app.run()

    assert "40 studies go back to the unknown versions and no longer count for version 3.2.1." in words(app)
    assert "What was known on any earlier day stays as it was." in words(app)


def test_what_was_chosen_is_asked_about_at_once(named: Path, opened: Opened) -> None:
    app = opened("this_week.py", Role.DATA_MANAGER)
    app.session_state["take-back"] = True
    app.run()
    app.selectbox(key="take-back-one-0").select_index(1).run()
    app.button(key="take-back-see").click().run()

    assert "3.3.0 for version 3.2.1 at Westbrook" in words(app)
    assert "40 studies go back to the unknown versions" in words(app)


def test_a_name_is_taken_back_with_the_reason_and_told(named: Path, opened: Opened, small_store: ModuleType) -> None:
    app = opened("this_week.py", Role.DATA_MANAGER)
    app.session_state["take-back-which"] = (1, 1)
    app.session_state["take-back-signed"] = REASON
    app.run()

    assert "3.3.0 is no longer version 3.2.1 at Westbrook. 40 studies wait again" in words(app)
    store = stores.open_store(f"sqlite:///{named}/demo.sqlite")
    assert [one.version for one in quarantined(small_store.MANAGER, store, at=small_store.AT)] == ["3.3.0"]
    store.close()


def test_a_registration_that_was_judged_says_why_it_stays_and_what_to_do(named: Path, opened: Opened) -> None:
    app = opened("this_week.py", Role.DATA_MANAGER)
    app.session_state["take-back-which"] = (1, None)
    app.run()

    assert "so its registration stays. To mend what was wrong" in words(app)
    assert "take-back-sign" not in [one.key for one in app.button]


@pytest.mark.parametrize(("role", "offered"), [(Role.DATA_MANAGER, True), (Role.RADIOGRAPHER, False)])
def test_it_is_offered_to_those_who_may(role: Role, offered: bool, loaded: Path, opened: Opened) -> None:
    app = opened("this_week.py", role)

    assert (FOLD in [one.label for one in app.expander]) is offered
