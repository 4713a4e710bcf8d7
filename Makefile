.PHONY: check docs bench

check:
	ruff check .
	ruff format --check .
	mypy
	pytest -q -n 2

docs:
	python -m tests.conformance
	python -m tests.generated_docs

bench:
	for script in tests/benchmarks/[a-z]*.py; do echo "== $$script"; python "$$script"; done
