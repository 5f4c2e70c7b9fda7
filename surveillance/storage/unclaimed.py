"""Studies of a file whose version is not registered: they are kept, and counted apart until it is."""

import pandas as pd
from sqlalchemy import Connection

from surveillance.storage.register import deployments
from surveillance.storage.version_names import names


def unclaimed(connection: Connection, cases: pd.DataFrame) -> int:
    """Count the rows that no registered version at a site claims."""
    known = claimed(connection)
    sizes = cases.groupby(["model", "version", "site"], observed=True).size()
    return int(sum(count for key, count in sizes.items() if key not in known))


def claimed(connection: Connection) -> set[tuple[str, str, str]]:
    """Return every (product, version, site) that the register knows, other spellings of versions among them."""
    known = {(kept.model, kept.version, kept.site) for kept in deployments(connection)}
    by_number = {kept.id: kept for kept in deployments(connection)}
    for name in names(connection):
        if (own := by_number.get(name.deployment_id)) is not None:
            known.add((own.model, name.version, own.site))
    return known
