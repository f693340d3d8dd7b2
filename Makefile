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

grade: .venv/test
	$(PY) -m pytest -q $(if $(TASK),tests/test_$(shell printf %02d $(TASK))_*.py,tests) \
		--solutions '$(DIR)' $(if $(JSON),--json $(JSON))

variants: .venv/test
	$(PY) tests/check_variants.py

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

.PHONY: test demo data mains grade variants stacks bench notebook lint
