"""What a larger or smaller audit would buy: the delay it costs and the range it gives, worked out on demand."""

import pandas as pd
import streamlit as st

from dashboard import session
from surveillance.domain.numbers import percent
from surveillance.errors import NotEstimable
from surveillance.services.audit_size import AuditSize, audit_size

HEAD = ("Unflagged studies audited", "To read again each week", "Found in half of all cases", "Found in 95 %")
WIDTH, WINDOW = 0.15, 13


def audit_needed(deployment_id: int) -> None:
    """Offer the delay by audit fraction, and the audit that a wanted delay and a wanted range need."""
    if not st.toggle("What would a larger or smaller audit buy?", key=f"audit-{deployment_id}"):
        return
    weeks = st.number_input(
        "Wanted delay, weeks in half of all cases",
        1.0,
        104.0,
        8.0,
        1.0,
        format="%.0f",
        key=f"audit-weeks-{deployment_id}",
    )
    found = audit_size(session.actor(), session.store(), deployment_id, weeks=float(weeks), width=WIDTH, window=WINDOW)
    if found is None or not found.delays:
        st.markdown("Not estimable. " + (found.why if found else "This AI version has not been evaluated yet."))
        return
    rows = [
        (
            f"{percent(one.fraction)}{' (the plan)' if one.fraction == found.planned else ''}",
            f"{one.audited_per_week:,.0f}",
            f"{one.median:.1f} weeks",
            f"{one.p95:.1f} weeks",
        )
        for one in found.delays
    ]
    st.table(pd.DataFrame(rows, columns=list(HEAD)), border="horizontal", hide_index=True)
    st.markdown(f"{_delay(found, float(weeks))} {_width(found)}")
    st.markdown(
        ":small[:gray[From the moment at which the share of positives the AI does not flag jumps to the plan's"
        " unacceptable level until the alarm limit, with outcomes complete; each audit with limits of its own from the"
        " same false-alarm budget.]]"
    )


def _delay(found: AuditSize, weeks: float) -> str:
    if isinstance(found.for_delay, NotEstimable):
        return f"{found.for_delay}."
    one = found.for_delay
    return (
        f"To find it within {weeks:.0f} weeks in half of all cases, audit **{percent(one.fraction)}** of the unflagged"
        f" studies: {one.audited_per_week:,.0f} a week."
    )


def _width(found: AuditSize) -> str:
    if isinstance(found.for_width, NotEstimable):
        return f"{found.for_width}."
    return (
        f"For a range of sensitivity no wider than {percent(WIDTH)} over {WINDOW} weeks, audit"
        f" **{percent(found.for_width)}**."
    )
