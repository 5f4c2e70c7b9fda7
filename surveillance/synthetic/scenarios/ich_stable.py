"""Stable, a tenth of the unflagged audited."""

from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_STABLE = Scenario(
    name="ich-stable",
    title="Stable, a tenth of the unflagged audited",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Northtown",),
    description=(
        "A well-running bleed triage: nothing changes in 90 weeks. All flagged studies have a "
        "truth, and a random tenth of the unflagged is audited."
    ),
    onset_week=None,
    fault="nothing is planted",
    harms_performance=False,
    chart=None,
    expected="nothing",
    plan_template="ich-triage",
    verification="audit 10 %",
    reference="mixed",
    department=CT_HEAD,
    seed=1,
)
