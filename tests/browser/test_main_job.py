"""The main job in a browser: load a log, evaluate, answer the alarm, sign the stop-use notice."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.navigation import PAGES

pytestmark = pytest.mark.browser
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
PHONE = "Mozilla/5.0 (Linux; Android 15; Mobile) Chrome/140 Mobile Safari/537.36"
SLOW = 120_000


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that any page of this file asked for."""
    return []


def watched(browser: Browser, asked: list[str], *, dark: bool = False, phone: bool = False) -> Page:
    """Open a page of a size and theme, and note what it asks for."""
    size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type] # a plain dict of the two numbers it wants
        color_scheme="dark" if dark else "light",
        user_agent=PHONE if phone else None,
    )
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_default_timeout(SLOW)
    return page


def still(page: Page) -> None:
    """Wait until the app has finished a run."""
    page.wait_for_timeout(600)
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(600)


def act_as(page: Page, role: str) -> None:
    """Pick a role at the left."""
    page.get_by_label("Signed in as").click()
    page.get_by_role("option", name=re.compile(re.escape(f"· {role}") + "$")).click()
    still(page)


def picture(page: Page, path: Path) -> None:
    """Save the whole page, as long as it is."""
    size = page.viewport_size
    assert size is not None
    long = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(long, size["height"])})
    page.wait_for_timeout(900)
    page.screenshot(path=str(path))
    page.set_viewport_size(size)


def load(page: Page, profile: str, name: str, data: bytes) -> None:
    """Give one file; its profile is proposed by its header."""
    page.set_input_files("input[type=file]", files=[{"name": name, "mimeType": "text/csv", "buffer": data}])
    page.get_by_role("button", name=re.compile("Keep .* good rows")).wait_for()
    still(page)
    expect(page.get_by_label("How this file is written (mapping profile)")).to_have_value(profile)


def test_load_evaluate_alarm_and_signed_notice(
    server: str, browser: Browser, asked: list[str], small_store: ModuleType, pictures: Path
) -> None:
    page = watched(browser, asked)
    page.goto(f"{server}/load-log")
    still(page)
    files = small_store.log_files()
    load(page, "canonical", "results.csv", files["results"])
    picture(page, pictures / "load-log-light.png")
    page.get_by_role("button", name=re.compile("Keep .* good rows")).click()
    expect(page.get_by_text("Stored as batch 3")).to_be_visible()
    page.get_by_role("button", name="Load other files").click()
    still(page)
    load(page, "canonical-outcomes", "outcomes.csv", files["outcomes"])
    page.get_by_role("button", name=re.compile("Keep .* good rows")).click()
    expect(page.get_by_text("Stored as batch 4")).to_be_visible()
    page.get_by_role("button", name="Run the weekly evaluation").click()
    page.get_by_role("link", name=re.compile("See this week")).click()
    still(page)
    expect(page.get_by_text("Stop-use recommended").first).to_be_visible()
    picture(page, pictures / "this-week-light.png")

    page.goto(f"{server}/deployment?deployment=1&tab=Charts")
    still(page)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    picture(page, pictures / "deployment-charts-light.png")
    page.goto(f"{server}/deployment?deployment=1")
    still(page)
    picture(page, pictures / "deployment-performance-light.png")
    for address, name in (
        ("deployment?deployment=1&tab=Calibration", "deployment-calibration"),
        ("deployment?deployment=1&tab=Throughput", "deployment-throughput"),
        ("false-alarms", "false-alarms"),
        ("methods?method=sensitivity", "methods"),
    ):
        page.goto(f"{server}/{address}")
        still(page)
        assert page.get_by_text("could not be drawn").count() == 0
        picture(page, pictures / f"{name}-light.png")

    page.goto(f"{server}/alarms")
    still(page)
    picture(page, pictures / "alarms-light.png")
    page.get_by_text("Answer, and history").first.click()
    page.get_by_label("What did you check").first.fill("Scanner log read, physics asked, reader told.")
    page.get_by_role("button", name=re.compile("Acknowledge$")).first.click()
    still(page)
    expect(page.get_by_text("acknowledged").first).to_be_visible()

    page.goto(f"{server}/stop-use")
    still(page)
    expect(page.get_by_text("may not sign or decline")).to_be_visible()
    act_as(page, "radiologist")
    page.get_by_label("Reason, in plain English").fill("More bleeds than agreed have gone unflagged since October.")
    picture(page, pictures / "stop-use-light.png")
    page.get_by_role("button", name=re.compile("Sign the stop-use notice")).click()
    page.get_by_text("I am Dr A. Rahman").click()
    page.get_by_role("button", name=re.compile("Sign the notice")).click()
    still(page)
    expect(page.get_by_text(re.compile("notice 1 signed by Dr A. Rahman", re.IGNORECASE)).first).to_be_visible()
    picture(page, pictures / "stop-use-signed-light.png")


def test_dark_and_phone_pages_draw(server: str, browser: Browser, asked: list[str], pictures: Path) -> None:
    for name, dark, phone in (("dark", True, False), ("phone", False, True)):
        page = watched(browser, asked, dark=dark, phone=phone)
        for address, part in (
            ("this-week", "this-week"),
            ("deployment?deployment=1&tab=Charts", "deployment-charts"),
            ("false-alarms", "false-alarms"),
        ):
            page.goto(f"{server}/{address}")
            still(page)
            assert page.get_by_text("could not be drawn").count() == 0
            wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
            assert wide <= (page.viewport_size or {"width": 0})["width"]
            picture(page, pictures / f"{part}-{name}.png")


FOR_DOCUMENTS = pytest.mark.skipif(
    os.environ.get("SURVEILLANCE_SCREENSHOTS") != "1", reason="the wide pictures are for docs/screenshots"
)


@pytest.mark.parametrize(
    "phone", [pytest.param(False, marks=FOR_DOCUMENTS, id="light"), pytest.param(True, id="phone")]
)
def test_the_pages_of_the_data_draw(
    server: str, browser: Browser, asked: list[str], pictures: Path, phone: bool
) -> None:
    page = watched(browser, asked, phone=phone)
    size = page.viewport_size
    assert size is not None
    for address, role in (
        ("files", "data manager"),
        ("set-up", "data manager"),
        ("data-quality", "data manager"),
        ("known-events", "data manager"),
        ("truth-worklist", "radiologist"),
        ("add-plan", "radiologist"),
    ):
        page.set_viewport_size({"width": 1440, "height": 900})  # on a phone the roles are folded away
        page.goto(f"{server}/{address}")
        still(page)
        act_as(page, role)
        page.set_viewport_size(size)
        still(page)
        assert page.get_by_text("could not be drawn").count() == 0
        wide = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
        assert wide <= size["width"]
        picture(page, pictures / f"{address}-{'phone' if phone else 'light'}.png")


def test_own_addresses_open_their_pages(server: str, browser: Browser, asked: list[str]) -> None:
    page = watched(browser, asked)
    for entry in PAGES:
        page.goto(f"{server}/{entry.address}")
        still(page)
        assert page.get_by_text("Page not found").count() == 0


def test_no_request_went_to_another_host(chromium: str, asked: list[str]) -> None:
    hosts = {urlsplit(address).hostname for address in asked if not address.startswith(("data:", "blob:"))}

    assert hosts == {"127.0.0.1"}
