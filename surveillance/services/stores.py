"""Making and opening stores."""

import getpass
from dataclasses import dataclass
from datetime import datetime

from surveillance.domain.roles import Role
from surveillance.errors import NotFound, StoreUnusable
from surveillance.services.settings import default_url
from surveillance.storage import people
from surveillance.storage import store as stores
from surveillance.storage.store import Store as Store
from surveillance.storage.upgrade import Upgraded, older_kind, upgrade

KIND_WORDS = {
    "demo": "Demonstration store · synthetic data",
    "live": "Live store",
    "real_data_check": "Real-data check · not a clinical store",
    "exercise": "Exercise store",
}

KIND_NAMES = {
    "demo": "demonstration",
    "live": "live",
    "real_data_check": "real-data check",
    "exercise": "exercise",
}


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a page says of the store it shows."""

    name: str
    kind: str
    kind_words: str
    place: str


def open_store(url: str | None = None) -> Store:
    """Open a store: the one named, else this installation's own."""
    return stores.open_store(url or default_url())


def open_own(url: str, *, kind: str, name: str, at: datetime) -> Store:
    """Open the store of a command that makes its own, such as the demonstration; make it, or upgrade it, where needed.

    Raises
    ------
    StoreUnusable
        If the store there is of another kind.
    """
    try:
        older = older_kind(url)
    except NotFound:
        return create_store(url, name=name, kind=kind, at=at)
    if older == kind:
        upgrade_store(url, at=at, dumped=kind == "demo")
    return require_kind(stores.open_store(url), kind)


def require_kind(store: Store, kind: str) -> Store:
    """Return a store of the kind that a command works on.

    Raises
    ------
    StoreUnusable
        If it is of another kind: invented, published and clinical studies are never mixed.
    """
    if store.kind != kind:
        place = store.place
        store.close()
        raise StoreUnusable(
            f"This command works on a store of the kind {KIND_NAMES[kind]}, and the one at {place} is "
            f"{KIND_NAMES[store.kind]}. Nothing was changed; name another store, or move that one away."
        )
    return store


def create_store(url: str, *, name: str, kind: str, at: datetime) -> Store:
    """Make a store and make the person who does so its administrator.

    The account of the operating system is the identity; further people and roles are added by that
    administrator.
    """
    store = stores.create_store(url, name=name, kind=kind, at=at)
    account = getpass.getuser()
    role = Role.ADMINISTRATOR.value
    with store.write(actor=account, role=role, action="make the store", at=at) as unit:
        people.add_person(unit.connection, person_id=account, name=account, at=at, os_account=account)
        people.grant(unit.connection, person_id=account, role=role, at=at, by=account)
        unit.record({"store": name, "kind": kind})
    return store


def upgrade_store(url: str | None, *, at: datetime, dumped: bool = False) -> Upgraded:
    """Bring an older store to this version of the program; the account of the operating system is named in its trail.

    Raises
    ------
    NotFound
        If there is no store.
    StoreUnusable
        If it was made by a newer version, or is on PostgreSQL and nobody said that there is a dump.
    """
    return upgrade(url or default_url(), actor=getpass.getuser(), at=at, dumped=dumped)


def describe(store: Store) -> StoreInfo:
    """Return what a page says of its store."""
    return StoreInfo(store.name, store.kind, KIND_WORDS[store.kind], store.place)
