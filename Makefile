# make run    the bot, or a conversation in the terminal where no token is set
# make test   the whole suite
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TOOLS := $(VENV)/.installed-tools
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run test check lint types contracts clean

run: $(INSTALLED)
	@$(BIN)/homeward start

test: $(TOOLS)
	@$(BIN)/python -m pytest -n auto

check: lint types contracts test

lint: $(TOOLS)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types: $(TOOLS)
	@$(BIN)/mypy

contracts: $(TOOLS)
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Homeward needs into $(VENV), once ..." >&2
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@$(BIN)/python -m compileall -q bot handlers storage
	@touch $@

$(TOOLS): $(INSTALLED)
	@echo "Installing what its tests need, once ..." >&2
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
