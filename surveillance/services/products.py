"""The register of products and of their versions at each site."""

from dataclasses import dataclass
from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.services.guard import guarded
from surveillance.storage import register
from surveillance.storage.store import Store


@dataclass(frozen=True, slots=True)
class Registration:
    """What is said when a version is registered at a site."""

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


@guarded(Action.REGISTER_PRODUCT)
def register_deployment(actor: Actor, store: Store, registration: Registration, *, at: datetime) -> int:
    """Register one version of a product at one site; its studies leave quarantine with the next evaluation."""
    given = registration
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
        number = register.add_deployment(
            unit.connection,
            model_id=model_id,
            version=given.version,
            site=given.site,
            threshold=given.threshold,
            zone=given.zone,
            title=given.title or f"{given.model} · {given.site}",
            at=at,
            by=actor.person,
        )
        register.set_status(
            unit.connection, deployment_id=number, status=given.status, at=at, by=actor.person, reason="registered"
        )
        unit.record({"deployment": number, "model": given.model, "version": given.version, "site": given.site})
    return number
