"""Large-vessel occlusion triage at three small sites, stable."""

from datetime import date

from surveillance.synthetic.department import CTA
from surveillance.synthetic.scenario import Scenario

LVO_STABLE = Scenario(
    name="lvo-stable",
    title="Stable, three small sites, baseline not yet met",
    model="VesselAI",
    version="2.0.4",
    sites=("Northgate", "Eastfield", "Southmoor"),
    description=(
        "Occlusion triage on CTA, 45 studies a week at each of three sites, sensitivity .88 at "
        "specificity .93 (.91 for ICA-T and M1, .75 for M2). Nothing changes; the log is nine weeks old."
    ),
    onset_week=None,
    fault="nothing is planted",
    harms_performance=False,
    chart=None,
    expected="nothing",
    plan_template="lvo-triage",
    verification="full",
    reference="adjudication",
    department=CTA,
    seed=11,
    first_monday=date(2026, 9, 21),
)
