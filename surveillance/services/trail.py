"""The audit trail, verified on demand."""

from pathlib import Path

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.storage.anchors import read_anchors
from surveillance.storage.store import Store
from surveillance.storage.verification import Verification
from surveillance.storage.verification import verify as verify_trail


@guarded(Action.VERIFY_TRAIL)
def verify(actor: Actor, store: Store, *, anchor: Path | None = None) -> Verification:
    """Check chain, triggers, batches and anchors, and say what is wrong, if anything is."""
    with store.read() as connection:
        return verify_trail(connection, read_anchors(anchor) if anchor else ())
