"""Broken pipeline on two scanners."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_PIPELINE_BREAK = Scenario(
    name="ich-pipeline-break",
    title="Broken pipeline on two scanners",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Fairhaven",),
    description="From one Monday most studies of two scanners no longer come back from the AI.",
    onset_week=65,
    fault=("60 % of the studies of scanners CT-1 and CT-3 fail, 65 % of the studies come from them"),
    harms_performance=True,
    chart="technical_failures",
    expected="alarm",
    plan_template="ich-triage",
    verification="audit 10 %",
    reference="mixed",
    department=CT_HEAD,
    seed=9,
    change=Change(scanners=("CT-1", "CT-3"), failed_share=0.60),
)
