# Two commands are enough: `make demo` shows the product, `make test` runs every test.
# Nothing but Python 3.11+ and make is needed; another interpreter: `make demo PYTHON=python3.12`.

PYTHON ?= python3
PORT ?= 8501
LOG ?= ../shared/data/cardiac_surgery_log.csv
TEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCKED := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo real test check validate fuzz bench clean

help:  ## say what can be made
	@sed -n 's/^\([a-z]*\):.*##/make \1:/p' Makefile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make demo PYTHON=python3.12"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) \
		|| { echo "Python cannot make a virtual environment here (on Debian: install python3-venv)"; exit 1; }

# A stamp is older than what it was made from only until the next call: a second call installs nothing.
$(VENV)/installed.stamp: $(LOCKED) | $(BIN)/python
	@echo "Installing (a minute or two, once) ..."
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-dev.stamp: $(LOCKED) | $(BIN)/python
	@echo "Installing with what the tests need (a minute or two, once) ..."
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/installed.stamp

demo: $(VENV)/installed.stamp  ## load the synthetic logs, evaluate them and serve the dashboard on this machine
	@$(BIN)/surveillance demo --port $(PORT)

real: $(VENV)/installed.stamp  ## do the same with a real log of cardiac surgery, in a store of its own (LOG=file)
	@test -f "$(LOG)" || { echo "No log at $(LOG); name one with: make real LOG=file.csv"; exit 1; }
	@$(BIN)/surveillance real "$(LOG)" --port $(PORT)

test: $(VENV)/installed-dev.stamp  ## run every test; those without a browser or a PostgreSQL server skip by name
	@$(BIN)/python -m pytest -m "not validate and not fuzz" $(TEST_ARGS)

check: $(VENV)/installed-dev.stamp  ## format, lint, types, layers and documents
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest --quiet tests/contracts/test_docs.py tests/contracts/test_house_style.py

validate: $(VENV)/installed-dev.stamp  ## the full simulation sets, 200 seeds a scenario
	@$(BIN)/python -m pytest -m validate $(TEST_ARGS)

fuzz: $(VENV)/installed-dev.stamp  ## ten thousand made-up files through the reader, and the largest honest ones
	@$(BIN)/python -m pytest -m fuzz $(TEST_ARGS)

bench: $(VENV)/installed-dev.stamp  ## time the main job on one million cases
	@$(BIN)/python -m benchmarks.main_job --cases 1000000

clean:  ## remove what was installed and cached; stores of records are not touched
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
