"""The truth worklist's page: one study at a time, one key an answer, and nothing that tells what the AI said."""

import csv
import io
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
import tomli_w
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role
from surveillance.services import intake, plans, stores
from surveillance.storage.readings import readings

Opened = Callable[..., AppTest]
PAGE = "truth_worklist.py"


def words(app: AppTest) -> str:
    """Return every word that the page shows."""
    return " ".join(one.value for one in (*app.markdown, *app.code)).replace("\\", "")


@pytest.fixture
def audited(empty: Path, small_store: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a store whose plan audits a tenth, three weeks of results loaded and no truth."""
    monkeypatch.setattr("dashboard.components.truth_reading.QUICKEST", timedelta(0))
    store = stores.open_store(f"sqlite:///{empty}/demo.sqlite")
    small_store.register(store)
    plan = tomllib.loads(small_store.short_plan()) | {"version": 2}
    plan["truth"] |= {"flagged": ["adjudication"], "unflagged": ["audit"], "audit_fraction_unflagged": 0.1}
    plan["chart"] = [chart for chart in plan["chart"] if chart["watches"] != "batch_auroc"]
    plan["trigger"] = [t for t in plan.get("trigger", []) if "batch_auroc" not in t.get("on", [])]
    plans.add_plan(small_store.MANAGER, store, tomli_w.dumps(plan), at=small_store.AT)
    rows = list(csv.DictReader(io.StringIO(small_store.log_files()["results"].decode())))
    out = io.StringIO()
    names = [name for name in rows[0] if name not in ("audit_selected", "sampling_fraction")]
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if row["acquired_at"] >= "2026-11-02")
    data = out.getvalue().encode()
    preview = intake.preview(small_store.MANAGER, store, data, "r.csv", "canonical", at=small_store.AT)
    intake.commit(small_store.MANAGER, store, preview, choice="keep", at=small_store.AT)
    store.close()
    return empty


def kept(home: Path) -> dict[str, list[str]]:
    """Return every answer by study."""
    store = stores.open_store(f"sqlite:///{home}/demo.sqlite")
    with store.read() as connection:
        given = readings(connection, 1)
    store.close()
    return {case: [one.answer.words for one in said] for case, said in given.items()}


def drawn(opened: Opened, role: Role = Role.RC_AI) -> AppTest:
    """Open the page, draw the newest week's sample, and begin reading where the role reads."""
    app = opened(PAGE, role)
    app.button(key="draw-sample").click().run()
    return begun(app) if role is not Role.DATA_MANAGER else app


def begun(app: AppTest) -> AppTest:
    """Begin reading."""
    return app.button(key="begin-reading").click().run()


def test_reading_begins_with_a_button_that_says_how_many_minutes_it_takes(audited: Path, opened: Opened) -> None:
    app = opened(PAGE, Role.RC_AI)
    app.button(key="draw-sample").click().run()
    many = int(words(app).split(" studies wait for you")[0].split("**")[-1])

    minutes = -(-many * 90 // 60)
    assert (f"about {minutes} minutes" if minutes < 120 else f"about {minutes // 60} h") in words(app)
    assert "at 90 seconds a study" in words(app)
    assert not app.code
    assert len(begun(app).code) == 1


def test_a_sample_is_drawn_once_by_a_button_that_then_is_gone(audited: Path, opened: Opened) -> None:
    app = opened(PAGE, Role.DATA_MANAGER)
    assert "is not drawn yet" in words(app)

    app.button(key="draw-sample").click().run()

    assert "is drawn. Its studies stand in the list" in words(app)
    assert "draw-sample" not in {button.key for button in app.button}
    assert not app.exception


def test_one_key_answers_the_study_and_brings_the_next(audited: Path, opened: Opened) -> None:
    app = drawn(opened)
    first = app.code[0].value

    app.button(key="truth-absent").click().run()

    assert kept(audited) == {first: ["absent"]}
    assert app.code[0].value != first
    assert f"Study {first}: absent, kept under your name." in words(app)
    assert [button.proto.shortcut for button in app.button if button.key.startswith("truth-")] == ["1", "2", "3"]


def test_a_key_that_comes_with_the_study_answers_nothing(
    audited: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.components.truth_reading.QUICKEST", timedelta(hours=1))
    app = drawn(opened)

    app.button(key="truth-present").click().run()

    assert kept(audited) == {}
    assert "Nothing was kept" in words(app)


def test_nothing_on_the_page_tells_what_the_ai_said(audited: Path, opened: Opened) -> None:
    app = drawn(opened)
    said = words(app).lower()

    for word in ("score", "flagged study", "ai flagged", "unflagged", "sampled", "positive"):
        assert word not in said, word


def test_two_readers_settle_it_and_it_is_handed_in(audited: Path, opened: Opened) -> None:
    app = drawn(opened)
    mine = app.code[0].value
    app.button(key="truth-present").click().run()
    app = begun(opened(PAGE, Role.DEPUTY))
    while app.code[0].value != mine:
        app.button(key="truth-cannot_tell").click().run()
    app.button(key="truth-present").click().run()
    app.button(key="count-again").click().run()

    app.button(key="hand-in").click().run()

    assert "1 truth is handed in as batch 2" in words(app)
    assert "How the two readers agreed" not in [header.value for header in app.header]
    app = opened(PAGE, Role.RC_AI)
    assert "How the two readers agreed" in [header.value for header in app.header]
    assert "alike in 1 of 1 studies" in words(app)


def test_the_list_is_made_as_a_file_for_who_keeps_it(audited: Path, opened: Opened) -> None:
    app = drawn(opened, Role.DATA_MANAGER)

    app.button(key="make-worklist").click().run()

    assert not app.exception
    assert [one.label for one in app.get("download_button")] == ["Download worklist-2026-W47.csv"]
    assert "truth-present" not in {button.key for button in app.button}


def test_without_a_log_it_says_what_to_do(empty: Path, opened: Opened) -> None:
    app = opened(PAGE, Role.RC_AI)

    assert "No AI version is registered yet." in words(app)
