"""Making and opening stores."""

import getpass
from dataclasses import dataclass
from datetime import datetime

from surveillance.domain.roles import Role
from surveillance.services.settings import default_url
from surveillance.storage import people
from surveillance.storage import store as stores
from surveillance.storage.store import Store as Store

KIND_WORDS = {
    "demo": "Demonstration store · synthetic data",
    "live": "Live store",
    "real_data_check": "Real-data check · not a clinical store",
    "exercise": "Exercise store",
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


def describe(store: Store) -> StoreInfo:
    """Return what a page says of its store."""
    return StoreInfo(store.name, store.kind, KIND_WORDS[store.kind], store.place)
