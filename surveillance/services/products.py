"""The register of products and of their versions at each site."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from surveillance.domain.roles import Action, Actor
from surveillance.errors import NotAllowed
from surveillance.services.free_text import name_without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.store_clock import moment_received
from surveillance.storage import register
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros, to_micros


@dataclass(frozen=True, slots=True)
class Registration:
    """What is said when a version is registered at a site.

    `cases_from` is the first day, on the site's clock, whose studies are its own; None for every study. A second
    threshold of a version needs it, since no log says under which threshold a study was read.
    """

    model: str
    version: str
    site: str
    finding: str = "positive"
    vendor: str = ""
    kind: str = "classifier"
    intended_use: str = ""
    pathway: str = ""
    threshold: float | None = None
    zone: str = "Europe/London"
    title: str = ""
    status: str = "in_use"
    cases_from: date | None = None


@guarded(Action.REGISTER_PRODUCT)
def register_deployment(actor: Actor, store: Store, registration: Registration, *, at: datetime) -> int:
    """Register one version of a product at one site; its studies leave quarantine with the next evaluation.

    It counts from after everything that was received or judged before, whatever this computer's clock says.

    Raises
    ------
    NotAllowed
        Without a name of the product, its version or the site, with a threshold outside 0 to 1, or with
        a text that seems to name a patient.
    AlreadyDecided
        If this version is registered at this site.
    """
    given = registration
    if not (given.model.strip() and given.version.strip() and given.site.strip()):
        raise NotAllowed("Name the product, its exact version and the site, as the logs write them.")
    for text in (given.model, given.version, given.site, given.vendor, given.intended_use, given.finding,
                 given.pathway, given.title):  # fmt: skip
        name_without_identifiers(text, "The registration")
    if given.threshold is not None and not 0 <= given.threshold <= 1:
        raise NotAllowed(f"An operating threshold lies between 0 and 1, as scores do; got {given.threshold:g}.")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.REGISTER_PRODUCT.value, at=at) as unit:
        known = register.model_named(unit.connection, given.model)
        if known is None:
            model_id = register.add_model(
                unit.connection,
                name=given.model,
                vendor=given.vendor,
                kind=given.kind,
                intended_use=given.intended_use,
                finding=given.finding,
                pathway=given.pathway,
            )
        else:
            model_id = known.id
        moment = from_micros(moment_received(unit.connection, at))
        number = register.add_deployment(
            unit.connection,
            model_id=model_id,
            version=given.version,
            site=given.site,
            threshold=given.threshold,
            zone=given.zone,
            title=given.title or f"{given.model} · {given.site}",
            at=moment,
            by=actor.person,
            cases_from=None if given.cases_from is None else _begin(given.cases_from, given.zone),
        )
        register.set_status(
            unit.connection, deployment_id=number, status=given.status, at=at, by=actor.person, reason="registered"
        )
        unit.record(
            {"deployment": number, "model": given.model, "version": given.version, "site": given.site,
             "threshold": given.threshold,
             "cases_from": None if given.cases_from is None else given.cases_from.isoformat()}
        )  # fmt: skip
    return number


def _begin(day: date, zone: str) -> int:
    """Return when a day begins on a site's clock (microseconds)."""
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))
