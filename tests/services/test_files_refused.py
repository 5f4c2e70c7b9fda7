"""Files that are refused as a whole: in a sentence, and with nothing left of them in the store."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from surveillance.domain.roles import Role
from surveillance.errors import FileRefused
from surveillance.services import intake
from surveillance.services.installed_files import installed
from surveillance.storage import batches

HEADER = b"case_id,model,version,site,acquired_at,status,score,called\n"
TRUTHS = b"case_id,model,site,truth,truth_recorded_at,truth_source\n"
ROW = b",NeuroFlag,3.2.1,Millford,2025-03-04T10:00:00Z,processed,0.5,true\n"


def test_a_file_with_identifiers_is_refused_whole_and_leaves_no_trace(ready, words):
    secret = b"943 476 5919"  # a valid NHS number of the test range
    data = HEADER + b"a1" + ROW + secret + ROW

    with pytest.raises(FileRefused, match="NHS number"):
        ready.preview(data, words.monday(0))

    assert stored(ready.store) == ()
    assert secret not in everything_stored(ready.store)
    assert secret.replace(b" ", b"") not in everything_stored(ready.store)


def stored(store):
    """Return the files that are kept."""
    with store.read() as connection:
        return batches.batches(connection)


def everything_stored(store):
    """Return the bytes of the store: the file itself, or every row of every table as text."""
    if make_url(store.url).get_backend_name() == "sqlite":
        with store.read() as connection:
            path = connection.execute(text("SELECT file FROM pragma_database_list WHERE name = 'main'")).scalar_one()
        return b"".join(part.read_bytes() for part in sorted(Path(path).parent.glob(f"{Path(path).name}*")))
    with store.read() as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        rows = [connection.execute(text(f'SELECT t::text FROM "{name}" t')).scalars().all() for name in names]
    return "\n".join(line for table in rows for line in table).encode()


@pytest.mark.parametrize(
    ("data", "words_of_refusal"),
    [
        (b"", "empty"),
        (b"\n\n", "."),
        (b"PK\x03\x04" + bytes(200), "."),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "."),
        (b"%PDF-1.7\n1 0 obj\n", "."),
        (TRUTHS + b"a1,NeuroFlag,Millford,1,2025-03-10T10:00:00Z,report\n", "version|acquired_at"),
        (b'{"case_id": "a1"}\n', "."),
    ],
    ids=["empty", "blank lines", "spreadsheet", "picture", "PDF", "outcomes as results", "JSON"],
)
def test_a_file_of_the_wrong_kind_is_refused_in_a_sentence(ready, words, actor, data, words_of_refusal):
    with pytest.raises(FileRefused, match=words_of_refusal) as refused:
        intake.preview(actor(Role.DATA_MANAGER), ready.store, data, "log.csv", "canonical", at=words.monday(0))
    assert str(refused.value).endswith((".", "?"))
    assert stored(ready.store) == ()


def test_a_live_store_refuses_the_synthetic_logs_that_ship(shelf, words, actor):
    url = shelf.new()
    store = words.staffed(url, kind="live")
    file = installed("data/synthetic") / "lvo-stable.outcomes.csv"
    manager = actor(Role.DATA_MANAGER)
    with pytest.raises(FileRefused, match="synthetic"):
        intake.preview(manager, store, file.read_bytes(), file.name, "canonical-outcomes", at=words.MADE_AT)
    assert stored(store) == ()
    store.close()
    shelf.remove(url)
