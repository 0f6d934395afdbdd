# The portal's commands. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST = $(BIN)/python -m pytest -n auto --dist load $(if $(SEED),--randomly-seed=$(SEED))
.DEFAULT_GOAL := help
.PHONY: help install run serve test test-all mutate check bench pictures looks styles docs fmt lock sbom vulnerabilities release

help: ## 列出所有命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

install: $(VENV)/run.stamp ## 安装运行门户所需的一切（不含测试工具）

serve: $(VENV)/run.stamp ## 准备好并启动正式站点（不生成演示数据）
	@$(BIN)/python manage.py serve

run: $(VENV)/run.stamp ## 准备好一切并启动门户（演示数据），地址 http://127.0.0.1:8000/
	@$(BIN)/python manage.py serve --demo

test: $(VENV)/dev.stamp ## 准备好一切并运行测试（ONE=tests/… 只运行一部分，SEED=7 换一种次序）
	@$(PYTEST) -m "not exhaustive" $(ONE)

test-all: $(VENV)/dev.stamp ## 运行全部测试，包括穷举、崩溃和浏览器测试（ONE、SEED 同上）
	@$(PYTEST) $(ONE)

mutate: $(VENV)/dev.stamp ## 检验测试的效力：小处改坏代码，看测试能否发现（约1小时；MUTATE="--count 20 --seed 7" 改变数量和抽样）
	@$(BIN)/python -m tests.mutations $(MUTATE)

check: $(VENV)/dev.stamp ## 静态检查：格式、规范、类型、分层、迁移、模板
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py check --fail-level WARNING
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/djlint templates --lint --quiet

bench: $(VENV)/run.stamp ## 测量性能，打印比值（约15分钟；BENCH_DISTRICTS=1,30,3000 增加规模，BENCH_WRITE=1 写入docs，BENCH_GATE=1 未达到的以错误结束）
	@$(BIN)/python -m bench

pictures: $(VENV)/dev.stamp ## 重新拍摄使用手册的图片（需要 chromium）
	@PORTAL_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/browser/test_walk.py

looks: $(VENV)/dev.stamp ## 拍摄主要页面在各种屏幕上的样子，存入 var/looks（需要 chromium；AT=http://… 拍摄正在运行的门户）
	@DJANGO_SETTINGS_MODULE=suzhou_portal.settings $(BIN)/python -m tests.browser.looks $(AT)

styles: $(VENV)/dev.stamp ## 由模板重新裁剪 static/vendor/bootstrap，只留下用到的样式
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.styles.trim

docs: $(VENV)/dev.stamp ## 由声明重新生成 docs/roles.md、docs/lifecycles.md 和指标规则的摘要
	@$(BIN)/python manage.py write_docs
	@DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.figures.rules

fmt: $(VENV)/dev.stamp ## 统一代码格式
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## 重新锁定依赖版本（需要 uv）
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements.txt
	uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -c requirements.txt -o requirements-dev.txt
	uv pip compile -q pyproject.toml --extra security --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -c requirements.txt -o requirements-security.txt

sbom: $(VENV)/security.stamp ## 由锁定的依赖重新生成 docs/sbom.json（CycloneDX 软件物料清单）
	@$(BIN)/python -m tests.releases.sbom

vulnerabilities: $(VENV)/security.stamp ## 查依赖有没有已知漏洞（需要能连上公布漏洞的网站；连不上以错误结束）
	@$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.txt

release: $(VENV)/dev.stamp ## 发布 pyproject.toml 中的版本：冻结迁移，留一份演示数据供以后试升级（先写 CHANGELOG.md）
	@$(BIN)/python -m tests.releases

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "错误：需要 Python 3.11 或更新版本；请安装后再试，或用 make PYTHON=python3.12 … 指定。" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "错误：不能建立虚拟环境；Debian、Ubuntu 请先安装 python3-venv。" >&2; exit 1; }

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	@echo "正在安装依赖……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/security.stamp: requirements-security.txt $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-security.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "正在安装开发依赖……"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
