"""What the words of a file are likely to mean: proposals only, a person confirms each."""

import re
from typing import Final

from surveillance.storage.outcome_log.column_names import FLAGS
from surveillance.storage.outcome_log.guessing.proposal import NOTHING

YES: Final = frozenset({
    "1", "1.0", "y", "yes", "true", "t", "positive", "pos", "flag", "flagged", "alert", "alerted", "suspected",
    "detected", "abnormal", "present", "selected", "agree", "agrees", "concordant", "viewed", "ja", "oui", "si",
})  # fmt: skip
NO: Final = frozenset({
    "0", "0.0", "n", "no", "false", "f", "negative", "neg", "not flagged", "unflagged", "no flag", "no alert",
    "not suspected", "not detected", "none detected", "normal", "clear", "absent", "none", "not selected", "disagree",
    "disagrees", "discordant", "not viewed", "nein", "non",
})  # fmt: skip
STATUS: Final = {
    "processed": r"^(ok|okay|success|succeeded|successful|complete|completed|done|processed|finished|pass|passed)$",
    "failed": r"fail|error|timeout|timed out|crash|abort|exception|incomplete",
    "not_sent": r"not (sent|processed|received|routed)|skipp|reject|excluded|no job|never|unsupported|ineligible",
}
SOURCES: Final = {
    "report": r"\breport|radiolog|\bris\b|issued",
    "adjudication": r"adjudic|consensus|panel|expert|double read|arbitrat",
    "follow_up": r"follow|outcome|later|discharge|clinical|mri|angiogra|operation|histolog|patholog",
    "audit": r"audit|\bqa\b|sample|peer",
}
UNSURE = (
    r"equivocal|indeterminate|uncertain|\bpossibl|\bprobabl|inconclusive|\bquery\b|unclear|\?|non-?diagnostic|suspicious"
    r"|(cannot|can not|can't|could not|not) (be )?(excluded?|ruled? out)|borderline"
)
WAITING = r"pending|await|not (yet )?report|unreported|to follow|\btbc\b|^unknown$|not known|no report|unverified"
STARTS_WITH_NO = (
    r"^(no|nil|not|without|neg|negative|absent|absence of|excluded|ruled out|none|normal|clear|unremarkable)\b"
)
DENIES = r"\b(no|nil|not|without|negative|absent|excluded|ruled out|normal|denies|never)\b|\bneg\b"
AFFIRMS = (
    r"confirm|positive|\bpos\b|present|\byes\b|\bbleed|haem|hemorr|\bich\b|\bsdh\b|\bsah\b|\bedh\b|\bivh\b|\blvo\b|occlu"
    r"|thromb|embol|\bpe\b|fractur|tumou?r|cancer|malign|lesion|nodule|pneumothor|abnormal|disease|detected|acute"
)


def likely_word(ours: str, word: str) -> str | None:
    """Return our word that a word of theirs likely means, NOTHING for "not given", None where it cannot be told.

    Examples
    --------
    >>> [likely_word("truth", w) for w in ("ICH confirmed", "no bleed", "equivocal", "awaited", "ICH, no shift")]
    ['1', '0', 'indeterminate', '(none)', None]
    >>> likely_word("called", "Y"), likely_word("status", "FAILED"), likely_word("called", "maybe")
    ('1', 'failed', None)
    """
    plain = " ".join(word.lower().split())
    if ours in FLAGS:
        return _flag(plain)
    if ours == "truth":
        return _truth(plain)
    if ours in ("status", "truth_source"):
        patterns = STATUS if ours == "status" else SOURCES
        fitting = [ours_word for ours_word, pattern in patterns.items() if re.search(pattern, plain)]
        if plain.replace(" ", "_").replace("-", "_") in patterns:
            return plain.replace(" ", "_").replace("-", "_")
        return fitting[0] if len(fitting) == 1 else None
    return None


def _flag(plain: str) -> str | None:
    """Return what a word of a yes/no column likely means."""
    if plain in YES or plain in NO:
        return "1" if plain in YES else "0"
    if re.search(r"^(error|failed|fail|not processed|unknown|pending|no result)$", plain):
        return NOTHING
    return None


def _truth(plain: str) -> str | None:
    """Return what a word for a confirmed finding likely means; a word that both affirms and denies means nothing."""
    if re.search(UNSURE, plain):
        return "indeterminate"
    if re.search(WAITING, plain):
        return NOTHING
    if plain in YES or plain in NO:
        return "1" if plain in YES else "0"
    if re.search(STARTS_WITH_NO, plain):
        return "0"
    denies, affirms = re.search(DENIES, plain), re.search(AFFIRMS, plain)
    if bool(denies) == bool(affirms):
        return None
    return "1" if affirms else "0"
