"""The demonstration store: people of every role, the shipped synthetic logs, their plans and evaluations."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import tomli_w

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.services import evaluation, intake, plans, products, stores
from surveillance.services.installed_files import installed
from surveillance.storage import batches, people, register
from surveillance.storage import plans as kept_plans
from surveillance.storage.store import Store
from surveillance.synthetic import SCENARIOS, Scenario

PEOPLE = (
    ("demo.marsh", "J. Marsh", (Role.RADIOGRAPHER,)),
    ("demo.rahman", "Dr A. Rahman", (Role.RC_AI,)),
    ("demo.lowe", "Dr P. Lowe", (Role.DEPUTY,)),
    ("demo.walsh", "Dr S. Walsh", (Role.DEPUTY,)),  # a third reader: where two differ, neither of them may decide
    ("demo.osei", "K. Osei", (Role.DATA_MANAGER,)),
    ("demo.okafor", "M. Okafor", (Role.SAFETY_OFFICER,)),
    ("demo.finch", "L. Finch", (Role.PHYSICIST,)),
    ("demo.price", "S. Price", (Role.GOVERNANCE,)),
    ("demo.adeyemi", "Dr T. Adeyemi", (Role.TRAINEE,)),
    ("demo.novak", "Dr E. Novak", (Role.FACULTY,)),
    ("demo.singh", "R. Singh", (Role.ADMINISTRATOR,)),
)
TITLES = {"NeuroFlag": "Bleed triage", "VesselAI": "LVO triage"}
FINDINGS = {"NeuroFlag": "bleed", "VesselAI": "occlusion"}
REPORT_ERROR = {"sensitivity": 0.98, "specificity": 0.995}
Report = Callable[[str, int, int], None]


def _silent(_step: str, _done: int, _of: int) -> None:
    """Report progress to nobody."""


def add_demo_people(store: Store, *, at: datetime) -> None:
    """Make the demonstration's people known, somebody of each role; those who are known stay as they are."""
    with store.read() as connection:
        known = {person.id for person in people.people(connection)}
    new = [one for one in PEOPLE if one[0] not in known]
    if not new:
        return
    with store.write(actor="system", role="administrator", action="manage people and roles", at=at) as unit:
        for person, name, roles in new:
            people.add_person(unit.connection, person_id=person, name=name, at=at)
            for role in roles:
                people.grant(unit.connection, person_id=person, role=role.value, at=at, by="system")
        unit.record({"people": [person for person, _, _ in new]})


def make_demo(url: str, *, at: datetime, report: Report = _silent, scenarios: tuple[str, ...] = ()) -> Store:
    """Make the demonstration store and fill it; the shipped logs are loaded through the ordinary door.

    What is there already is left as it is, so that a start that was interrupted is taken up where it stopped
    and a second start changes nothing; a store of an older version of the program is upgraded first.

    Parameters
    ----------
    report : told each step, how many are done and of how many
    scenarios : load only these; all that ship where none is named
    """
    store = stores.open_own(url, kind="demo", name="Northgate Hospitals", at=at)
    add_demo_people(store, at=at)
    manager = Actor("demo.singh", "R. Singh", Role.ADMINISTRATOR)
    folder = installed("data/synthetic")
    cards = [path for path in sorted(folder.glob("*.card.toml")) if not scenarios or _name(path) in scenarios]
    for number, path in enumerate(cards):
        report(f"Loading {_name(path)}", number, 2 * len(cards))
        _load(manager, store, folder, tomllib.loads(path.read_text(encoding="utf-8")), at=at)

    def evaluated(title: str, done: int, of: int) -> None:
        report(f"Evaluated {title}", len(cards) + round(len(cards) * done / of), 2 * len(cards))

    report("Evaluating every week", len(cards), 2 * len(cards))
    evaluation.run_all(manager, store, at=at, progress=evaluated)
    report("Ready", 2 * len(cards), 2 * len(cards))
    return store


def _name(card: Path) -> str:
    return card.name.removesuffix(".card.toml")


def demo_plan(card: dict[str, Any], scenario: Scenario) -> str:
    """Return the plan of a shipped log: its template with the site, the sources and the audit filled in.

    Where the radiology report is the only truth, the plan states its error, as a department would that knows it.
    """
    plan = tomllib.loads(plan_template(card["plan_template"]))
    plan["plan"] = f"{card['plan_template']} {card['scenario']}"
    plan["sites"] = card["sites"]
    plan["truth"]["flagged"], plan["truth"]["unflagged"] = (list(sources) for sources in scenario.truth_sources)
    plan["truth"]["audit_fraction_unflagged"] = scenario.audit_fraction
    if scenario.reference == "report":
        plan["truth"]["error"] = REPORT_ERROR
    return tomli_w.dumps(plan)


def _load(manager: Actor, store: Store, folder: Path, card: dict[str, Any], *, at: datetime) -> None:
    with store.read() as connection:
        planned = {plan.name for plan in kept_plans.plans(connection)}
        registered = {(d.model, d.version, d.site) for d in register.deployments(connection)}
        # By name, not by content: a later version of the product ships other logs, and both would contradict.
        loaded = {kept.file_name for kept in batches.batches(connection)}
    if f"{card['plan_template']} {card['scenario']}" not in planned:
        plans.add_plan(manager, store, demo_plan(card, SCENARIOS[card["scenario"]]), at=at)
    for site in card["sites"]:
        if (card["model"], card["version"], site) not in registered:
            products.register_deployment(manager, store, _registration(card, site), at=at)
    for kind, profile in (("results", "canonical"), ("outcomes", "canonical-outcomes")):
        file = folder / card[kind]["file"]
        if file.name not in loaded:
            preview = intake.preview(manager, store, file.read_bytes(), file.name, profile, at=at)
            intake.commit(manager, store, preview, choice="keep", at=at)


def _registration(card: dict[str, Any], site: str) -> products.Registration:
    return products.Registration(
        model=card["model"],
        version=card["version"],
        site=site,
        finding=FINDINGS[card["model"]],
        vendor="synthetic",
        pathway="Acute stroke",
        threshold=card["operating_threshold"],
        title=f"{TITLES[card['model']]} · {site}",
    )
