"""Stores and stories for the tests of the pages."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def beside(name: str) -> ModuleType:
    """Return a module that lies beside this file; tests are no package that could be imported from."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the store with its log loaded and evaluated, once; tests work on copies."""
    home = tmp_path_factory.mktemp("loaded")
    beside("small_store").make_loaded(home)
    return home


@pytest.fixture
def loaded(loaded_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open the app on a copy of the loaded store."""
    shutil.copytree(loaded_home, tmp_path / "home")
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    return tmp_path / "home"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Open the app on a store with people and nothing else."""
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    beside("small_store").make_store(tmp_path).close()
    return tmp_path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Return a way to open a page of the app as a person of a role, with what the address asks for."""
    monkeypatch.setattr("dashboard.session.on_this_computer", lambda: True)

    def start(page: str, role: Role, query: dict[str, str] | None = None) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        ending = f"· {role.words.removesuffix(' (RC-AI)')}"
        names = [option for option in app.selectbox(key="demo-person").options if option.endswith(ending)]
        app.selectbox(key="demo-person").select(names[0]).run()
        for name, value in (query or {}).items():
            app.query_params[name] = value
        return app.switch_page(f"views/{page}").run()

    return start


@pytest.fixture(scope="session")
def story() -> ModuleType:
    """Return the hand-made page models of story.py, for what the figures must show."""
    return beside("story")


@pytest.fixture(scope="session")
def small_store() -> ModuleType:
    """Return the maker of the small store."""
    return beside("small_store")


@pytest.fixture(scope="session")
def exports_by_hand() -> ModuleType:
    """Return the maker of two vendors' exports of the small store's log."""
    return beside("exports_by_hand")
