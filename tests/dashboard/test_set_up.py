"""Set up from my file, on two exports: from the file to the first chart, with nothing assumed and nothing lost."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]
NEEDED = "Needs your answer"


def said(app: AppTest) -> str:
    """Return every sentence, heading and label of a page, without the signs of Markdown."""
    parts = [one.value for kind in (app.title, app.header, app.markdown) for one in kind]
    parts += [one.label for kind in (app.button, app.expander, app.checkbox) for one in kind]
    return re.sub(r"\\(.)", r"\1", "\n".join(parts))


def dropped(app: AppTest, name: str, data: bytes) -> AppTest:
    """Drop a file on the page."""
    uploader = next(one for one in app.file_uploader if (one.key or "").startswith("set-up-file-"))
    uploader.upload(name, data, "text/csv")
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    """Press a button."""
    return app.button(key=key).click().run()


def waiting(app: AppTest) -> list[str]:
    """Return which buttons of the page are there."""
    return [one.key or "" for one in app.button]


@pytest.fixture
def german(small_store: ModuleType, exports_by_hand: ModuleType) -> bytes:
    data: bytes = exports_by_hand.german(small_store)
    return data


@pytest.fixture
def american(small_store: ModuleType, exports_by_hand: ModuleType) -> bytes:
    data: bytes = exports_by_hand.american(small_store)
    return data


def confirmed(app: AppTest) -> AppTest:
    """Confirm what the file settles and sign the spelling of the version."""
    press(app, "set-up-certain")
    app.checkbox(key="set-up-sign").check().run()
    return app


def registered(app: AppTest) -> AppTest:
    """Save and register the one product of the first export."""
    press(app, "set-up-save")
    app.text_input(key="register-NeuroFlag-finding").input("bleed").run()
    return press(app, "register-NeuroFlag-go")


def test_an_administrator_goes_from_the_file_to_the_first_chart(empty: Path, opened: Opened, german: bytes) -> None:
    app = dropped(opened("set_up.py", Role.ADMINISTRATOR), "export.csv", german)
    assert "need your answer" not in said(app)
    assert "from Scan date + Scan time" in said(app)

    registered(confirmed(app))
    press(app, "set-up-load")
    key = "plan-NeuroFlag-3.2.1"
    app.selectbox(key=f"{key}-template").select("ich-triage-verified").run()
    app.radio(key=f"{key}-score").set_value("probability").run()
    app.checkbox(key=f"{key}-sure").check().run()
    press(app, f"{key}-add")

    assert "weeks of 1 deployment evaluated" in said(app)
    assert any("See the charts" in link.proto.label for link in app.get("page_link"))
    assert not app.exception


def test_each_column_stands_beside_its_first_rows_theirs_and_ours(empty: Path, opened: Opened, german: bytes) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "export.csv", german)
    tables = {table.value.columns[1]: table.value for table in app.dataframe if "Becomes" in table.value.columns}

    assert len(tables["Scan date + Scan time"]) == 20
    assert tables["SW version"].iloc[0].tolist() == ["3", "v3.2.1", "3.2.1"]
    assert tables["Job status"].loc[tables["Job status"]["Job status"] == "ERROR", "Becomes"].tolist()[0] == "failed"
    assert set(tables["Final diagnosis"]["Becomes"]) <= {"confirmed absent", "confirmed", "in doubt", "not given"}


def test_what_the_file_settles_is_confirmed_at_once_and_a_spelling_only_by_name(
    empty: Path, opened: Opened, german: bytes
) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "export.csv", german)
    press(app, "set-up-certain")

    assert "set-up-certain" not in waiting(app)
    assert "1 spelling of a version is to be signed" in said(app)
    assert app.button(key="set-up-save").disabled
    assert "The spellings of versions are not signed yet" in said(app)
    app.checkbox(key="set-up-sign").check().run()
    assert not app.button(key="set-up-save").disabled
    app.checkbox(key="set-up-sign").uncheck().run()
    assert app.button(key="set-up-save").disabled


def test_a_signature_stands_for_what_was_signed_only(empty: Path, opened: Opened, german: bytes) -> None:
    app = confirmed(dropped(opened("set_up.py", Role.DATA_MANAGER), "export.csv", german))
    app.selectbox(key="set-up-version.v3.2.1").select("(none)").run()

    assert app.checkbox(key="set-up-sign").value is False
    assert "'v3.2.1' is another version" in said(app)
    assert app.button(key="set-up-save").disabled


def test_what_the_file_does_not_say_is_asked_first_and_nothing_is_confirmed_for_it(
    empty: Path, opened: Opened, american: bytes
) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "flags.csv", american)
    assert app.header[0].value == "Only you can say"
    asked = said(app).count(NEEDED)

    press(app, "set-up-certain")

    assert said(app).count(NEEDED) == asked >= 4
    assert app.button(key="set-up-save").disabled
    order = app.radio(key="set-up-date.acquired_at.Study Date Time")
    assert order.value is None
    assert "is 07 June 2026" in " ".join(order.options).replace("\\", "") or len(order.options) == 2


def test_answers_to_doubtful_questions_lead_to_rows_as_they_will_be_kept(
    empty: Path, opened: Opened, american: bytes
) -> None:
    app = dropped(opened("set_up.py", Role.DATA_MANAGER), "flags.csv", american)
    app.radio(key="set-up-date.acquired_at.Study Date Time").set_value("month first").run()
    for ours, word in (("model", "LumenLVO"), ("version", "5.0"), ("site", "Northtown")):
        app.text_input(key=f"set-up-constant.{ours}").input(word).run()
    press(app, "set-up-certain")

    assert "need your answer" not in said(app)
    assert [one.value for one in app.metric][2] == "0"
    kept = app.dataframe[-1].value
    assert set(kept["Product"]) == {"LumenLVO"}
    assert kept["Time of the study"].iloc[0].startswith("2026-07-01")
    assert not app.button(key="set-up-save").disabled


def test_a_data_manager_is_told_who_adds_the_plan_and_a_radiologist_finds_it_waiting(
    empty: Path, opened: Opened, german: bytes
) -> None:
    app = registered(confirmed(dropped(opened("set_up.py", Role.DATA_MANAGER), "export.csv", german)))
    press(app, "set-up-load")

    assert "A data manager may not add a surveillance plan: administrator or radiologist (RC-AI) may" in said(app)
    assert "What happens next" in said(app)
    other = opened("add_plan.py", Role.RC_AI)
    assert "Surveillance plan for NeuroFlag 3.2.1" in said(other)
    other.selectbox(key="plan-NeuroFlag-3.2.1-template").select("ich-triage-verified").run()
    assert other.number_input(key="plan-NeuroFlag-3.2.1-weekly-Westbrook").value > 100


def test_the_blank_files_are_offered_before_there_is_an_export(empty: Path, opened: Opened) -> None:
    app = opened("set_up.py", Role.DATA_MANAGER)

    assert "Blank files and the data dictionary" in said(app)
    assert "whether 03/04/2026 is 3 April or 4 March" in said(app)


@pytest.mark.parametrize("page", ["set_up.py", "add_plan.py"])
@pytest.mark.parametrize("home", ["loaded", "empty"])
def test_both_pages_draw_with_data_and_without(
    page: str, home: str, opened: Opened, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(home)
    app = opened(page, Role.ADMINISTRATOR)

    assert len(app.title) == 1
    assert not app.exception
    assert "could not be drawn" not in said(app)
