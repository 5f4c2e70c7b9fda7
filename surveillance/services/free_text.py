"""What people write is kept for good and read by many, so a text that seems to name a patient is not taken."""

from surveillance.errors import FileRefused, NotAllowed
from surveillance.storage.outcome_log.running_text import BORN_BEFORE, SEEN_BEFORE, identifier_in


def without_identifiers(text: str, what: str, *, born_before: int = BORN_BEFORE) -> str:
    """Return a text as it is; the one screen for everything that a person writes into the store.

    Parameters
    ----------
    what : what the text is, as the refusal begins: "This reason"
    born_before : a day of an earlier year is taken for a day of birth

    Raises
    ------
    NotAllowed
        If it seems to hold a patient's number, name, day of birth, postcode or an e-mail address; the value is masked.

    Examples
    --------
    >>> without_identifiers("loaded twice by mistake", "This reason")
    'loaded twice by mistake'
    >>> without_identifiers("wrong patient, 943 476 5919", "This")
    Traceback (most recent call last):
        ...
    surveillance.errors.NotAllowed: This seems to hold an NHS number (943***5919). Say it without; nothing was saved.
    """
    if found := identifier_in(text, born_before=born_before):
        raise NotAllowed(f"{what} seems to hold {found.what} ({found.shown}). Say it without; nothing was saved.")
    return text


def name_without_identifiers(text: str, what: str) -> str:
    """Return a name of a product, version, site or profile as it is; its numbers may look like a day of some years ago.

    Raises
    ------
    NotAllowed
        As `without_identifiers` does.

    Examples
    --------
    >>> name_without_identifiers("2.1.2008", "This version")
    '2.1.2008'
    """
    return without_identifiers(text, what, born_before=SEEN_BEFORE)


def refuse_named_file(file_name: str) -> None:
    """Refuse a file whose name seems to hold a patient's identifier, since the name is kept with its rows.

    Raises
    ------
    FileRefused
        With what it seems to hold, masked.

    Examples
    --------
    >>> refuse_named_file("results_2025033108_CT2.csv")
    """
    if found := identifier_in(file_name):
        raise FileRefused(
            f"The file's name seems to hold {found.what} ({found.shown}), and the name is kept with its rows. Rename"
            " the file and load it again; nothing was stored. If it holds such a thing inside too, make pseudonyms"
            " first with the command: surveillance pseudonymise FILE --key KEY."
        )
