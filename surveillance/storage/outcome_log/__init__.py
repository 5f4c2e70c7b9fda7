"""Turns a department's export into the canonical case outcome log, strictly."""

from surveillance.storage.outcome_log.canonical import read_log as read_log
from surveillance.storage.outcome_log.containers import open_container as open_container
from surveillance.storage.outcome_log.held_file import held_csv as held_csv
from surveillance.storage.outcome_log.held_row import HeldRow as HeldRow
from surveillance.storage.outcome_log.held_workbook import held_as_it_came as held_as_it_came
from surveillance.storage.outcome_log.parsed_file import ParsedFile as ParsedFile
from surveillance.storage.outcome_log.parsed_file import Understood as Understood
from surveillance.storage.outcome_log.profile import Profile as Profile
from surveillance.storage.outcome_log.profile import load_profile as load_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile as ready_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile_names as ready_profile_names
