"""Versions without a plan: who may add one, and what happens next; then the evaluation and the first chart."""

import streamlit as st

from dashboard import session
from dashboard.components import states
from dashboard.components.plan_form import plan_form
from dashboard.components.primary_button import primary_button
from dashboard.components.set_up_state import RAN
from dashboard.components.words import plain
from surveillance.domain.plan_facts import PlanFacts
from surveillance.domain.roles import Action
from surveillance.services import deployments, evaluation
from surveillance.services.performance import performance
from surveillance.services.plan_needs import waiting_for_plan


def first_charts(of: frozenset[tuple[str, str]] | None = None, *, with_findings: bool = True) -> None:
    """Ask for the plans that are missing, evaluate, and lead to the charts.

    `of` names the products and versions of a file; every one that waits where none is named. Without a confirmed
    finding the charts of throughput are the first that can be drawn.
    """
    every = waiting_for_plan(session.actor(), session.store(), at=session.now())
    waiting = [facts for facts in every if of is None or (facts.model, facts.version) in of]
    for facts in waiting:
        st.header(f"Surveillance plan for {facts.model} {facts.version}", anchor=False)
        if not session.is_for_me(Action.ADD_PLAN):
            _for_others(facts)
        elif plan_form(facts):
            evaluate()
    if waiting and RAN not in st.session_state:
        return
    st.header("First chart", anchor=False)
    if RAN not in st.session_state:
        with st.container(border=True):
            st.markdown("The evaluation judges every week of the log as it was known then, and draws the charts.")
            if primary_button("Run the evaluation", key="set-up-evaluate", icon="play_arrow"):
                evaluate()
        return
    states.done(st.session_state[RAN])
    if not with_findings:
        st.markdown(
            ":small[:gray[This file holds no confirmed findings. Until they are loaded, the charts show throughput.]]"
        )
    names = {f"{model} {version}" for model, version in of or ()}
    for head in deployments.choices(session.actor(), session.store()):
        if head.evaluation_id and (not names or head.product in names):
            drawn = with_findings and _has_performance(head.deployment_id)
            st.page_link(
                "views/deployment.py",
                label=f"See the charts of {plain(head.title)} · {plain(head.product)}",
                icon=":material/monitoring:",
                query_params={"deployment": str(head.deployment_id)} | ({} if drawn else {"tab": "Throughput"}),
            )


def _has_performance(deployment_id: int) -> bool:
    """Say whether any performance can be drawn yet: without confirmed findings the first charts are of throughput."""
    page = performance(session.actor(), session.store(), deployment_id, None)
    return any(value is not None for one in page.series for value in one.value)


def _for_others(facts: PlanFacts) -> None:
    """Say who adds the plan, and where it waits for them with what the log tells filled in."""
    states.not_yours(Action.ADD_PLAN)
    st.markdown(
        f"What happens next: an administrator or a radiologist (RC-AI) opens **Add a plan**. {plain(facts.model)} "
        f"{plain(facts.version)} waits there with its sites, dates and volumes filled in from the "
        f"{facts.studies:,} studies that you loaded. Its charts follow with the evaluation."
    )


def evaluate() -> None:
    """Run the weekly evaluation and show the page again."""
    bar = st.progress(0.0, text="Evaluating week by week, as it was known then")

    def progress(title: str, finished: int, total: int) -> None:
        bar.progress(min(finished / max(total, 1), 1.0), text=f"Evaluated {title}, week by week as it was known then")

    run = evaluation.run_all(session.actor(), session.store(), at=session.now(), progress=progress)
    st.session_state[RAN] = run.sentence
    st.rerun()
