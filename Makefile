# The commands; README.md says the same for those who have no make.
PYTHON ?= python3
PY = .venv/bin/python

test: .venv/test
	$(PY) -m pytest -n 2 --dist loadfile tests

demo: .venv/demo
	$(PY) examples/demo.py

data: .venv/demo
	$(PY) examples/data/make_data.py $(if $(FULL),--full)

mains: .venv/demo
	$(PY) tests/mains/run.py

# The grader's commands. Names are the caller's, wherever make was started from.
# Grades are no error of make's: the exit status is 0 unless nothing is graded.
GRADER = cd "$$CALLER" && PYTHONPATH="$(CURDIR)"
start grade watch: export CALLER = $(PWD)
start grade watch: export GRADER_FROM_MAKE = yes

start:
	@$(GRADER) $(PYTHON) -m grader start "$$DIR" $(if $(TASK),--task "$$TASK")

grade: .venv/test $(if $(KERAS2),.venv/legacy)
	@$(GRADER) "$(CURDIR)/$(PY)" -m grader grade "$$DIR" \
		$(if $(TASK),--task "$$TASK") $(if $(KERAS2),--keras2) \
		$(if $(JSON),--json "$$JSON") \
		$(if $(FEEDBACK),--feedback "$$FEEDBACK") \
		$(if $(RESUME),--resume); test $$? -le 1

watch: .venv/test
	@$(GRADER) "$(CURDIR)/$(PY)" -m grader watch "$$DIR"

variants: .venv/test
	$(PY) -m tests.grader.check_solutions

picture: .venv/test
	$(PY) -m tests.grader.picture

stacks: .venv/stacks
	.venv/bin/tox $(if $(STACK),-e $(STACK))

bench: .venv/test
	$(PY) tests/benchmark.py $(if $(MNIST),--mnist $(MNIST))

notebook: .venv/notebook
	$(PY) -m jupytext --to notebook --set-kernel python3 --execute \
		docs/objectives.md

lint: .venv/lint
	.venv/bin/ruff check .

# A file that stands for what is installed, made anew when that changes. What
# was there before stays, whatever pip does; only what this run made is removed.
# An environment without pip is half made: Debian has venv in a package apart.
.venv/%: pyproject.toml
	@new=; test -d .venv || new=yes; \
	undo() { test -z "$$new" || rm -rf .venv; exit 1; }; \
	$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv || undo; \
	echo 'Installing into .venv. The first time takes about a minute and 2.3 GB.'; \
	$(PY) -m pip install --quiet --editable '.[$*]' 2>.venv/log || { \
		cat .venv/log >&2; ! grep -q 'for tensorflow' .venv/log || $(PY) -c \
		'import sys; print("TensorFlow has no release for Python %d.%d. Choose another one, such as `make PYTHON=python3.12`." % sys.version_info[:2])'; \
		undo; }; \
	touch $@

.PHONY: test demo data mains start grade watch variants picture stacks bench \
	notebook lint
