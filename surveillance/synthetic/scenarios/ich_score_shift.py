"""Score scale shifted."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_SCORE_SHIFT = Scenario(
    name="ich-score-shift",
    title="Score scale shifted",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Southmoor",),
    description=(
        "The vendor rescales the score and moves the threshold alike: the same studies are flagged, "
        "but the score is no longer the probability it was."
    ),
    onset_week=65,
    fault=("the score moves up by 1 on the logit scale and the threshold with it; no flag changes"),
    harms_performance=False,
    chart="calibration",
    expected="watch",
    plan_template="ich-triage",
    verification="audit 10 %",
    reference="mixed",
    department=CT_HEAD,
    seed=68,
    change=Change(score_shift=1.0),
)
