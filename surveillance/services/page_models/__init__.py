"""What the pages receive: values ready to draw, decided by nobody after they leave the services."""

from surveillance.services.page_models.answers import AlarmCard as AlarmCard
from surveillance.services.page_models.answers import StopUsePage as StopUsePage
from surveillance.services.page_models.chart_lines import ChartLine as ChartLine
from surveillance.services.page_models.chart_lines import ChartsPage as ChartsPage
from surveillance.services.page_models.chart_lines import Mark as Mark
from surveillance.services.page_models.deployment_row import Head as Head
from surveillance.services.page_models.deployment_row import Quarantined as Quarantined
from surveillance.services.page_models.deployment_row import Spark as Spark
from surveillance.services.page_models.deployment_row import ThisWeek as ThisWeek
from surveillance.services.page_models.deployment_row import WeekRow as WeekRow
from surveillance.services.page_models.false_alarms import Arithmetic as Arithmetic
from surveillance.services.page_models.false_alarms import FalseAlarmsPage as FalseAlarmsPage
from surveillance.services.page_models.false_alarms import FleetRow as FleetRow
from surveillance.services.page_models.false_alarms import TierLine as TierLine
from surveillance.services.page_models.process_chart import Kind as Kind
from surveillance.services.page_models.process_chart import ProcessChart as ProcessChart
from surveillance.services.page_models.series import CalibrationPage as CalibrationPage
from surveillance.services.page_models.series import Figure as Figure
from surveillance.services.page_models.series import Performance as Performance
from surveillance.services.page_models.series import Series as Series
from surveillance.services.page_models.series import SourceRow as SourceRow
from surveillance.services.page_models.series import ThroughputPage as ThroughputPage
