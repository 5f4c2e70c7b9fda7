"""The pages: section, file, title, icon and who has them listed; to list a page here is to publish it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from dashboard.components.page_head import page_head
from dashboard.components.states import not_yours
from surveillance.domain.roles import MAY, Action, Role

VIEWS = Path(__file__).parent / "views"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the navigation; it is listed for the roles that may do what it is for."""

    section: str
    file: str
    title: str
    icon: str
    action: Action

    @property
    def roles(self) -> frozenset[Role]:
        """Return who has the page."""
        return MAY[self.action]

    @property
    def address(self) -> str:
        """Return the page's own address, with hyphens."""
        return self.file.removesuffix(".py").replace("_", "-")


PAGES: tuple[Entry, ...] = (
    Entry("Surveillance", "this_week.py", "This week", "calendar_view_week", Action.READ_SURVEILLANCE),
    Entry("Surveillance", "deployment.py", "Deployment", "monitoring", Action.READ_SURVEILLANCE),
    Entry("Surveillance", "alarms.py", "Alarms", "notifications", Action.READ_SURVEILLANCE),
    Entry("Action", "stop_use.py", "Stop-use", "front_hand", Action.READ_SURVEILLANCE),
    Entry("Govern", "false_alarms.py", "False alarms", "crisis_alert", Action.READ_SURVEILLANCE),
    Entry("Govern", "add_plan.py", "Add a plan", "assignment_add", Action.ADD_PLAN),
    Entry("Data", "load_log.py", "Load a log", "note_add", Action.LOAD_LOG),
    Entry("Data", "files.py", "Files", "folder_open", Action.READ_SURVEILLANCE),
    Entry("Data", "set_up.py", "Set up from my file", "tune", Action.KEEP_PROFILES),
    Entry("Data", "truth_worklist.py", "Truth worklist", "fact_check", Action.KEEP_WORKLIST),
    Entry("Data", "data_quality.py", "Data quality", "rule", Action.READ_SURVEILLANCE),
    Entry("Data", "known_events.py", "Known events", "event_note", Action.READ_SURVEILLANCE),
    Entry("Help", "methods.py", "Methods", "function", Action.READ_METHODS),
)


def listed(role: Role) -> Iterator[Entry]:
    """Return the pages listed for a role, in order."""
    return (entry for entry in PAGES if role in entry.roles)


def pages(role: Role) -> dict[str, list[Page]]:
    """Return the sections of a role's navigation; a page that is not the role's answers with who may.

    The bare address opens the role's first page. It does so by a hidden page, since Streamlit answers "page not
    found" at the own address of whatever page is the default.
    """
    home = st.Page(partial(_first, role), title="Home", url_path="home", default=True, visibility="hidden")
    sections: dict[str, list[Page]] = {"": [home]}
    for entry in listed(role):
        page = st.Page(
            VIEWS / entry.file,
            title=entry.title,
            icon=f":material/{entry.icon}:",
            url_path=entry.address,
        )
        sections.setdefault(entry.section, []).append(page)
    for entry in PAGES:
        if role not in entry.roles:
            closed = partial(_closed, entry, role)
            page = st.Page(closed, title=entry.title, url_path=entry.address, visibility="hidden")
            sections[""].append(page)
    return sections


def _closed(entry: Entry, role: Role) -> None:
    page_head(entry.title)
    not_yours(entry.action)
    own = next(listed(role))
    st.page_link(VIEWS / own.file, label=own.title, icon=":material/arrow_forward:", icon_position="right")


def _first(role: Role) -> None:
    st.switch_page(VIEWS / next(listed(role)).file)
