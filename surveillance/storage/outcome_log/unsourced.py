"""Truths of which nothing says how they were found: no figure could count them."""

from collections.abc import Collection

from surveillance.storage.outcome_log.profile import Profile


def unsourced(profile: Profile, header: Collection[str]) -> str:
    """Say why no truth of a file with this header can count through a profile; "" where each says how it was found.

    Such a file is refused with these words; a page that proposes profiles sends it to be set up, which asks for the
    source.
    """
    for part in profile.parts:
        told = {*part.constants} | {ours for ours, named in part.columns.items() if named in {*header, *part.joined}}
        if "truth" in told and "truth_source" not in told:
            return (
                f"The file has the column '{part.columns.get('truth', 'truth')}' but nothing says how its truths were"
                " found, and no figure mixes sources. Export a column truth_source, or set the file up with one source"
                " for all of it."
            )
    return ""
