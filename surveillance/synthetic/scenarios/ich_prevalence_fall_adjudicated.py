"""Fewer bleeds, adjudicated truth."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_PREVALENCE_FALL_ADJUDICATED = Scenario(
    name="ich-prevalence-fall-adjudicated",
    title="Fewer bleeds, adjudicated truth",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Ashdown",),
    description=(
        "Fewer of the patients have a bleed, as after a change of referral. The AI is unchanged and "
        "every truth is adjudicated."
    ),
    onset_week=65,
    fault="the prevalence halves from 8 % to 4 % in every setting; the AI is unchanged",
    harms_performance=False,
    chart="calibration",
    expected="watch",
    plan_template="ich-triage",
    verification="full",
    reference="adjudication",
    department=CT_HEAD,
    seed=6,
    change=Change(prevalence_ratio=0.5),
)
