"""Files and half-right files on the pages: several at once, the receipt of each, what waits, and a withdrawal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]
HEAD = "case_id,model,version,site,acquired_at,status,score,called"
TRUTHS = "case_id,model,site,truth,truth_recorded_at,truth_source"


def row(number: int, score: str = "0.0071") -> str:
    return f"H{number},NeuroFlag,3.2.1,Millford,2026-04-06T00:04:33Z,processed,{score},false"


def csv(head: str, *rows: str) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in app.markdown)


@pytest.fixture
def loaded(empty: Path, opened: Opened) -> AppTest:
    """Load a log page with three files: good ones of two kinds, and one that is no log."""
    app = opened("load_log.py", Role.DATA_MANAGER)
    rows = [row(number) for number in range(100)] + [row(200, "1.7")]
    truth = "H1,NeuroFlag,Millford,1,2026-04-08T00:00:00Z,report"
    app.file_uploader(key="log-file-0").upload("log.csv", csv(HEAD, *rows), "text/csv")
    app.file_uploader(key="log-file-0").upload(
        "bad.csv", csv("Study,Score,Flag", *(f"A{n},0.{n},Y" for n in range(1, 9))), "text/csv"
    )
    app.file_uploader(key="log-file-0").upload("truths.csv", csv(TRUTHS, truth), "text/csv")
    return app.run()


def test_several_files_each_have_their_own_profile_preview_and_receipt(loaded: AppTest) -> None:
    chosen = [one.value for one in loaded.selectbox if "written" in one.label]
    assert chosen == ["canonical", None, "canonical-outcomes"]
    assert "set it up first" in said(loaded)
    loaded.button(key="keep").click().run()
    loaded.button(key="keep-2").click().run()

    assert "Stored as batch 1" in said(loaded)
    assert "Stored as batch 2" in said(loaded)
    assert [one.key for one in loaded.button if one.key == "evaluate"] == ["evaluate"]


def test_held_rows_are_offered_and_a_file_is_withdrawn_with_a_reason(loaded: AppTest, opened: Opened) -> None:
    loaded.button(key="keep").click().run()
    page = opened("files.py", Role.DATA_MANAGER)
    assert "1 row awaits correction" in said(page)
    assert page.get("download_button")
    page.button(key="withdraw-1").click().run()
    assert "100 rows of log" in said(page)
    assert "stop counting now" in said(page)
    page.button(key="withdraw-sign").click().run()
    assert "A sentence is needed" in said(page)
    page.text_area(key="withdraw-reason").set_value("It was of another hospital.").run()
    page.button(key="withdraw-sign").click().run()

    assert "is withdrawn by" in said(page)
    assert "withdraw-1" not in [one.key for one in page.button]
    assert "Withdrawn" in said(page)
    assert "awaits correction" not in said(page)


def test_a_person_who_may_not_withdraw_is_not_offered_it(loaded: AppTest, opened: Opened) -> None:
    loaded.button(key="keep").click().run()
    page = opened("files.py", Role.GOVERNANCE)
    assert "log.csv" in said(page).replace("\\", "")
    assert not [one.key for one in page.button if one.key and one.key.startswith("withdraw")]
    assert not page.get("download_button")
