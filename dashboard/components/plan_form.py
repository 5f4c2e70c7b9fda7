"""A plan template filled in: each figure with where it comes from, confirmed and signed by who may."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from dashboard import session
from dashboard.components.acceptance_figures import acceptance_figures
from dashboard.components.plan_summary import plan_summary
from dashboard.components.primary_button import primary_button
from dashboard.components.words import plain
from surveillance.domain.filled_plan import PlanWishes, ScoreIs, filled_plan, plan_name
from surveillance.domain.numbers import percent
from surveillance.domain.plan import load_plan, plan_template, plan_templates
from surveillance.domain.plan_facts import PlanFacts, baseline_proposed, prevalence_told
from surveillance.errors import InvalidPlan, NotEstimable
from surveillance.services import plans

SCORES: dict[ScoreIs, str] = {
    "probability": "A probability: of ten studies with a score of 0.8, about eight have the finding",
    "score": "An order only: higher is more suspicious, and no more is promised",
}


def plan_form(facts: PlanFacts) -> bool:
    """Ask what the log does not tell, show the plan as it would be, and say whether it was signed in this run."""
    key = f"plan-{facts.model}-{facts.version}"
    with st.container(border=True):
        template = st.selectbox(
            "Begin with", plan_templates(), index=None, format_func=_said, key=f"{key}-template",
            placeholder="Choose the template that is nearest to this product", persist_state="session",
        )  # fmt: skip
        if template is None:
            st.markdown(
                ":small[:gray[A template says what is watched and from where on it alarms. You fill it in here.]]"
            )
            return False
        score_is: ScoreIs | None = "none"
        if facts.gives_score:
            score_is = st.radio(
                "What does the score of this product promise?", list(SCORES), index=None,
                format_func=lambda one: SCORES[one], key=f"{key}-score", persist_state="session",
            )  # fmt: skip
        wishes = _wishes(facts, template, score_is or "score", key)
        if wishes is None or score_is is None:
            return False
        if facts.gives_flag:
            wishes = replace(wishes, acceptance=acceptance_figures(key))
        try:
            toml = filled_plan(facts, wishes)
        except InvalidPlan as error:
            st.markdown(f":violet-badge[:material/help: Not usable] {plain(str(error))}")
            return False
        plan_summary(facts, wishes, load_plan(toml))
        who = session.actor()
        sure = st.checkbox(
            f"I am {plain(who.name)}, {who.role.words}. I have read this plan and sign it.", key=f"{key}-sure"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            signed = primary_button("Sign the plan and evaluate", key=f"{key}-add", icon="draw", disabled=not sure)
            st.download_button(
                "Download the plan", toml.encode(), file_name=f"{plan_name(facts, template)}.toml".replace(" ", "-"),
                key=f"{key}-toml", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
        if signed:
            plans.add_plan(who, session.store(), toml, at=session.now())
    return signed


def _said(name: str) -> str:
    """Return what a template is for, by its own first line."""
    first = plan_template(name).splitlines()[0].removeprefix("# ")
    return first.split(". ")[0].rstrip(".")


def _wishes(facts: PlanFacts, template: str, score_is: ScoreIs, key: str) -> PlanWishes | None:
    """Ask for the figures of a plan, each proposed from the log where the log tells it."""
    shipped = load_plan(plan_template(template))
    left, right = st.columns(2, gap="large")
    with left:
        weekly = {}
        for site in facts.sites:
            counted = facts.weekly.get(site)
            note = f"counted in {facts.whole_weeks} whole weeks" if counted else "the log holds no whole week"
            weekly[site] = st.number_input(
                f"Studies a week at {plain(site)} ({note})", 0.1, None, round(counted, 1) if counted else None, 1.0,
                format="%.1f", key=f"{key}-weekly-{site}", persist_state="session",
            )  # fmt: skip
        try:
            told, why = prevalence_told(facts), "from the findings in the log"
        except NotEstimable as error:
            told, why = None, f"the log does not tell: {error}"
        share = st.number_input(
            "Studies with the finding, in per cent", 0.01, 99.0, round(100 * told, 2) if told else None, 0.1,
            format="%.2f", key=f"{key}-prevalence", persist_state="session",
        )  # fmt: skip
        st.markdown(f":small[:gray[{plain(why[:1].upper() + why[1:])}.]]")
    with right:
        start, end = baseline_proposed(facts, shipped.baseline.minimum_positives)
        first = st.date_input(
            "Reference period, first day", start, format="DD/MM/YYYY", key=f"{key}-from", persist_state="session"
        )
        last = st.date_input(
            "Reference period, last day", end, format="DD/MM/YYYY", key=f"{key}-to", persist_state="session"
        )
        st.markdown(":small[:gray[Whole weeks are proposed. Take weeks in which the AI worked as accepted.]]")
        audit = st.number_input(
            "Unflagged studies whose finding is looked for, in per cent", 0.1, 100.0,
            100 * facts.audit_fraction if facts.audit_fraction else None, 1.0, format="%.1f", key=f"{key}-audit",
            persist_state="session",
        )  # fmt: skip
        said = f"{percent(facts.audit_fraction)} by the log" if facts.audit_fraction else "The log does not say"
        st.markdown(f":small[:gray[{said}.]]")
    if share is None or audit is None or any(value is None for value in weekly.values()):
        st.markdown(
            ":small[:gray[Fill in what the log does not tell: no figure of the template is taken over for it.]]"
        )
        return None
    kept = [
        one.version
        for one in plans.plans_kept(session.actor(), session.store())
        if one.name == plan_name(facts, template)
    ]
    return PlanWishes(
        template=template,
        score_is=score_is if facts.gives_score else "none",
        weekly={site: float(value) for site, value in weekly.items() if value is not None},
        prevalence=share / 100,
        baseline=(first, last),
        effective_from=last + timedelta(days=1),
        audit_fraction=audit / 100,
        version=max(kept, default=0) + 1,
    )
