"""The methods page: found by search or by address, read when opened, and honest about what was not measured."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.docstring_text import blocks, prose
from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """Return what a page says in running text."""
    return "\n".join(element.value for element in [*app.header, *app.markdown])


def labels(app: AppTest) -> list[str]:
    """Return the headings of the entries."""
    return [one.label for one in app.expander]


def test_an_address_with_a_method_opens_that_entry_before_all_others(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RADIOGRAPHER, {"method": "auroc"})

    assert not app.exception
    assert app.header[0].value == "AUROC"
    assert "**Assumes**: cases are independent" in words(app)
    assert "DeLong, DeLong & Clarke\\-Pearson" in words(app)


def test_an_address_with_an_unknown_method_says_so_and_lists_all(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RADIOGRAPHER, {"method": "[x](https://example.org)"})

    assert "There is no method “\\[x\\]\\(https\\://example.org\\)”" in words(app)
    assert any("Sensitivity" in label for label in labels(app))


def test_an_entry_is_written_out_only_when_it_is_opened(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RC_AI)
    assert "**Not for**" not in words(app)

    app.session_state["method-auroc"] = True
    app.run()
    assert words(app).count("**Not for**") == 1


def test_the_example_is_shown_on_demand(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RC_AI, {"method": "auroc"})
    assert not any(">>>" in one.value for one in app.code)

    app.toggle(key="code-asked-auroc").set_value(True).run()
    assert any(">>> auroc(truth, score)" in one.value for one in app.code)


def test_a_search_leaves_the_entries_that_hold_every_word(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RC_AI)
    app.text_input(key="wanted").set_value("reynolds stoumbos").run()

    assert any("Bernoulli CUSUM" in label for label in labels(app))
    assert not any("AUROC" in label for label in labels(app))


def test_a_search_without_a_hit_says_what_helps(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RC_AI)
    app.text_input(key="wanted").set_value("zebra").run()

    assert labels(app) == []
    assert "No method speaks of “zebra”. A shorter word finds more." in words(app)


def test_the_departures_name_the_rule_what_is_done_and_why(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.PHYSICIST)
    app.session_state["part"] = "Departures from published rules"
    app.run()

    table = app.table[0].value
    assert list(table.columns) == ["Method", "Published rule", "What is done here", "Why"]
    row = table[table["Method"] == "AUROC"].iloc[0]
    assert "DeLong, DeLong & Clarke\\-Pearson \\(1988\\)" in row["Published rule"]
    assert "logit" in row["What is done here"]
    assert "between 0 and 1" in row["Why"]


def test_an_entry_puts_itself_into_the_address_and_all_methods_takes_it_out(empty: Path, opened: Opened) -> None:
    app = opened("methods.py", Role.RC_AI)
    app.session_state["method-auroc"] = True
    app.run()

    app.button(key="address-auroc").click().run()
    assert app.query_params["method"] == "auroc"
    assert app.header[0].value == "AUROC"

    app.button(key="all-methods").click().run()
    assert "method" not in app.query_params


@pytest.mark.parametrize("text", ["![x](https://example.org/a.png)", "<b>bold</b>", ":red[x]", "$x$", "a * b * c"])
def test_nothing_in_a_docstring_becomes_a_link_a_picture_or_a_colour(text: str) -> None:
    assert prose(text).replace("\\", "") == text
    assert prose(text) != text


def test_names_in_backticks_stay_code_and_a_percentage_stays_on_one_line() -> None:
    assert prose("``a_b`` rises by 3 % in *verified* cases") == "`a_b` rises by 3\u202f% in *verified* cases"


def test_an_indented_paragraph_is_a_formula_and_keeps_its_lines() -> None:
    assert blocks(("    S = 0\n      + x",)) == [("formula", "S = 0\n  + x")]
