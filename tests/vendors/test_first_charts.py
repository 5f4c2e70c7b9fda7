"""Every vendor's export reaches its first chart: set up, loaded, registered, planned, evaluated, drawn."""

import tomllib
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import tomli_w

from surveillance.domain.plan import plan_template
from surveillance.domain.roles import Actor, Role
from surveillance.services import evaluation, exports, intake, performance, plans, products, throughput

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
FIRST_DAY = date(2026, 9, 28)
RADIOLOGIST = Actor("rc_ai", "The radiologist (RC-AI)", Role.RC_AI)


def plan_for(model, version, sites, *, scored, flagged, source):
    """Return the template that suits a product, with its names and the dates of the file."""
    plan = tomllib.loads(plan_template("ich-triage" if scored and flagged else "flags-only"))
    plan |= {"plan": f"{model} plan", "model": model, "version_of_model": version, "sites": sorted(sites)}
    plan |= {"effective_from": FIRST_DAY + timedelta(weeks=4), "expected_per_week": {"studies": 20, "prevalence": 0.3}}
    plan["baseline"] = {"from": FIRST_DAY, "to": FIRST_DAY + timedelta(days=27), "minimum_positives": 5}
    plan["truth"] |= {"flagged": [source], "unflagged": [source], "audit_fraction_unflagged": 1.0}
    return tomli_w.dumps(plan)


def counted(rows):
    """Return how many studies were acquired in each week (Monday to Sunday in London) of each version at a site."""
    found = Counter()
    for row in rows:
        year, week, _ = datetime.fromisoformat(row["acquired_at"]).astimezone(LONDON).isocalendar()
        found[f"{row['model']} · {row['site']}", f"{year}-W{week:02d}"] += 1
    return found


def test_an_export_reaches_its_first_chart(vendor, set_up_of, manager):
    store, saved = set_up_of(vendor)
    preview = intake.preview(manager, store, vendor.file.read_bytes(), vendor.file.name, saved.name, at=AT)
    intake.commit(manager, store, preview, choice="keep", at=AT)
    rows = [row for row in vendor.expected if "version" in row]
    if not rows:  # orders or findings alone: the results of the same studies come in the log's own columns
        data, rows = vendor.companion
        more = intake.preview(manager, store, data, "results.csv", "canonical", at=AT)
        intake.commit(manager, store, more, choice="keep", at=AT)
    registered = {tuple(entry) for entry in vendor.told.get("registered", {}).get("versions", [])}
    for model, version, site in sorted({(row["model"], row["version"], row["site"]) for row in rows} - registered):
        given = products.Registration(model=model, version=version, site=site, threshold=0.5)
        products.register_deployment(manager, store, given, at=AT)
    for model, version in sorted({(row["model"], row["version"]) for row in rows}):
        own = [row for row in rows if row["model"] == model]
        sites, words = {row["site"] for row in own}, {name for row in own for name in row}
        source = next((row["truth_source"] for row in vendor.expected if "truth_source" in row), "report")
        plan = plan_for(model, version, sites, scored="score" in words, flagged="called" in words, source=source)
        plans.add_plan(RADIOLOGIST, store, plan, at=AT)

    evaluation.run_all(manager, store, at=AT, workers=1)

    names, points = exports.points(manager, store)
    found = [dict(zip(names, point, strict=True)) for point in points]
    told = {
        metric: {(p["deployment"], p["week"]): p["value"] for p in found if (p["metric"], p["window"]) == (metric, 1)}
        for metric in ("eligible", "flag_rate")
    }
    studied, flagged = counted(rows), counted([row for row in rows if row.get("called") == "1"])
    assert {key: value for key, value in told["eligible"].items() if value} == dict(studied)
    failed = counted([row for row in rows if row.get("status") == "failed"])
    if any("called" in row for row in rows):
        for key, total in studied.items():
            assert told["flag_rate"][key] == pytest.approx(flagged[key] / (total - failed[key]), abs=1e-12)
    first = throughput.throughput(manager, store, 1)
    assert sum(any(value for value in chart.value if value) for chart in first.process) > 0
    if any(row.get("truth") in ("0", "1") for row in vendor.expected):
        page = performance.performance(manager, store, 1, None)
        assert any(number for series in page.series for number in series.n)
