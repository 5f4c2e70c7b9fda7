"""The tables of docs/ say what the files of measured figures say."""

import pytest

from tests.simulation.tables import COLUMNS, ROOT, read
from tests.simulation.write_tables import TABLES, with_table


@pytest.mark.parametrize("name", TABLES)
def test_the_document_shows_the_measured_figures(name):
    page, table = TABLES[name]
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")

    assert with_table(text, name, table()) == text, "python -m tests.simulation.write_tables --docs"


@pytest.mark.parametrize("path", COLUMNS, ids=lambda path: path.name)
def test_a_file_of_measured_figures_has_its_columns(path):
    assert {tuple(row) for row in read(path)} == {COLUMNS[path]}
