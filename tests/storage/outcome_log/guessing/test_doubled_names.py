"""A header that names a column twice is refused with both places; no row of data is taken for the header instead."""

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.guessing.draft import Known
from surveillance.storage.outcome_log.guessing.proposal import Answers
from surveillance.storage.outcome_log.guessing.propose import propose_profile

# No cell is a number, so that each row reads like a header of names.
ROWS = [f"S{letter}x;0{day}.05.2026 10:15;high;flagged;North;low" for day, letter in enumerate("abcdefgh", 1)]


def proposed(header, *, above=()):
    text = "\n".join([*above, header, *ROWS]) + "\n"
    return propose_profile(text.encode(), "week.csv", Answers(), Known())[0]


def test_the_column_and_both_places_are_named_with_the_fix():
    with pytest.raises(FileRefused) as refused:
        proposed("Study;Scan date;Score;AI flag;Site;Score")

    assert str(refused.value) == (
        "Line 1, the header, names column 'Score' twice, as columns 3 and 6 from the left, so it is in doubt which one"
        " is meant. Rename or remove one of them and load the file again."
    )


def test_below_a_title_the_line_of_the_file_is_named():
    with pytest.raises(FileRefused, match=r"Line 3, the header, names column 'Site' twice, as columns 3 and 5 "):
        proposed("Study;Scan date;Site;AI flag;Site;Score", above=["Export of the AI", ""])


def test_the_same_header_with_each_name_once_is_read():
    assert proposed("Study;Scan date;Score;AI flag;Site;Score 2").header_row == 1


def test_a_row_of_data_that_repeats_itself_is_no_header():
    rows = ["Sa;03.05.2026;Score;Score;Site", "Sb;04.05.2026;Score;Score;Site"]
    text = "\n".join(["Kennung;Aufnahme;Erstes;Zweites;Haus", *rows]) + "\n"
    found, _ = propose_profile(text.encode(), "week.csv", Answers(), Known())
    assert found.header[0] == "Kennung"


def test_names_that_a_second_line_tells_apart_are_no_doubled_ones():
    text = "Study;Study;AI;AI\nNo;Date;Score;Flag\n" + "Sa;03.05.2026;high;flagged\n" * 3
    found, _ = propose_profile(text.encode(), "week.csv", Answers(), Known())
    assert found.header == ("Study / No", "Study / Date", "AI / Score", "AI / Flag")


def test_a_name_that_stands_three_times_is_told_with_every_place():
    with pytest.raises(FileRefused, match=r"names column 'Score' 3 times, as columns 3, 5 and 6 from the left"):
        proposed("Study;Scan date;Score;AI flag;Score;Score")
