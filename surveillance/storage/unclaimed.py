"""Studies of a file whose version is not registered: they are kept, and counted apart until it is."""

import pandas as pd
from sqlalchemy import Connection, select

from surveillance.storage.register import deployments
from surveillance.storage.tables.register import VERSION_ALIAS


def unclaimed(connection: Connection, cases: pd.DataFrame) -> int:
    """Count the rows that no registered version at a site claims."""
    known = claimed(connection)
    sizes = cases.groupby(["model", "version", "site"], observed=True).size()
    return int(sum(count for key, count in sizes.items() if key not in known))


def claimed(connection: Connection) -> set[tuple[str, str, str]]:
    """Return every (product, version, site) that the register knows, other spellings of versions among them."""
    known = {(kept.model, kept.version, kept.site) for kept in deployments(connection)}
    by_number = {kept.id: kept for kept in deployments(connection)}
    for row in connection.execute(select(VERSION_ALIAS.c.deployment_id, VERSION_ALIAS.c.version)):
        alias = by_number[row.deployment_id]
        known.add((alias.model, row.version, alias.site))
    return known
