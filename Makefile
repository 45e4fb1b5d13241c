# Needs Python 3.11 or later with pip, and make. Everything else is installed into .venv.
#   make run [PORT=8000]   set up, load the seeds, serve
#   make test              set up, check, run every test

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# Checks and tests, one recipe after another: they share the machine's cores.
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: run test setup check bench clean lock

run: setup
	@exec $(BIN)/python manage.py quickstart --port $(PORT)

setup: $(VENV)/.run-stamp

test: check
	@echo "== tests"
	@$(BIN)/python -m pytest -n 2

check: $(VENV)/.test-stamp
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== djade"
	@find . -path ./$(VENV) -prune -o -path '*/templates/*' -name '*.html' -print0 \
		| xargs -0 -r $(BIN)/djade --check --target-version 5.2
	@echo "== mypy"
	@$(BIN)/mypy .
	@echo "== import-linter"
	@$(BIN)/lint-imports --no-cache
	@echo "== django"
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check

bench: setup
	@test -f bench/run.py || { echo "There is no bench/run.py yet."; exit 1; }
	@$(BIN)/python -m bench.run

clean:
	@echo "== stopping the database, removing .local (with the data in it) and $(VENV)"
	@if [ -d .local/postgres ] && [ -x $(BIN)/python ]; then \
		$(BIN)/python -c "import sys; from pathlib import Path; \
	from newsdb.embedded.server import stop_if_last; \
	sys.exit(not stop_if_last(Path('.local/postgres')))" \
		|| { echo "The database is in use: stop make run first."; exit 1; }; fi
	@rm -rf .local $(VENV)

lock: $(VENV)/.uv-stamp
	@echo "== requirements/*.txt"
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml --group test -o requirements/test.txt
	@echo uv | $(COMPILE) - -o requirements/uv.txt

COMPILE = $(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
