# Two commands matter: make serve, make test.
.DEFAULT_GOAL := serve
.PHONY: serve demo test test-postgres check data bench shots messages lock backup restore secretariat documents
.PHONY: lint types imports templates migrations documented locked deployable

PYTHON ?= python3
V := .venv
RUN := $(V)/bin/python manage.py
JOBS ?= 2

serve: $(V)/served
	@exec $(RUN) serve

# An invented network in a database of its own; STAGE="call open" tells its story so far only.
demo: export DEMO = 1
demo: $(V)/served
	@$(RUN) demo $(if $(STAGE),--stage "$(STAGE)")
	@exec $(RUN) serve

test: $(V)/developed
	@sh tests/needs.sh
	@$(V)/bin/python -m pytest -n $(JOBS) $(ARGS)

test-postgres: $(V)/developed
	@$(V)/bin/python -m pytest -n $(JOBS) --db=postgres -m "not apart" $(ARGS)

check: lint types imports templates migrations documented locked deployable

lint: $(V)/developed
	$(V)/bin/ruff check .
	$(V)/bin/ruff format --check .

types: $(V)/developed
	$(V)/bin/mypy

imports: $(V)/developed
	$(V)/bin/lint-imports

templates: $(V)/developed
	$(V)/bin/djlint creativecities --lint --quiet

migrations: $(V)/developed
	$(RUN) makemigrations --check --dry-run

documented: $(V)/developed
	$(RUN) document --check

locked: $(V)/developed
	$(V)/bin/python tests/locked.py

deployable: $(V)/developed
	$(V)/bin/python tests/deployable.py

data: $(V)/served
	@$(RUN) load_data --dry-run
	@$(RUN) load_data

secretariat: $(V)/served
	@$(RUN) secretariat "$(EMAIL)"

backup: $(V)/served
	@$(RUN) backup $(if $(FILE),--to "$(FILE)")

restore: $(V)/served
	@$(RUN) restore $(if $(FORCE),--force) "$(FILE)"

bench: $(V)/developed
	@$(V)/bin/python bench/run.py $(ARGS)

shots: $(V)/developed
	@$(V)/bin/python -m pytest -q tests/shots.py

documents: $(V)/developed
	@$(RUN) document

messages: $(V)/developed
	@$(RUN) makemessages --all --no-obsolete --add-location file
	@$(RUN) prepare

lock: $(V)/developed
	@$(V)/bin/python tests/locked.py --write

# The environment is made once, and again when what is locked changes.
$(V)/served: requirements.txt | $(V)/bin/python
	@$(V)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(V)/developed: requirements-dev.txt | $(V)/bin/python
	@$(V)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(V)/served

$(V)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed: install it, or name it with make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks its venv module: apt-get install -y python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(V)
