"""New reconstruction on one scanner."""

from surveillance.synthetic.change import Change
from surveillance.synthetic.department import CT_HEAD
from surveillance.synthetic.scenario import Scenario

ICH_SCANNER_CHANGE = Scenario(
    name="ich-scanner-change",
    title="New reconstruction on one scanner",
    model="NeuroFlag",
    version="3.2.1",
    sites=("Kingsmere",),
    description=(
        "From one Monday the studies of scanner CT-2 are flagged wrongly far more often; the "
        "positives are flagged as before."
    ),
    onset_week=65,
    fault=("the odds of a false flag are seven times as high on scanner CT-2, 35 % of the studies (Rohren 2025)"),
    harms_performance=True,
    chart="false_flags",
    expected="alarm",
    plan_template="ich-triage",
    verification="audit 10 %",
    reference="mixed",
    department=CT_HEAD,
    seed=25,
    change=Change(scanners=("CT-2",), false_flag_odds=7.0),
)
