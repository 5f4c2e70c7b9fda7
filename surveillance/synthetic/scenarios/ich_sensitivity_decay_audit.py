"""Sensitivity decay, a tenth of the unflagged audited."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_SENSITIVITY_DECAY_AUDIT = Scenario(
    name="ich-sensitivity-decay-audit",
    title="Sensitivity decay, a tenth of the unflagged audited",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Harbourside",),
    description=("The same slow decay as seen by a department that audits a random tenth of the unflagged studies."),
    onset_week=61,
    fault=(
        "the share of positives the AI does not flag rises from .10 to .20 over 26 weeks, because "
        "occult positives become more frequent"
    ),
    harms_performance=True,
    chart="missed_positives",
    expected="alarm",
    plan_template="ich-triage",
    verification="audit 10 %",
    reference="mixed",
    department=CT_HEAD,
    seed=4,
    change=Change(ramp_weeks=26, miss_rate=0.20),
)
