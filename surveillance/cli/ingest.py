"""`surveillance ingest`: load a log."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.acting import acting
from surveillance.cli.options import ActingRole, AsJson, StoreUrl, User
from surveillance.cli.tables import show
from surveillance.cli.texts import read_text
from surveillance.services import intake, mapping_profiles
from surveillance.services.clock import now

MOST_SHOWN = 20


class OnHeld(StrEnum):
    """What to do with a file of which some rows are held."""

    KEEP = "keep"
    HOLD = "hold"
    ASK = "ask"


def ingest(
    file: Annotated[Path, typer.Argument(help="The export.", exists=True, dir_okay=False)],
    profile: Annotated[str, typer.Option("--profile", help="A profile's name, or a TOML file to keep and use.")],
    on_held: Annotated[
        OnHeld, typer.Option("--on-held", help="With held rows: keep (good rows), hold (all) or ask the profile.")
    ] = OnHeld.ASK,
    held_to: Annotated[Path | None, typer.Option("--held-to", help="Write the held rows to this file.")] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    user: User = None,
    role: ActingRole = None,
) -> None:
    """Load a log through a mapping profile: every row is counted, or held with line, column, rule and fix."""
    actor, opened = acting(store, user, role)
    name = profile
    if Path(profile).suffix == ".toml":
        text = read_text(Path(profile))
        name = mapping_profiles.save_profile(actor, opened, text, at=now()).profile
    preview = intake.preview(actor, opened, file.read_bytes(), file.name, name, at=now())
    if preview.held:
        _tell_held(preview, held_to)
    for doubt in preview.parsed.doubts:
        typer.echo(doubt, err=True)
    choice = "keep" if not preview.held else preview.default_choice if on_held is OnHeld.ASK else on_held.value
    receipt = intake.commit(actor, opened, preview, choice=choice, at=now())
    if as_json:
        columns = ("batch", "rows_accepted", "rows_held", "sha256", "record", "head")
        row = (receipt.batch_id, receipt.rows_accepted, receipt.rows_held, receipt.sha256, receipt.seq, receipt.head)
        show(columns, [row], as_json=True, as_csv=False)
    else:
        typer.echo(receipt.sentence)
        typer.echo(
            f"{preview.new:,} new, {preview.identical:,} already held identical, {preview.conflicting:,} in conflict."
        )
        if preview.quarantined:
            typer.echo(f"{preview.quarantined:,} studies are of a version that is not registered; they wait apart.")
    if receipt.rows_held:
        raise typer.Exit(1)


def _tell_held(preview: intake.Preview, held_to: Path | None) -> None:
    for row in preview.held[:MOST_SHOWN]:
        typer.echo(f"line {row.line}, {row.column or 'whole line'}: {row.rule} {row.fix}", err=True)
    if len(preview.held) > MOST_SHOWN:
        typer.echo(f"and {len(preview.held) - MOST_SHOWN:,} more.", err=True)
    if held_to is not None:
        held_to.write_bytes(intake.held_file(preview))
