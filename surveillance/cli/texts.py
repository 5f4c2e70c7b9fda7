"""Reading a plan or a profile from a file a person names."""

from pathlib import Path

from surveillance.errors import FileRefused, NotFound


def read_text(file: Path) -> str:
    """Return the text of a file.

    Raises
    ------
    NotFound
        If there is no such file.
    FileRefused
        If it is not text in UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFound(f"There is no file {file}.") from error
    except UnicodeDecodeError as error:
        raise FileRefused(f"{file.name} is not text in UTF-8; save it as UTF-8 and try again.") from error
