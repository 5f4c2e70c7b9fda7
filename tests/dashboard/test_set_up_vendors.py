"""Twenty vendors' exports, each through the page by clicks and single words: to its first chart, no profile typed.

The expectation of each cell is tests/vendors'; here the page must ask for just what a person told there, take it, and
lead on. Orders and outcomes alone have no version to judge: they end loaded.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role
from surveillance.services import products, stores

VENDORS = Path(__file__).parents[1] / "vendors"
FOLDERS = sorted(folder for folder in VENDORS.iterdir() if (folder / "export.py").exists())
OWN = {"export.py", "answers.toml", "expected.csv", "held.csv", "companion.csv"}
ALONE = {"18_orders_of_the_ris", "19_outcomes_alone"}
Opened = Callable[..., AppTest]


def answer(app: AppTest, key: str, value: str) -> None:
    """Give one answer, whichever box the page asks with; nothing where it stands already."""
    for kind in (app.radio, app.selectbox, app.text_input):
        for box in kind:
            if box.key == f"set-up-{key}":
                if box.value != value:
                    if box.type == "selectbox" and value not in box.options:
                        box.options.append(value)  # written by hand, as the browser lets a person do
                    (box.input if hasattr(box, "input") else box.set_value)(value).run()
                return
    pytest.fail(f"the page does not ask {key}")


def press(app: AppTest, ending: str) -> bool:
    """Press the first button whose key ends so and that can be pressed; say whether there was one."""
    found = [one for one in app.button if (one.key or "").endswith(ending) and not one.disabled]
    if found:
        found[0].click().run()
    return bool(found)


def fill(app: AppTest, kind: str, ending: str, value: object) -> bool:
    """Fill the first empty box of a kind whose key holds these words; say whether there was one."""
    found = [one for one in getattr(app, kind) if ending in (one.key or "") and one.value in (None, "", False)]
    if found:
        found[0].set_value(value).run()
    return bool(found)


def register_before(folder: Path, home: Path, small_store: ModuleType) -> None:
    """Register what this department had registered before its first file."""
    told = tomllib.loads((folder / "answers.toml").read_text("utf-8"))
    store = stores.open_store(f"sqlite:///{home.as_posix()}/demo.sqlite")
    for model, version, site in told.get("registered", {}).get("versions", []):
        given = products.Registration(model=model, version=version, site=site, finding="bleed")
        products.register_deployment(small_store.MANAGER, store, given, at=small_store.AT)
    store.close()


def set_up(app: AppTest, folder: Path) -> None:
    """Drop the export, answer what its person was told, confirm the rest and save."""
    (file,) = [path for path in folder.iterdir() if path.is_file() and path.name not in OWN]
    app.file_uploader(key="set-up-file-0").upload(file.name, file.read_bytes(), "application/octet-stream")
    app.run()
    for key, value in tomllib.loads((folder / "answers.toml").read_text("utf-8")).get("answers", {}).items():
        answer(app, key, value)
    while press(app, "set-up-certain"):
        pass
    fill(app, "checkbox", "set-up-sign", True)
    assert press(app, "set-up-save"), [one.value for one in app.markdown][-8:]


def plan(app: AppTest) -> None:
    """Fill in and sign every plan that is asked for."""
    while fill(app, "selectbox", "-template", "ich-triage"):
        fill(app, "radio", "-score", "probability")
        for ending, value in (("-weekly-", 10.0), ("-prevalence", 20.0), ("-audit", 100.0)):
            while fill(app, "number_input", ending, value):
                pass
        assert fill(app, "checkbox", "-sure", True), [one.value for one in app.markdown][-6:]
        assert press(app, "-add")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_export_reaches_its_first_chart_through_the_page(
    folder: Path, empty: Path, opened: Opened, small_store: ModuleType
) -> None:
    register_before(folder, empty, small_store)
    app = opened("set_up.py", Role.ADMINISTRATOR)
    set_up(app, folder)
    while fill(app, "text_input", "-finding", "bleed"):
        pass
    while press(app, "-go"):
        while fill(app, "text_input", "-finding", "bleed"):
            pass
    assert press(app, "set-up-load") or press(app, "set-up-hold")
    plan(app)

    said = "\n".join(one.value for one in app.markdown)
    assert "Stored as batch 1" in said
    assert not app.exception
    if folder.name not in ALONE:
        assert "evaluated" in said
        assert [link for link in app.get("page_link") if "See the charts" in link.proto.label]
