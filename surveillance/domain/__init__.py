"""The rule book: plans, weeks, evaluation, verdicts, alarms and stop-use; pure, and readable by a clinician."""
