"""Answers given on the pages are kept with a name and a reason, and only by those who may."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]
REASON = "Sensitivity is below the agreed rate since October."


def said(app: AppTest) -> str:
    """Return every sentence of a page."""
    return "\n".join(element.value for element in app.markdown)


def _key(app: AppTest, start: str) -> str:
    return next(button.key for button in app.button if (button.key or "").startswith(start))


def test_an_alarm_is_acknowledged_with_name_and_reason(loaded: Path, opened: Opened) -> None:
    app = opened("alarms.py", Role.RADIOGRAPHER)
    key = _key(app, "acknowledge-")
    number = key.removeprefix("acknowledge-")
    app.text_area(key=f"reason-{number}").input("Looked at the scanner log, asked physics.")
    app.button(key=key).click().run()

    assert f"acknowledge-{number}" not in [button.key for button in app.button]
    assert f"Alarm {number} acknowledged by J" in said(app)
    assert f"alarm {number} ·" not in said(app)
    app.button_group(key="which").set_value("All").run()

    kept = next(element.value for element in app.markdown if "asked physics" in element.value)
    assert "acknowledged" in kept
    assert "J\\. Marsh" in kept or "J. Marsh" in kept


def test_an_alarm_needs_a_reason(loaded: Path, opened: Opened) -> None:
    app = opened("alarms.py", Role.RADIOGRAPHER)
    key = _key(app, "acknowledge-")
    app.button(key=key).click().run()

    assert "A reason of a few words is needed" in said(app)
    assert key in [button.key for button in app.button]


def test_a_radiologist_signs_the_stop_use_notice(loaded: Path, opened: Opened) -> None:
    app = opened("stop_use.py", Role.RC_AI)
    number = _key(app, "sign-").removeprefix("sign-")
    app.text_area(key=f"stop-reason-{number}").input(REASON)
    app.button(key=f"sign-{number}").click().run()
    app.checkbox(key=f"stop-{number}-sure").check().run()
    app.button(key=f"stop-{number}-sign").click().run()

    assert "signed by Dr A. Rahman" in said(app)
    assert not {"Who could sign today", "If you decline"} & {header.value for header in app.header}
    assert f"sign-{number}" not in [button.key for button in app.button]
    assert "Stopped" in said(app.switch_page("views/this_week.py").run())


def test_a_notice_without_a_reason_is_not_signed(loaded: Path, opened: Opened) -> None:
    app = opened("stop_use.py", Role.RC_AI)
    app.button(key=_key(app, "sign-")).click().run()

    assert "A reason is needed" in said(app)
    assert not [box.key for box in app.checkbox]


def test_a_radiologist_declines_with_a_reason(loaded: Path, opened: Opened) -> None:
    app = opened("stop_use.py", Role.RC_AI)
    number = _key(app, "sign-").removeprefix("sign-")
    app.button_group(key=f"answer-{number}").set_value("Decline").run()
    app.text_area(key=f"decline-reason-{number}").input("The fault lies in the label source.")
    app.button(key=f"decline-{number}").click().run()
    app.checkbox(key=f"declined-{number}-sure").check().run()
    app.button(key=f"declined-{number}-sign").click().run()

    assert "Declined by Dr A. Rahman" in said(app) or "label source" in said(app)


def test_a_radiographer_is_told_who_signs(loaded: Path, opened: Opened) -> None:
    app = opened("stop_use.py", Role.RADIOGRAPHER)

    assert "may not sign or decline a stop-use notice" in said(app)
    assert not [button for button in app.button if (button.key or "").startswith("sign-")]


def test_a_refusal_of_a_service_is_shown_as_its_sentence(loaded: Path, opened: Opened, monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's own fixture
    monkeypatch.setattr("dashboard.session.is_for_me", lambda _action: True)
    app = opened("stop_use.py", Role.RADIOGRAPHER)
    number = _key(app, "sign-").removeprefix("sign-")
    app.text_area(key=f"stop-reason-{number}").input(REASON)
    app.button(key=f"sign-{number}").click().run()
    app.checkbox(key=f"stop-{number}-sure").check().run()
    app.button(key=f"stop-{number}-sign").click().run()

    assert "may not sign or decline a stop\\-use notice" in said(app)
    assert "Nothing was changed" in said(app)
