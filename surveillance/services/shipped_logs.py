"""The synthetic logs that come with the product, known by the fingerprints on their cards."""

import tomllib

from surveillance.services.installed_files import installed


def shipped_checksums() -> frozenset[str]:
    """Return the fingerprint of every synthetic file that ships, so that a live store can refuse it."""
    cards = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in installed("data/synthetic").glob("*.card.toml")
    ]
    return frozenset(card[kind]["sha256"] for card in cards for kind in ("results", "outcomes"))
