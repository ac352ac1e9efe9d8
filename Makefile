# make play   the app on the bundled packs        make test   lint, types, contracts, tests
# make setup  prepare .venv only                  make bench  the figures in docs/benchmarks.md
PYTHON ?= python3
BIN := .venv/bin

.PHONY: play setup test lint bench clean

play: .venv/.ready
	@$(BIN)/roleplay play

setup: .venv/.ready

test: .venv/.ready-dev
	$(BIN)/ruff check roleplay tests scripts bench
	$(BIN)/ruff format --check roleplay tests scripts bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist worksteal
	$(BIN)/roleplay check scenario_packs
	$(BIN)/roleplay rehearse scenario_packs

bench: .venv/.ready-dev
	$(BIN)/python bench/run.py

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "roleplay needs Python 3.11 or later; try: make PYTHON=python3.12 play"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.ready: .venv/.python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@touch $@

.venv/.ready-dev: .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
