# make app   虚拟环境、依赖、索引、网页（127.0.0.1:7860）
# make test  同一个环境加测试依赖，然后跑全部测试
# make check 格式、规则、类型、文档示例和全部测试
# make screenshots 每个标签页的图，宽 1440 与 390、亮与暗，存到 docs/screenshots/
# make bench 速度与内存；make eval 测试集，低于基线就失败；make model 重新训练内置编码器

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 7860

.PHONY: app index test lint check bench eval screenshots clean

app: $(VENV)/.app
	$(BIN)/clauselens index
	$(BIN)/python app.py --host $(HOST) --port $(PORT)

index: $(VENV)/.app
	$(BIN)/clauselens index

test: $(VENV)/.test
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test

bench: $(VENV)/.app
	$(BIN)/python -m eval.bench

eval: $(VENV)/.app
	$(BIN)/clauselens eval three-texts
	$(BIN)/python -m eval.baseline

screenshots: $(VENV)/.test
	$(BIN)/python tests/web/screenshots.py

$(VENV)/.app: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.test: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@ $(VENV)/.app

clean:
	rm -rf $(VENV) corpus/.index .mypy_cache .ruff_cache .pytest_cache
