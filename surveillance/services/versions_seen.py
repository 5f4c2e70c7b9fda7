"""Which versions of which products a file holds at which sites, and whether the register knows them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.services.log_preview import Preview
from surveillance.storage import register
from surveillance.storage.outcome_log.profile import load_profile
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros
from surveillance.storage.unclaimed import claimed

OWN_CLOCK = "Europe/London"  # the department's own, where neither the file nor its profile names another


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version of a product at one site, as a file writes it.

    Attributes
    ----------
    zone : the clock of the studies; `first` and `last` are the local days of the first and the last one
    threshold : the operating threshold on the 0 to 1 score, where the profile flags by one
    registered : whether the register knows this spelling at this site
    product_known : whether the product is registered, under any version
    """

    model: str
    version: str
    site: str
    studies: int
    zone: str
    first: date
    last: date
    threshold: float | None
    registered: bool
    product_known: bool


@guarded(Action.LOAD_LOG)
def versions_seen(actor: Actor, store: Store, preview: Preview, profile_toml: str) -> tuple[VersionSeen, ...]:
    """Return the versions at sites in a file that was read, the most frequent first; none in orders and outcomes."""
    cases = preview.parsed.cases
    if cases is None or not len(cases):
        return ()
    profile = load_profile(profile_toml)
    rule = profile.dates.get("acquired_at")
    zone = (rule.zone if rule else None) or profile.zone or OWN_CLOCK
    limits = {part.constants.get("model"): part.threshold.value for part in profile.parts if part.threshold}
    with store.read() as connection:
        known = claimed(connection)
        products = {one.name for one in register.models(connection)}
    found = []
    for (model, version, site), rows in cases.groupby(["model", "version", "site"], observed=True):
        moments = rows["acquired_at"]
        found.append(
            VersionSeen(
                model=str(model),
                version=str(version),
                site=str(site),
                studies=len(rows),
                zone=zone,
                first=_day(int(moments.min()), zone),
                last=_day(int(moments.max()), zone),
                threshold=limits.get(str(model), limits.get(None)),
                registered=(str(model), str(version), str(site)) in known,
                product_known=str(model) in products,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.studies, one.model, one.version, one.site)))


def _day(moment: int, zone: str) -> date:
    return from_micros(moment).astimezone(ZoneInfo(zone)).date()
