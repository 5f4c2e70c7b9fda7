"""Stable, fully verified."""

from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_STABLE_FULL = Scenario(
    name="ich-stable-full",
    title="Stable, fully verified",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Westbrook",),
    description=(
        "The control for the fully verified scenarios: nothing changes, and every study has an adjudicated truth."
    ),
    onset_week=None,
    fault="nothing is planted",
    harms_performance=False,
    chart=None,
    expected="nothing",
    plan_template="ich-triage-verified",
    verification="full",
    reference="adjudication",
    department=CT_HEAD,
    seed=42,
)
