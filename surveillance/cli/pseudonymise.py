"""`surveillance pseudonymise`: pseudonyms for exports, and worklists turned back, with no store and no network."""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from surveillance.cli.progress import progress_bar
from surveillance.errors import FileRefused, NotFound, SurveillanceError
from surveillance.services import pseudonym_keys, pseudonym_links, pseudonymising, reversing
from surveillance.services.pseudonym_columns import Asked

LINES_SHOWN, MOST_SHOWN = 5, 20
Names = list[str] | None


def pseudonymise(
    files: Annotated[
        list[Path] | None, typer.Argument(help="The exports: CSV, XLSX or Parquet, plain or in gzip.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The file of the key.")] = None,
    make_key: Annotated[Path | None, typer.Option("--make-key", help="Write a new key to this file.")] = None,
    reverse: Annotated[Path | None, typer.Option("--reverse", help="Turn this worklist back.")] = None,
    links: Annotated[Path | None, typer.Option("--links", help="The link file; by default beside the key.")] = None,
    accession: Annotated[Names, typer.Option("--accession", help="A column of study numbers.")] = None,
    patient: Annotated[Names, typer.Option("--patient", help="A column of patient numbers.")] = None,
    drop: Annotated[Names, typer.Option("--drop", "--drop-column", help="Leave this column out.")] = None,
    keep: Annotated[Names, typer.Option("--keep", help="Keep this column: its codes identify nobody.")] = None,
    date_column: Annotated[Names, typer.Option("--date-column", help="This column's days are no births.")] = None,
    age_band: Annotated[str, typer.Option("--age-band", help="A column of births to turn into age bands.")] = "",
    study_date: Annotated[str, typer.Option("--study-date", help="With --age-band: the day of the study.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace files written before.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
) -> None:
    """Give the same pseudonym to a study in every export, leave identifiers out, and keep the links here.

    Run it on the PACS manager's own machine. --make-key KEY makes the key once; FILE... --key KEY writes
    FILE.pseudonymised.csv for each export; --reverse WORKLIST --key KEY gives the accession numbers back.
    """
    if make_key is not None:
        pseudonym_keys.make_key(make_key)
        typer.echo(
            f"Made the key {make_key}. Back it up where only you can read it: without it no pseudonym fits again."
        )
        return
    if bool(age_band) != bool(study_date):
        raise typer.BadParameter("--age-band and --study-date are given together or not at all.")
    if reverse is not None:
        _reverse(reverse, key, links, force=force, dry_run=dry_run)
        return
    if not files or key is None:
        raise typer.BadParameter("Name the files and the key: surveillance pseudonymise FILE... --key KEY.")
    asked = Asked(
        tuple(accession or ()), tuple(patient or ()), tuple(drop or ()), tuple(date_column or ()),
        tuple(keep or ()), age_band, study_date,
    )  # fmt: skip
    secret = pseudonym_keys.read_key(key)
    kept = links or pseudonym_links.links_beside(key)
    pseudonym_keys.refuse_store_folder(kept)
    faults = [fault for file in files if (fault := _one(file, secret, kept, asked, force=force, dry_run=dry_run))]
    if faults:
        raise faults[0] if len(files) == 1 else FileRefused(" ".join(f"{fault}" for fault in faults))


def _one(file: Path, key: bytes, links: Path, asked: Asked, *, force: bool, dry_run: bool) -> SurveillanceError | None:
    """Write one file with pseudonyms; return why it could not be."""
    try:
        if not file.is_file():
            raise NotFound(f"There is no file {file}.")
        target = written_beside(file, "pseudonymised")
        if not force and target.exists():
            raise FileRefused(f"There is a file {target} already. Give --force to replace it; nothing was written.")
        new = pseudonym_links.NewLinks(links, key)
        with closing(new), tempfile.TemporaryFile(dir=file.parent) as aside, progress_bar() as report:
            done = pseudonymising.pseudonymise(
                lambda: file.open("rb"), file.name, key, asked, aside, new, report=report
            )
            if not (done.findings or dry_run):
                new.add()
                aside.seek(0)
                pseudonym_keys.write_whole(target, aside, replace=force, private=False)
    except SurveillanceError as error:
        said = str(error)
        return type(error)(said if said.startswith("There is") else f"{file.name}: {said}")
    _tell(file, done)
    if done.findings:
        return FileRefused(
            f"{file.name} was not written: cells that stay look like identifiers. Leave their columns out with --drop, "
            "or say what they are: --accession, --patient, --date-column, or --keep for codes that identify nobody."
        )
    what = "Would write" if dry_run else "Wrote"
    typer.echo(f"{what} {target}: {done.rows:,} rows, {done.pseudonyms:,} pseudonyms.")
    return None


def _tell(file: Path, done: pseudonymising.Pseudonymised) -> None:
    """Say what became of each column, and what was found in those that stay."""
    typer.echo(f"{file.name}:")
    for name, subject in done.chosen.pseudonyms.items():
        typer.echo(f"  {name}: pseudonym of the {pseudonym_links.WORDS[subject]}")
    for name, reason in done.chosen.dropped.items():
        typer.echo(f"  {name}: left out, {reason}")
    if done.chosen.kept:
        typer.echo(f"  stay as they are: {', '.join(done.chosen.kept)}")
    for note in done.notes:
        typer.echo(f"  {note}")
    for found in done.findings:
        lines = ", ".join(f"{line:,}" for line in found.lines[:LINES_SHOWN])
        more = ", ..." if len(found.lines) > LINES_SHOWN else ""
        typer.echo(f"line {lines}{more}, column '{found.column}': {found.shown} looks like {found.what}.", err=True)


def _reverse(worklist: Path, key: Path | None, links: Path | None, *, force: bool, dry_run: bool) -> None:
    """Turn a worklist back; exit code 1 where a pseudonym is unknown or mistyped."""
    if key is None and links is None:
        raise typer.BadParameter(
            "Name the key or the link file: surveillance pseudonymise --reverse WORKLIST --key KEY."
        )
    secret = None if key is None else pseudonym_keys.read_key(key)
    kept = links or pseudonym_links.links_beside(key) if key is not None else links
    assert kept is not None, "one of the two is given"
    target = written_beside(worklist, "accession-numbers")
    pseudonym_keys.refuse_store_folder(target)
    done = reversing.reverse(_bytes(worklist), pseudonym_links.read_links(kept, secret))
    if not dry_run:
        pseudonym_keys.write_whole(target, done.content, replace=force)
    for one in done.unturned[:MOST_SHOWN]:
        typer.echo(f"line {one.line}: {one.text[:40]}: {one.reason}.", err=True)
    if len(done.unturned) > MOST_SHOWN:
        typer.echo(f"and {len(done.unturned) - MOST_SHOWN:,} more.", err=True)
    typer.echo(f"{'Would write' if dry_run else 'Wrote'} {target}: {done.turned:,} pseudonyms turned back.")
    if done.unturned:
        raise typer.Exit(1)


def written_beside(file: Path, word: str) -> Path:
    """Return the name of what is written from a file, such as export.pseudonymised.csv."""
    stem = file.name.removesuffix(".gz")
    plain = stem.rsplit(".", 1)[0] if stem.lower().endswith((".csv", ".txt", ".tsv", ".xlsx", ".parquet")) else stem
    return file.with_name(f"{plain}.{word}.csv")


def _bytes(file: Path) -> bytes:
    """Return what a file holds."""
    if not file.is_file():
        raise NotFound(f"There is no file {file}.")
    return file.read_bytes()
