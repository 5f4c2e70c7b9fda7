"""The real-data check: a published outcome log in a store of its own, never among clinical ones."""

import hashlib
import tomllib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.services import evaluation, intake, plans, products, stores
from surveillance.services.demo import add_demo_people
from surveillance.storage import batches, register
from surveillance.storage.store import Store

Report = Callable[[str, int, int], None]


def make_real(url: str, data: bytes, file_name: str, *, at: datetime, report: Report) -> Store:
    """Load the cardiac surgery log through its profile, each surgeon a site, and judge it on predicted mortality.

    What is there already is left as it is.
    """
    store = stores.open_own(url, kind="real_data_check", name="Cardiac surgery 1992–1998", at=at)
    add_demo_people(store, at=at)
    manager = Actor("demo.singh", "R. Singh", Role.ADMINISTRATOR)
    text = plan_template("outcome-given-risk")
    plan = tomllib.loads(text)
    if not plans.plans_kept(manager, store):
        plans.add_plan(manager, store, text, at=at)
    with store.read() as connection:
        registered = {deployment.site for deployment in register.deployments(connection)}
        stored = batches.find_by_sha256(connection, hashlib.sha256(data).hexdigest())
    for site in plan["sites"]:
        if site not in registered:
            products.register_deployment(manager, store, _registration(plan, site), at=at)
    report("Loading the log", 0, 2)
    if stored is None:
        preview = intake.preview(manager, store, data, file_name, "cardiac-surgery", at=at)
        intake.commit(manager, store, preview, choice="keep", at=at)

    def evaluated(title: str, done: int, of: int) -> None:
        report(f"Evaluated {title}", of + done, 2 * of)

    evaluation.run_all(manager, store, at=at, progress=evaluated)
    report("Ready", 1, 1)
    return store


def _registration(plan: dict[str, Any], site: str) -> products.Registration:
    return products.Registration(
        model=plan["model"],
        version=plan["version_of_model"],
        site=site,
        finding=plan["finding"],
        pathway=plan["pathway"],
        title=f"Cardiac surgery · {site}",
    )
