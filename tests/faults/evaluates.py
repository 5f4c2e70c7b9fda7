"""Evaluates a store and says when the weeks are judged, for a test that kills this process about then."""

import sys
from datetime import datetime

from surveillance.domain.roles import Actor, Role
from surveillance.services import evaluation, stores


def say(word: str) -> None:
    """Tell the test that started this process."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main() -> None:
    """Evaluate the store at an address as at a moment; "judged" is printed before anything is kept."""
    store = stores.open_store(sys.argv[1])
    keep = evaluation._keep

    def told(*arguments: object) -> tuple[int, int]:
        say("judged")
        return keep(*arguments)

    evaluation._keep = told
    actor = Actor("data_manager", "The data manager", Role.DATA_MANAGER)
    evaluation.run_all(actor, store, at=datetime.fromisoformat(sys.argv[2]), workers=1)
    say("kept")


if __name__ == "__main__":
    main()
