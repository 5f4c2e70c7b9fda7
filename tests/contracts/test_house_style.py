"""Rules of the house that no linter knows: each test lists the places that break one."""

import ast
import re
import sys

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
CLOCKS = {"now", "utcnow", "today"}
CLOCK_OWNERS = {"datetime", "date", "dt", "Timestamp", "pd.Timestamp", "datetime.datetime", "datetime.date"}
PICKLERS = {"pickle", "cloudpickle", "dill", "shelve", "marshal"}
ARRAY_WORDS = re.compile(r"DataFrame|Series|ndarray|NDArray|Scores|Flags|Floats|Counts")
DOORS = {"dashboard/app.py", "surveillance/cli/main.py"}
LIGHT = {"numpy", "numba", "surveillance", *sys.stdlib_module_names}


def agree(offenders):
    assert not offenders, "\n".join(["broken at", *offenders])


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node, node.module or ""


def test_no_file_is_longer_than_two_hundred_lines(sources):
    agree([s.path for s in sources if len(s.text.splitlines()) > 200])


def test_every_package_folder_has_an_init_file(sources, root):
    folders = {(root / s.path).parent for s in sources}
    agree([str(folder.relative_to(root)) for folder in folders if not (folder / "__init__.py").exists()])


def test_no_file_or_folder_has_a_name_that_says_nothing(sources):
    named = {part.removesuffix(".py") for s in sources for part in s.path.split("/")}
    assert named & BANNED_NAMES == set()


def test_every_public_function_and_class_says_what_it_is(sources):
    silent = []
    for source in sources:
        if ast.get_docstring(source.tree) is None and source.tree.body:
            silent.append(source.path)
        owners = [source.tree, *(n for n in source.tree.body if isinstance(n, ast.ClassDef))]
        named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        public = [n for o in owners for n in o.body if isinstance(n, named) and not n.name.startswith("_")]
        spoken = (n for n in public if ast.unparse(n.body[-1]) != "...")  # a signature alone is no function
        silent += [f"{source.at(n)} {n.name}" for n in spoken if ast.get_docstring(n) is None]
    agree(silent)


def test_only_services_read_the_clock(sources):
    offenders = []
    for source in sources:
        if source.under("surveillance/services"):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr in CLOCKS and ast.unparse(node.value) in CLOCK_OWNERS:
                offenders.append(source.at(node))
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.time", "time.time_ns"}:
                offenders.append(source.at(node))
    agree(offenders)


def test_nothing_draws_from_a_global_random_state(sources):
    named = re.compile(
        r"\b(?:np|numpy)\.random\.(?!default_rng|Generator|SeedSequence|BitGenerator)\w+|^import random\b"
    )
    agree([s.path for s in sources if named.search(s.text)])


def test_nothing_is_pickled_evaluated_or_written_as_raw_html(sources):
    offenders = []
    for source in sources:
        offenders += [source.at(node) for node, name in imported(source.tree) if name.split(".")[0] in PICKLERS]
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id in {"eval", "exec"}:
                offenders.append(source.at(node))
            if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
                offenders.append(source.at(node.value))
    agree(offenders)


def test_no_signature_swallows_unnamed_options(sources):
    named = [(s.at(f), f.args.kwarg) for s in sources for f in functions(s.tree) if f.args.kwarg]
    # A decorator passes on what it was given, and the type checker knows each argument.
    agree([place for place, rest in named if not ast.unparse(rest).endswith(".kwargs")])


def test_no_function_changes_module_state(sources):
    agree([s.at(n) for s in sources for n in ast.walk(s.tree) if isinstance(n, ast.Global)])


def test_the_import_path_is_left_alone(sources):
    agree([s.path for s in sources if re.search(r"\bsys\.path\b(?!_)", s.text)])


def test_a_broad_except_raises_again_or_stands_at_the_door_and_logs(sources):
    offenders = []
    for source in sources:
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            logs = source.path in DOORS and ".exception(" in ast.unparse(node)
            if broad and not logs and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node)):
                offenders.append(source.at(node))
    agree(offenders)


def test_an_ignored_type_error_gives_its_reason(sources):
    reasonless = re.compile(r"#\s*type:\s*ignore(?:\[[\w, -]+\])?\s*$")
    lines = [(s.path, i, line) for s in sources for i, line in enumerate(s.text.splitlines(), 1)]
    agree([f"{path}:{i}" for path, i, line in lines if reasonless.search(line)])


def test_a_note_of_work_to_do_names_its_issue(sources):
    lines = [(s.path, i, line) for s in sources for i, line in enumerate(s.text.splitlines(), 1)]
    unnamed = re.compile(r"#.*\b(TODO|FIXME|XXX)\b(?!.*#?\d)")
    agree([f"{path}:{i}" for path, i, line in lines if unnamed.search(line)])


def test_every_service_that_takes_an_actor_is_guarded(sources):
    unguarded = []
    for source in sources:
        if not source.under("surveillance/services"):
            continue
        public = (n for n in source.tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))
        for function in public:
            arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
            asked = any(ast.unparse(a.annotation).endswith("Actor") for a in arguments if a.annotation)
            marks = [ast.unparse(mark) for mark in function.decorator_list]
            if asked and not any(re.match(r"(?:guard\.)?guarded\(Action\.", mark) for mark in marks):
                unguarded.append(f"{source.at(function)} {function.name}")
    agree(unguarded)


def test_no_frame_or_array_is_the_key_of_a_cache(sources):
    offenders = []
    for source in sources:
        for function in functions(source.tree):
            marks = [ast.unparse(mark) for mark in function.decorator_list]
            if not any(re.match(r"(?:st\.)?cache_(?:data|resource)\b", mark) for mark in marks):
                continue
            for argument in (*function.args.args, *function.args.kwonlyargs):
                kind = ast.unparse(argument.annotation) if argument.annotation else ""
                if ARRAY_WORDS.search(kind) and not argument.arg.startswith("_"):
                    offenders.append(f"{source.at(function)} {argument.arg}")
    agree(offenders)


def test_statistics_start_light(sources):
    heavy = []
    for source in sources:
        if not source.under("surveillance/metrics", "surveillance/detectors", "surveillance/kernels"):
            continue
        for node, name in imported(source.tree):
            known = name.split(".")[0] in LIGHT or name == "scipy.special"
            if node in source.tree.body and not known:
                heavy.append(f"{source.at(node)} {name}")
    agree(heavy)


def test_views_draw_through_figures(sources):
    views = [s for s in sources if s.under("dashboard/views")]
    agree([s.at(n) for s in views for n, name in imported(s.tree) if name.split(".")[0] == "plotly"])


def test_nothing_committed_names_a_machine_or_a_package_index(committed_texts, root):
    marks = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/opt/" + "pypi", "index-" + "url", "pythonhosted" + ".org"]
    marks += ["pypi.org/" + "simple", "find-" + "links", "trusted-" + "host"]
    named = [(path, mark) for path in committed_texts for mark in marks if mark in path.read_text(encoding="utf-8")]
    agree([f"{path.relative_to(root)}: {mark}" for path, mark in named])
