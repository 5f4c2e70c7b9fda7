"""Who is looking: a provider says so in a live store, and nobody enters one without it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role
from surveillance.services import people, stores

APP = str(Path(__file__).parents[2] / "dashboard" / "app.py")


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_store) -> Path:  # type: ignore[no-untyped-def] # a module
    """Open the app on a live store with one radiologist."""
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    url = f"sqlite:///{tmp_path.as_posix()}/live.sqlite"
    store = stores.create_store(url, name="Live trust", kind="live", at=small_store.AT)
    maker = people.actors(store)[0]
    people.add_person(maker, store, "sub-1", "Dr B. Jones", (Role.RC_AI, Role.PHYSICIST), at=small_store.AT)
    store.close()
    return tmp_path


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


def test_a_live_store_without_a_provider_lets_nobody_in(live: Path) -> None:
    app = AppTest.from_file(APP, default_timeout=60).run()

    assert "Sign-in is not set up" in said(app)
    assert not [box for box in app.selectbox if box.key == "demo-person"]
    assert not app.exception


def signed_in_as(subject: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr("dashboard.components.sign_in.provider_is_set_up", lambda: True)
    app = AppTest.from_file(APP, default_timeout=60)
    app.user = {"is_logged_in": True, "sub": subject}
    return app.run()


def test_a_known_person_enters_and_picks_one_of_their_roles(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in_as("sub-1", monkeypatch)

    assert "Dr B\\. Jones" in said(app) or "Dr B. Jones" in said(app)
    assert sorted(app.selectbox(key="acting-as").options) == ["medical physicist", "radiologist (RC-AI)"]


def test_a_stranger_is_told_that_they_hold_no_role(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = signed_in_as("somebody-else", monkeypatch)

    assert "hold no role in this store" in said(app)
    assert "This week" not in [title.value for title in app.title]
