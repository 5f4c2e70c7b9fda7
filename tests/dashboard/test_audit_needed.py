"""What a larger or smaller audit would buy: asked for on the charts tab, worked out from the deployment's own plan."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from surveillance.domain.roles import Role

Opened = Callable[..., AppTest]


def test_a_larger_audit_is_never_slower_and_the_plan_is_marked(loaded: Path, opened: Opened) -> None:
    app = opened("deployment.py", Role.RC_AI, {"tab": "Charts"})
    before = len(app.table)
    app.toggle[0].set_value(True).run(timeout=60)

    assert not app.exception
    (table,) = app.table[before:]
    audited = table.value["To read again each week"].str.replace(",", "").astype(float)
    median = table.value["Found in half of all cases"].str.removesuffix(" weeks").astype(float)
    assert audited.is_monotonic_decreasing
    assert median.is_monotonic_increasing
    assert sum("the plan" in name for name in table.value["Unflagged studies audited"]) == 1


def test_a_delay_no_audit_can_give_is_said_to_be_out_of_reach(loaded: Path, opened: Opened) -> None:
    app = opened("deployment.py", Role.RC_AI, {"tab": "Charts"})
    app.toggle[0].set_value(True).run(timeout=60)
    app.number_input[0].set_value(1.0).run(timeout=60)

    assert not app.exception
    assert "with every unflagged study audited" in "\n".join(one.value for one in app.markdown)
