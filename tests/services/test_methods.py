"""The methods page says what the docstrings say, in parts, and adds what was measured."""

import pytest

from surveillance.metrics import METRICS
from surveillance.services.method_docstring import read_docstring, short_reference
from surveillance.services.methods import MethodEntry, documented, topic_of

WRITTEN = """Estimate the share of cases
    with a finding.

    The share is x of n:

        p = x / n

    Parameters
    ----------
    found, n : int
        Counts: cases with a finding,
        and all.

    Raises
    ------
    NotEstimable
        If there is no case.
    ValueError
        If x exceeds n.

    Notes
    -----
    Assumes: cases are
    independent.

    Not for: a patient: scanned twice.
    Departs from the published rule: ends are cut to 0 and 1, because rounding
    passes them.

    Examples
    --------
    >>> share(1,
    ...       4)
    0.25

    References
    ----------
    Wilson (1927) Probable inference, the law of succession,
    and statistical inference. JASA 22, 209-212.
    Brown, Cai & DasGupta (2001) Interval estimation. Statistical Science 16.
    """


@pytest.fixture
def said():
    return read_docstring(WRITTEN)


def entry(said):
    return MethodEntry("share", "Share", "Operating point", "How right?", said, (), "")


def test_the_sentence_is_whole_and_the_definition_keeps_its_formula(said):
    assert said.sentence == "The share of cases with a finding."
    assert said.definition == ("The share is x of n:", "    p = x / n")


def test_each_note_is_told_apart_with_or_without_an_empty_line(said):
    assert said.assumes == "cases are independent."
    assert said.not_for == "a patient: scanned twice."
    assert said.departs == "ends are cut to 0 and 1, because rounding passes them."


def test_inputs_errors_example_and_references_are_each_read(said):
    assert [(one.name, one.kind, one.text) for one in said.inputs] == [
        ("found, n", "int", "Counts: cases with a finding, and all.")
    ]
    assert [(one.name, one.text) for one in said.raises] == [
        ("NotEstimable", "If there is no case."),
        ("ValueError", "If x exceeds n."),
    ]
    assert said.example.splitlines() == [">>> share(1,", "...       4)", "0.25"]
    assert [short_reference(one) for one in said.references] == ["Wilson (1927)", "Brown, Cai & DasGupta (2001)"]


def test_a_departure_is_split_into_what_is_done_and_why(said):
    departure = entry(said).departure

    assert departure is not None
    assert departure.published == "Wilson (1927); Brown, Cai & DasGupta (2001)"
    assert (departure.done, departure.why) == ("Ends are cut to 0 and 1", "Rounding passes them.")


@pytest.mark.parametrize("words", ["in nothing.", "In nothing: the same sum, in another order.", "nothing."])
def test_a_method_that_follows_its_rule_is_no_departure(words):
    assert entry(read_docstring(f"Count.\n\nNotes\n-----\nDeparts from the published rule: {words}")).departure is None


def test_a_rule_that_is_followed_only_in_part_is_a_departure():
    words = "in nothing for equal weights; for others cases are counted by Kish, because they tell less."
    departure = entry(read_docstring(f"Count.\n\nNotes\n-----\nDeparts from the published rule: {words}")).departure

    assert departure is not None
    assert departure.why == "They tell less."


def test_an_example_without_a_heading_is_not_taken_for_a_definition():
    said = read_docstring("Count cases.\n\n>>> count(3)\n3")

    assert (said.definition, said.example) == ((), ">>> count(3)\n3")


def test_a_search_wants_every_word_in_any_case(said):
    assert entry(said).speaks_of("WILSON share")
    assert entry(said).speaks_of("")
    assert not entry(said).speaks_of("wilson zebra")


def test_references_are_told_apart_wherever_their_lines_break():
    text = "Begg & Greenes (1983) Assessment.\nBiometrics 39, 207-215. Zhou et al. (2011)\nMethods. Wiley."
    said = read_docstring(f"Correct.\n\nReferences\n----------\n{text}")

    assert said.references == (
        "Begg & Greenes (1983) Assessment. Biometrics 39, 207-215.",
        "Zhou et al. (2011) Methods. Wiley.",
    )


def test_an_empty_docstring_is_an_empty_entry():
    assert read_docstring("").sentence == ""


def test_every_metric_is_listed_by_the_name_and_label_that_plans_and_screens_use():
    listed = {entry.name: entry.title for entry in documented()}

    assert {name: metric.label for name, metric in METRICS.items()}.items() <= listed.items()


def test_the_topics_stand_in_their_order_and_each_in_one_place():
    topics = [entry.topic for entry in documented()]

    assert topics[0] == "Discrimination"
    assert len(set(topics)) == len(
        [topic for topic, before in zip(topics, ["", *topics], strict=False) if topic != before]
    )


def test_an_exported_statistic_whose_module_names_no_topic_is_refused():
    def statistic():
        pass

    with pytest.raises(KeyError, match="TOPIC"):
        topic_of(statistic)
