"""One seeded log of a scenario: its two files, its columns, and what was planted when."""

from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from surveillance.domain.case_log import NEVER, UNKNOWN
from surveillance.synthetic import tables
from surveillance.synthetic.scenario import Scenario
from surveillance.synthetic.studies import Studies


@dataclass(frozen=True, slots=True)
class SyntheticLog:
    """One seeded log of a scenario, with its hidden truth."""

    scenario: Scenario
    seed: int
    start: date
    weeks: int
    studies: Studies

    @property
    def onset(self) -> date | None:
        """Return the Monday of the first changed week; None where nothing changes."""
        if self.scenario.onset_week is None:
            return None
        return date.fromordinal(self.start.toordinal() + 7 * self.scenario.onset_week)

    @property
    def results(self) -> pd.DataFrame:
        """Return the results file: canonical columns, every value as the text that is written."""
        return tables.results(self.scenario, self.studies)

    @property
    def outcomes(self) -> pd.DataFrame:
        """Return the outcomes file in order of recording: canonical columns, every value as text."""
        return tables.outcomes(self.scenario, self.studies)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return every column of `Studies` by its name, for simulations over many seeds."""
        return {column.name: getattr(self.studies, column.name) for column in fields(Studies)}

    def known_before(self, moment: int) -> "SyntheticLog":
        """Return the log as it stood at a moment: truths recorded later are not there yet."""
        studies, later = self.studies, self.studies.recorded_at >= moment
        return replace(
            self,
            studies=replace(
                studies,
                recorded_at=np.where(later, NEVER, studies.recorded_at),
                recorded_truth=np.where(later, np.int8(UNKNOWN), studies.recorded_truth),
                source=np.where(later, np.int8(UNKNOWN), studies.source),
            ),
        )
