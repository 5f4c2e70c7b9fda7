"""Fewer bleeds, truth from reports."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_PREVALENCE_FALL_REPORT = Scenario(
    name="ich-prevalence-fall-report",
    title="Fewer bleeds, truth from reports",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Eastfield",),
    description=(
        "Fewer of the patients have a bleed, and the truth is taken from reports that find 98 % of "
        "bleeds and are right on 99.5 % of the others, so that the AI seems worse though it is "
        "unchanged."
    ),
    onset_week=65,
    fault="the prevalence halves from 8 % to 4 % in every setting; the AI is unchanged",
    harms_performance=False,
    chart="calibration",
    expected="watch",
    plan_template="ich-triage",
    verification="full",
    reference="report",
    department=CT_HEAD,
    seed=7,
    change=Change(prevalence_ratio=0.5),
)
