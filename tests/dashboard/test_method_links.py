"""Every figure leads to the entry that explains it, and every link leads to an entry that is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.process_charts import PROCESS_METHODS
from surveillance.domain.measures import MEASURES
from surveillance.domain.roles import Role
from surveillance.services.method_links import COUNTED, EXPLAINED_BY, WHERE_AUDITED, method_of
from surveillance.services.methods import documented

Opened = Callable[..., AppTest]
ENTRIES = {entry.name for entry in documented()}


@pytest.mark.parametrize("audited", [False, True], ids=["all verified", "audited"])
@pytest.mark.parametrize("metric", sorted(MEASURES))
def test_every_figure_leads_to_an_entry_that_is_there_or_is_a_plain_count(metric: str, audited: bool) -> None:
    entry = method_of(metric, audited=audited)

    assert entry in ENTRIES or (entry == "" and metric in COUNTED and MEASURES[metric].unit == "count")


def test_no_line_of_the_map_is_idle() -> None:
    assert (EXPLAINED_BY.keys() | WHERE_AUDITED.keys() | COUNTED) <= MEASURES.keys()
    assert not EXPLAINED_BY.keys() & ENTRIES


def test_the_charts_of_the_throughput_tab_lead_to_entries_that_are_there() -> None:
    assert {entry for _, entry in PROCESS_METHODS} <= ENTRIES


@pytest.mark.parametrize(
    ("tab", "entry"), [("Performance", "sensitivity"), ("Calibration", "brier"), ("Throughput", "xmr_reading")]
)
def test_the_working_links_to_the_methods_page(tab: str, entry: str, loaded: Path, opened: Opened) -> None:
    app = opened("deployment.py", Role.RADIOGRAPHER, {"tab": tab})
    links = [element.proto for element in app.get("page_link")]

    asked = [link.query_string for link in links if link.page.endswith("methods")]
    assert f"method={entry}" in asked
    assert {one.removeprefix("method=") for one in asked} <= ENTRIES
