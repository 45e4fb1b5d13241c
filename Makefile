# Needs Python 3.11 or later with pip, and make. The rest is installed into .venv.
#
#   make run [PORT=8000]    set up, load the seeds, serve
#   make test               set up, check, pass every test
#   make pictures           draw every page, light and dark, into .local/screenshots,
#                           and anew what README shows, in docs/images
#   make setup | check | bench | clean | lock

PORT ?= 8000
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin

# Compiled code is kept, whatever the machine says: each command would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: run setup test check pictures bench clean lock

run: $(VENV)/.run-stamp
	@exec $(BIN)/python manage.py quickstart --port "$(PORT)"

setup: $(VENV)/.run-stamp
	@echo "== database and tables"
	@$(BIN)/python manage.py migrate --verbosity 0

test: check
	@echo "== tests"
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.test-stamp
	@echo "== ruff: lint and format"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== djade: templates"
	@find . -path './.*' -prune -o -path '*/templates/*.html' -print0 \
		| xargs -0 -r $(BIN)/djade --check
	@echo "== mypy: types"
	@$(BIN)/mypy .
	@echo "== import-linter: rooms"
	@$(BIN)/lint-imports --no-logo
	@echo "== django: migrations, settings"
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check

pictures: $(VENV)/.test-stamp
	@NEWSDB_EVERY_PICTURE=1 $(BIN)/python -m pytest -q tests/browser/test_every_page.py
	@echo "== drawn into .local/screenshots; README's into docs/images"

bench: $(VENV)/.run-stamp
	@test -f bench/run.py || { echo "bench/run.py is missing."; exit 1; }
	@$(BIN)/python -m bench.run
	@echo "== the API against the limit and its peers, up to 1,000,000 events: SIZES=10000 for less"
	@$(BIN)/python -m bench.run api

STOP := import sys, pathlib; from newsdb.embedded.server import stop_if_last; \
	sys.exit(not stop_if_last(pathlib.Path(".local/postgres")))

clean:
	@echo "== stopping the database"
	@if [ -d .local/postgres/data ] && [ -e $(VENV)/.run-stamp ]; then \
		$(BIN)/python -c '$(STOP)' \
		|| { echo "It is in use. Stop what uses it (make run?) first."; exit 1; }; fi
	@echo "== removing .local with all data in it, and $(VENV)"
	@rm -rf .local $(VENV)

lock: $(VENV)/.uv-stamp
	@echo "== requirements/run.txt, test.txt, uv.txt"
	@$(COMPILE) pyproject.toml --group test -o requirements/test.txt
	@$(COMPILE) pyproject.toml --constraint requirements/test.txt -o requirements/run.txt
	@echo uv | $(COMPILE) - -o requirements/uv.txt

COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header

# Stamps: each is as new as the list it was installed from.

$(VENV)/.run-stamp: requirements/run.txt | $(VENV)/.uv-stamp
	$(call install,$<,to run)

$(VENV)/.test-stamp: requirements/test.txt | $(VENV)/.uv-stamp
	$(call install,$<,to test)

define install
@echo "== installing what is needed $(2)"
@if [ -x $(BIN)/uv ] && $(BIN)/uv pip install --python $(BIN)/python \
	--compile-bytecode --require-hashes -r $(1); then :; \
	else $(BIN)/python -m pip install --require-hashes -r $(1); fi
@touch $@
endef

$(VENV)/.uv-stamp: requirements/uv.txt
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
		"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
			echo "Python 3.11 or later is needed: make setup PYTHON=/path/to/it"; \
			exit 1; }; \
		echo "== making $(VENV)"; \
		"$(PYTHON)" -m venv --clear $(VENV); }
	@echo "== installing uv, which installs the rest"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements/uv.txt \
		|| echo "uv does not install here; pip does its work, more slowly."
	@touch $@
