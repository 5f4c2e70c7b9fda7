"""Sensitivity decay, fully verified."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_SENSITIVITY_DECAY_FULL = Scenario(
    name="ich-sensitivity-decay-full",
    title="Sensitivity decay, fully verified",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Millford",),
    description=(
        "The AI slowly flags fewer of the positives, as after a creeping change of protocol. Every "
        "study has an adjudicated truth."
    ),
    onset_week=61,
    fault=(
        "the share of positives the AI does not flag rises from .10 to .20 over 26 weeks, because "
        "occult positives become more frequent"
    ),
    harms_performance=True,
    chart="missed_positives",
    expected="alarm",
    plan_template="ich-triage-verified",
    verification="full",
    reference="adjudication",
    department=CT_HEAD,
    seed=23,
    change=Change(ramp_weeks=26, miss_rate=0.20),
)
