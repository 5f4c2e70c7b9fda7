"""Questions about what no column says: which product, version, site, and how truths are found."""

from surveillance.storage.outcome_log.guessing.draft import Draft, PartDraft
from surveillance.storage.outcome_log.guessing.proposal import Choice, Question

ASKS = {
    "model": "No column names the AI product. Which product do all rows come from?",
    "version": "No column names the version. Which version of the product read all these studies?",
    "site": "No column names the site. At which site were all these studies acquired?",
}
WARNS = {
    "version": "every later file of this profile would be taken for this version; an update needs a new one",
}
SOURCES = {
    "report": "From the radiology report, read for the finding",
    "adjudication": "By adjudication: experts looked at the study for this purpose",
    "follow_up": "By follow-up: what turned out later",
    "audit": "By an audit of studies drawn for it",
}
LONGEST = 120


def ask_constants(draft: Draft, lines_above: tuple[str, ...]) -> None:
    """Ask for the product, version and site where no column gives them, and for the source of truths."""
    said = f"{draft.file_name} {' '.join(lines_above)}".lower()
    for ours in ("model", "version", "site"):
        if (ours == "version" and draft.kind != "results") or (ours == "model" and draft.kind == "orders"):
            continue
        for part in draft.parts if ours != "site" else draft.parts[:1]:
            if not draft.has(ours, part):
                _ask(draft, ours, part if ours != "site" else PartDraft(), said)
    if draft.has("truth") and not draft.has("truth_source"):
        stands = draft.ask(
            Question(
                "constant.truth_source", "truth",
                "No column says how the confirmed findings were found. How were they?", None,
                "the plan's figures never mix sources, so it must be known",
                tuple(Choice(word, words) for word, words in SOURCES.items()), ours="truth_source",
            )
        )  # fmt: skip
        if stands is not None:
            draft.table("constants")["truth_source"] = stands


def _ask(draft: Draft, ours: str, part: PartDraft, said: str) -> None:
    """Ask for one constant; proposed only where the file's name or title line says one that is registered."""
    models = [part.constants.get("model") or draft.table("constants").get("model", "")]
    offered = {"model": draft.known.models, "site": draft.known.sites, "version": draft.known.versions(models)}[ours]
    told = [one for one in offered if len(one) > 2 and one.lower() in said]
    if part.label and ours == "model":
        told = [one for one in offered if one.lower() == part.label.lower()] or [part.label]
    proposed = told[0] if len(told) == 1 else None
    evidence = (
        f"'{proposed}' stands in the file's name, its title or its header" if proposed else "the file does not say it"
    )
    if ours in WARNS:
        evidence += f"; {WARNS[ours]}"
    question = Question(
        f"constant.{ours}{part.suffix}", "columns", ASKS[ours].replace("all rows", f"the rows{part.of_it}"), proposed,
        evidence, tuple(Choice(one, one, "registered") for one in offered), free=True, ours=ours,
    )  # fmt: skip
    stands = draft.ask(question, _usable)
    if stands is not None:
        (part.constants if part.label else draft.table("constants"))[ours] = stands.strip()


def _usable(text: str) -> str:
    """Return what is wrong with a name that was written, "" if nothing."""
    if not text.strip():
        return "Write a name."
    return f"A name has at most {LONGEST} characters." if len(text.strip()) > LONGEST else ""
