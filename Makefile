# The commands; README.md says the same for those who have no make.
PYTHON ?= python3
PY = .venv/bin/python

test: .venv/test
	$(PY) -m pytest -n 2 tests

demo: .venv/demo
	$(PY) examples/demo.py

data: .venv/demo
	$(PY) tests/data/make_data.py $(if $(FULL),--full)

mains: .venv/demo
	$(PY) tests/mains/run.py

# A stub of each task, by any Python. DIR is the caller's, as in grade.
start: export CALLER = $(PWD)
start:
	@cd "$$CALLER" || exit; \
		$(PYTHON) "$(CURDIR)/tests/grader/start.py" "$$DIR"

# Names are the caller's, wherever make was started from. Grades are no error
# of make's: the exit status is 0, and pytest's own where that counts (CI).
grade: export CALLER = $(PWD)
grade: .venv/test $(if $(KERAS2),.venv/legacy)
	@cd "$$CALLER" || exit; $(if $(KERAS2),TF_USE_LEGACY_KERAS=1) \
		"$(CURDIR)/$(PY)" -m pytest -q -p no:cacheprovider \
		-c "$(CURDIR)/pyproject.toml" "$(CURDIR)/tests/tasks" \
		--solutions="$$DIR" $(if $(TASK),--task "$$TASK") \
		$(if $(JSON),--json "$$JSON") \
		$(if $(FEEDBACK),--feedback "$$FEEDBACK"); test $$? -le 1

watch: export CALLER = $(PWD)
watch: .venv/test
	@case "$$DIR" in ''|/*|~*) ;; *) DIR="$$CALLER/$$DIR" ;; esac; \
		cd "$(CURDIR)" && $(PY) -m tests.grader.watch "$$DIR"

variants: .venv/test
	$(PY) -m tests.grader.check_solutions

stacks: .venv/stacks
	.venv/bin/tox $(if $(STACK),-e $(STACK))

bench: .venv/test
	$(PY) tests/benchmark.py $(if $(MNIST),--mnist $(MNIST))

notebook: .venv/notebook
	$(PY) -m jupytext --to notebook --set-kernel python3 --execute \
		docs/objectives.md

lint: .venv/lint
	.venv/bin/ruff check .

# A file that stands for what is installed, made anew when that changes.
.venv/%: pyproject.toml
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --editable '.[$*]'
	touch $@

.PHONY: test demo data mains start grade watch variants stacks bench notebook \
	lint
