"""Seeded logs from named scenarios with a hidden onset: to export a scenario is to register it."""

from surveillance.synthetic.case_logs import case_log as case_log
from surveillance.synthetic.change import Change as Change
from surveillance.synthetic.generate import generate as generate
from surveillance.synthetic.log import SyntheticLog as SyntheticLog
from surveillance.synthetic.scenario import Scenario as Scenario
from surveillance.synthetic.scenarios import SCENARIOS as SCENARIOS
from surveillance.synthetic.shipped import write_shipped as write_shipped
from surveillance.synthetic.studies import Studies as Studies
