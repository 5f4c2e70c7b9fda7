"""The command line as a person meets it: arguments in, text and an exit code out, in a home folder of the test."""

import getpass
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from surveillance.cli import main
from surveillance.domain.roles import Role
from surveillance.services import stores
from surveillance.storage import people


@pytest.fixture(scope="session")
def words() -> ModuleType:
    """Return the log, the plan and the people of the ward."""
    place = Path(__file__).parents[1] / "services" / "ward.py"
    spec = importlib.util.spec_from_file_location("ward_of_commands", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home folder of the installation."""
    monkeypatch.setenv("SURVEILLANCE_HOME", str(tmp_path))
    monkeypatch.delenv("SURVEILLANCE_STORE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return the door of the command line, errors and exit codes included."""

    def command(*arguments: object) -> Answer:
        capfd.readouterr()
        monkeypatch.setattr("sys.argv", ["surveillance", *map(str, arguments)])
        code = 0
        try:
            main.main()
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capfd.readouterr()
        return Answer(code, printed.out, printed.err)

    return command


@pytest.fixture
def live(run: Run, home: Path, words: ModuleType) -> Path:
    """Return a live store made by `init`, with product, plan and a person for some roles."""
    assert run("init", "--name", "Millford").code == 0
    path = home / "live.sqlite"
    store = stores.open_store(f"sqlite:///{path}")
    account = getpass.getuser()
    with store.write(actor=account, role="administrator", action="manage people and roles", at=words.MADE_AT) as unit:
        for role in (Role.RC_AI, Role.TRAINEE, Role.RADIOGRAPHER):
            people.add_person(unit.connection, person_id=role.value, name=words.actor(role).name, at=words.MADE_AT)
            people.grant(unit.connection, person_id=role.value, role=role.value, at=words.MADE_AT, by=account)
        unit.record({"people": 3})
    store.close()
    return path


@pytest.fixture
def ready(live: Path, run: Run, home: Path, words: ModuleType) -> Path:
    """Return the live store with the product registered and its plan added by command."""
    plan = home / "plan.toml"
    plan.write_text(words.plan_toml(), encoding="utf-8")
    assert run("plan", "add", plan).code == 0
    named = ("--model", words.MODEL, "--version", words.VERSION, "--site", words.SITE)
    assert run("register", *named, "--finding", "bleed", "--threshold", "0.05").code == 0
    return live


@pytest.fixture
def week_file(home: Path, words: ModuleType) -> Callable[[int], Path]:
    """Return a writer of one week's results as a file."""

    def write(week: int) -> Path:
        path = home / f"week-{week}.csv"
        path.write_bytes(words.csv(words.results(week)))
        return path

    return write
