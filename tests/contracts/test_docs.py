"""The documents say what is so: links lead somewhere, commands exist, examples load, dependencies are in step."""

import importlib.metadata
import re
import shlex
import tomllib

import pytest
from packaging.requirements import Requirement

CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ASKED = re.compile(r"(?:^|[\s`])surveillance ((?:[\w./=-]+ ?)+)", re.MULTILINE)
SAME_LICENCE = {
    "MIT License": "MIT",
    "BSD": "BSD-3-Clause",
    "Apache": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
}


def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def anchors(page):
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_relative_link_leads_somewhere(documents, root):
    broken = []
    for page in documents:
        for target in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
            if re.match(r"[a-z]+:", target):
                continue
            place, _, anchor = target.partition("#")
            aim = (page.parent / place).resolve() if place else page
            if not aim.exists() or (anchor and anchor not in anchors(aim)):
                broken.append(f"{page.relative_to(root)}: {target}")
    assert broken == []


def test_the_first_screen_of_the_readme_names_the_commands_of_every_system(root):
    first_screen = "\n".join((root / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    for needed in ("make demo", "make test", "py -m pip install -e .", "surveillance demo", "127.0.0.1:8501"):
        assert needed in first_screen
    assert "**Software recommends, a person decides.**" in first_screen


def commands_named(text):
    """Yield the words after each `surveillance` in a code span or block, without the remark at the end of a line."""
    for code in CODE.findall(text):
        lines = [re.sub(r"\s#.*", "", line) for line in code.strip("`").splitlines()]
        for words in ASKED.findall("\n".join(lines)):
            yield shlex.split(words)


def fault_in(words, command):
    """Walk down the commands as typed; return what does not exist, or nothing."""
    said = {"--help"}
    for position, word in enumerate(words):
        if getattr(command, "commands", None) and not word.startswith("-"):
            if word not in command.commands:
                return " ".join(words[: position + 1])
            command = command.commands[word]
        said |= {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
        if word.startswith("--") and word.split("=")[0] not in said:
            return f"{' '.join(words[:position])} has no {word}"
    return None


def command_line():
    from typer.main import get_command

    from surveillance.cli.main import app

    return get_command(app)


def test_every_command_that_a_document_names_exists(documents, root):
    top = command_line()
    asked = [(page, words) for page in documents for words in commands_named(page.read_text(encoding="utf-8"))]
    faults = [(page.relative_to(root), fault_in(words, top)) for page, words in asked]
    assert len(asked) >= 10
    assert [f"{page}: surveillance {fault}" for page, fault in faults if fault] == []


def test_every_command_is_named_in_a_document(documents):
    texts = [page.read_text(encoding="utf-8") for page in documents]
    named = {words[0] for text in texts for words in commands_named(text)}
    assert set(command_line().commands) - named == set()


def test_every_target_of_the_makefile_that_a_document_names_exists(documents, root):
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = "\n".join(code for page in documents for code in CODE.findall(page.read_text(encoding="utf-8")))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= targets


def test_the_profile_in_the_guide_loads(root):
    from surveillance.storage.outcome_log.profile import load_profile

    guide = (root / "docs" / "loading-a-log.md").read_text(encoding="utf-8")
    profiles = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert [load_profile(text).profile for text in profiles] == ["northtown-neuroflag"]


def rows(root):
    page = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| ([\w-]+)(\[\w+\])? \| `([^`]+)` \| ([^|]+?) \| ([^|]+?) \|$", page, re.MULTILINE)
    return {name: (extras + specifier, licence) for name, extras, specifier, licence, _ in found}


def test_the_page_of_dependencies_lists_each_with_its_range(root):
    listed = [*project(root)["dependencies"], *project(root)["optional-dependencies"]["dev"]]
    assert {re.sub(r"^[\w-]+", "", text) for text in listed} == {given for given, _ in rows(root).values()}
    assert {Requirement(text).name for text in listed} == set(rows(root))


def test_the_page_of_dependencies_gives_the_licence_that_each_declares(root):
    wrong = []
    for name, (_, licence) in rows(root).items():
        about = importlib.metadata.metadata(name)
        declared = about.get("License-Expression") or (about.get("License") or "").split("\n")[0]
        classified = [line.split("::")[-1].strip() for line in about.get_all("Classifier") or [] if "License" in line]
        # Older packages say only "BSD": which of the two is in their LICENSE file.
        loose = any("BSD" in text for text in (declared, *classified)) and licence in {"BSD-2-Clause", "BSD-3-Clause"}
        known = {declared, SAME_LICENCE.get(declared), *(SAME_LICENCE.get(text, text) for text in classified)}
        if licence not in known and not loose and "BSD" not in licence:
            wrong.append(f"{name}: {licence}, declared {declared or classified}")
    assert wrong == []


def test_every_dependency_is_locked_by_name_and_version_only(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").split()
    locked = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) for line in lines]
    assert all(locked)
    versions = {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in locked if match}
    for text in (*project(root)["dependencies"], *project(root)["optional-dependencies"]["dev"]):
        needed = Requirement(text)
        assert needed.specifier.contains(versions.get(needed.name, "0")), f"{text} is not locked in range"


def test_the_changelog_has_this_version_and_says_what_changes_a_number(root):
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{project(root)['version']}]" in log
    assert "### Changes a number" in log


@pytest.mark.parametrize("said", ["patients missed", "missed patients", "red, amber", "traffic light"])
def test_no_document_uses_a_word_that_the_screen_must_not(documents, said):
    assert [page.name for page in documents if said in page.read_text(encoding="utf-8").lower()] == []
