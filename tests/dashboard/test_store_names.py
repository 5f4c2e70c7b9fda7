"""Every page names the store it shows, in the words of its kind, before anything else; so does the sign-in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.navigation import PAGES
from surveillance.domain.roles import Role
from surveillance.services import stores

APP = str(Path(__file__).parents[2] / "dashboard" / "app.py")
Opened = Callable[..., AppTest]
WORDS = {
    "demo": "Demonstration store · synthetic data",
    "live": "Live store",
    "real_data_check": "Real-data check · not a clinical store",
    "exercise": "Exercise store",
}


def left(app: AppTest) -> str:
    return "\n".join(element.value for element in app.sidebar.markdown).replace("\\", "")


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.file)
def test_every_page_names_its_store(entry, empty: Path, opened: Opened) -> None:  # type: ignore[no-untyped-def] # an Entry
    role = next(role for role in Role if role in entry.roles)
    app = opened(entry.file, role)

    assert "Test trust" in left(app)
    assert WORDS["demo"] in left(app)


@pytest.mark.parametrize("kind", WORDS)
def test_each_kind_of_store_is_named_as_what_it_is_before_anybody_has_signed_in(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_store: object
) -> None:
    url = f"sqlite:///{tmp_path.as_posix()}/{kind}.sqlite"
    stores.create_store(url, name="St Elsewhere", kind=kind, at=small_store.AT).close()  # type: ignore[attr-defined] # a module
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))
    monkeypatch.setenv("SURVEILLANCE_STORE", url)
    app = AppTest.from_file(APP, default_timeout=60).run()

    assert "St Elsewhere" in left(app)
    assert WORDS[kind] in left(app)
    assert not [words for other, words in WORDS.items() if other != kind and words in left(app)]


def test_a_phone_names_the_store_on_the_page_itself(
    empty: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.session.narrow", lambda: True)
    app = opened("methods.py", Role.RADIOGRAPHER)

    assert WORDS["demo"] in "\n".join(element.value for element in app.main.markdown)
