"""Set up from my file in a browser: three vendors' exports from the drop to the first chart, each click counted."""

import logging
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

pytestmark = pytest.mark.browser
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
VENDORS = Path(__file__).parents[1] / "vendors"
EXPORTS = ("01_semicolons_decimal_commas", "05_american_dates_am_pm", "20_a_workbook")
OWN = {"export.py", "answers.toml", "expected.csv", "held.csv"}
MOST_CLICKS = 20
LOGGER = logging.getLogger(__name__)
SLOW = 60_000


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


class Hand:
    """A person at the page: every press, choice and filled box counts as one click."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def still(self) -> None:
        """Wait until the app has finished a run."""
        self.page.wait_for_timeout(600)
        self.page.wait_for_selector(IDLE)
        self.page.wait_for_timeout(600)

    def press(self, what: Locator) -> None:
        """Click."""
        what.click()
        self.clicks += 1
        self.still()

    def button(self, words: str) -> None:
        """Press a button by its words."""
        self.press(self.page.get_by_role("button", name=re.compile(words)))

    def write(self, box: Locator, text: str) -> None:
        """Write into a box."""
        box.fill(text)
        box.press("Enter")
        self.clicks += 1
        self.still()

    def choose(self, box: Locator, words: str) -> None:
        """Choose from a list."""
        box.scroll_into_view_if_needed()  # a list that opens while the page still scrolls is closed by it
        self.page.wait_for_timeout(900)
        box.click()
        self.page.get_by_role("option", name=re.compile(words)).first.click()
        self.clicks += 2
        self.still()


def keyed(page: Page, key: str) -> Locator:
    """Return what has a key."""
    return page.locator(f".st-key-{re.sub('[^a-zA-Z0-9_-]', '-', key)}")


def answered(hand: Hand, folder: Path) -> None:
    """Give the answers that this vendor's file does not hold."""
    sources = {"adjudication": "panel|adjudic|Adjudic", "report": "report"}
    for key, value in tomllib.loads((folder / "answers.toml").read_text("utf-8")).get("answers", {}).items():
        box = keyed(hand.page, f"set-up-{key}")
        if box.get_by_role("radiogroup").count():
            hand.press(box.get_by_text(re.compile(sources.get(value, value))).first)
        else:
            hand.write(box.locator("input"), value)


@pytest.mark.parametrize("name", EXPORTS)
def test_from_the_file_to_the_first_chart_without_any_toml(
    name: str, server: str, browser: Browser, pictures: Path
) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(SLOW)
    page.goto(f"{server}/this-week")
    hand = Hand(page)
    hand.still()
    page.get_by_label("Signed in as").click()
    page.get_by_role("option", name=re.compile("· administrator$")).click()
    hand.still()
    hand.press(page.get_by_role("link", name="Set up from my file"))
    folder = VENDORS / name
    (file,) = [path for path in folder.iterdir() if path.is_file() and path.name not in OWN]
    page.set_input_files("input[type=file]", files=[file])
    hand.clicks += 1
    page.get_by_text("What the file itself says").wait_for()
    hand.still()
    answered(hand, folder)
    hand.button("Confirm all")
    page.screenshot(path=str(pictures / f"set-up-{name}.png"), full_page=True)
    hand.button("Save this profile")
    if page.get_by_role("button", name=re.compile("^.*Register")).count():
        finding = page.get_by_label("What does it look for?")
        if finding.count():
            hand.write(finding, "bleed")
        hand.button("Register")
    hand.button("(Keep|Load) [0-9]+ (good )?rows")
    expect(page.get_by_text("Stored as batch")).to_be_visible()
    planned(hand)
    link = page.get_by_role("link", name=re.compile("See the charts")).first
    link.wait_for()
    hand.press(link)

    expect(page.get_by_role("tab", name="Performance")).to_be_visible()
    page.locator(".js-plotly-plot .main-svg").first.wait_for()
    assert parse_qs(urlsplit(page.url).query)["deployment"]
    assert page.get_by_text("could not be drawn").count() == 0
    LOGGER.info("%s: %d clicks from the menu to the first chart", name, hand.clicks)
    assert hand.clicks <= MOST_CLICKS


def planned(hand: Hand) -> None:
    """Fill in and sign the plan, where the product has none; else evaluate."""
    page = hand.page
    if not page.get_by_text("Surveillance plan for").count():
        hand.button("Run the evaluation")
        return
    hand.choose(page.get_by_label("Begin with"), "^Intracranial haemorrhage triage on CT head$")
    hand.press(page.get_by_text(re.compile("^A probability")))
    for label, value in (("Studies with the finding", "20"), ("Unflagged studies whose finding", "100")):
        box = page.get_by_label(re.compile(label))
        if box.input_value() == "":
            hand.write(box, value)
    hand.press(page.get_by_text("I have read this plan and sign it"))
    hand.button("Sign the plan and evaluate")
