"""Data quality of every deployment in one list, from what is stored already: no study is read for it."""

from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.domain.weeks import Week
from surveillance.services.guard import guarded
from surveillance.services.held_rows import awaiting_correction
from surveillance.services.page_models.data_quality import QualityRow
from surveillance.services.quality_counts import files_of
from surveillance.services.quality_waiting import KINDS, ago
from surveillance.storage import register
from surveillance.storage.last_files import last_files
from surveillance.storage.newest_evaluations import newest_evaluations
from surveillance.storage.quarantine import quarantine
from surveillance.storage.store import Store


@guarded(Action.READ_SURVEILLANCE)
def all_deployments(actor: Actor, store: Store, *, at: datetime) -> tuple[QualityRow, ...]:
    """Return one row a deployment: its newest judged week, what waits, and how old its files are."""
    with store.read() as connection:
        known = register.deployments(connection)
        newest, files = newest_evaluations(connection), last_files(connection)
        held, apart = awaiting_correction(connection), quarantine(connection)
    found = []
    for own in known:
        judged = newest.get(own.id)
        coverage = None if judged is None else judged.summary["coverage"]
        mine = files_of(own, files)
        waiting = [f"{held[own.id].rows:,} held"] if own.id in held and held[own.id].rows else []
        unknown = sum(one.cases for one in apart if (one.model, one.site) == (own.model, own.site))
        waiting += [f"{unknown:,} in quarantine"] if unknown else []
        ages = [(kind, [one.received_at for one in mine if one.kind == kind]) for kind in KINDS]
        ordered = any(one.kind == "orders" for one in mine)
        found.append(
            QualityRow(
                deployment_id=own.id,
                title=f"{own.title} · {own.model} {own.version}",
                week="" if judged is None else Week(judged.summary["week"]).label,
                studies="" if coverage is None else f"{coverage['studies']:,}",
                not_processed="" if coverage is None else f"{coverage['failed']:,} of {coverage['studies']:,}",
                truths="" if coverage is None else f"{coverage['arrived']:,} of {coverage['expected']:,}",
                denominator="orders of the site" if ordered else "the results' own",
                waiting=", ".join(waiting),
                files=", ".join(f"{kind} {ago(max(times), at) if times else 'never'}" for kind, times in ages),
            )
        )
    return tuple(found)
