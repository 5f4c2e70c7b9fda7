"""Statements for the store: values are bound, and only names of our own tables are ever written into the text."""

import ast
import re

import pytest

SQL = re.compile(r"\s*(?:select|insert into|update|delete from|create|drop|alter|truncate|pragma|set local)\s", re.I)
RUNNERS = {"text", "execute", "exec_driver_sql", "executescript", "executemany"}
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
# Triggers take no bound values. Every name in them comes from the catalogue of tables, and what they make is frozen
# in the first migration as plain SQL.
WRITES_TRIGGERS = "surveillance/storage/append_only.py"


def pasted(owner):
    """Yield every piece of SQL that is put together from parts, with the innermost function it stands in."""
    waiting = list(ast.iter_child_nodes(owner))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from pasted(node)
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            if SQL.match(str(node.values[0].value)):
                yield owner, node
        elif isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in RUNNERS and isinstance(node.args[0], ast.BinOp | ast.JoinedStr):
                yield owner, node.args[0]


def harmless(value, owner):
    """Say whether a part is a constant of ours, a quoted name, or a row of marks for bound values."""
    if isinstance(value, ast.Call) and ast.unparse(value.func).endswith("quoted"):
        return True
    if not isinstance(value, ast.Name):
        return False
    if CONSTANT.fullmatch(value.id):
        return True
    given = [n.value for n in ast.walk(owner) if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == value.id]
    return bool(given) and all("quoted(" in ast.unparse(v) or "'?'" in ast.unparse(v) for v in given)


def offenders(path, tree):
    for owner, statement in pasted(tree):
        parts = [v.value for v in getattr(statement, "values", []) if isinstance(v, ast.FormattedValue)]
        if isinstance(statement, ast.BinOp) or not all(harmless(part, owner) for part in parts):
            yield f"{path}:{statement.lineno}"


def test_every_value_is_bound_and_every_name_is_ours(sources):
    checked = [source for source in sources if source.path != WRITES_TRIGGERS]
    found = sorted({place for source in checked for place in offenders(source.path, source.tree)})
    assert not found, "\n".join(["pasted together at", *found])


@pytest.mark.parametrize(
    "line",
    [
        "connection.execute(text(f\"SELECT truth FROM outcome WHERE case_id = '{case_id}'\"))",
        'connection.exec_driver_sql("DELETE FROM outcome WHERE site = " + site)',
        'statement = f"INSERT INTO {table} VALUES (1)"',
    ],
)
def test_the_rule_sees_a_pasted_value(line):
    assert list(offenders("example.py", ast.parse(f"def ask(connection, case_id, site, table):\n    {line}\n")))


def test_the_rule_allows_a_quoted_name_and_bound_values():
    source = """
def ask(connection, table, rows):
    marks = ", ".join("?" for _ in rows[0])
    connection.exec_driver_sql(f"INSERT INTO {quoted(table)} VALUES ({marks})", rows)
"""
    assert list(offenders("example.py", ast.parse(source))) == []
