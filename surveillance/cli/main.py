"""`surveillance`: the door of the command line, where every deliberate error becomes a sentence and an exit code."""

import sys

from rich.console import Console

from surveillance.cli.app import app
from surveillance.errors import FileRefused, NotAllowed, NotFound, SurveillanceError, TrailBroken

EXIT_CODES = {NotAllowed: 3, NotFound: 4, FileRefused: 5, TrailBroken: 6}


def main() -> None:
    """Run a command; 0 done, 1 refused or failed, 2 wrong use, 3 not allowed, 4 not found, 5 file refused, 6 trail."""
    try:
        app()
    except SurveillanceError as error:
        Console(stderr=True).print(str(error), style="bold", markup=False, soft_wrap=True)
        sys.exit(EXIT_CODES.get(type(error), 1))


if __name__ == "__main__":
    main()
