"""Outcomes late."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_LABEL_DELAY = Scenario(
    name="ich-label-delay",
    title="Outcomes late",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Longmere",),
    description=("Adjudication and audit fall behind, as when a post is vacant. The AI is unchanged."),
    onset_week=65,
    fault="every truth takes four times as long to be recorded; the AI is unchanged",
    harms_performance=False,
    chart=None,
    expected="outcomes overdue",
    plan_template="ich-triage",
    verification="audit 10 %",
    reference="mixed",
    department=CT_HEAD,
    seed=10,
    change=Change(delay_factor=4.0),
)
