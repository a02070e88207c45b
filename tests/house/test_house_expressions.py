"""Modules name their expressions without compiling them: a thousand take a quarter of a second in each process."""

import ast
import gc
import importlib
from collections.abc import Iterator
from pathlib import Path

import opensafe
from opensafe.model.expressions import expression

PACKAGE = Path(opensafe.__file__).parent
_LATE = type(expression(""))


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(("opensafe", *file.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
        yield name, ast.parse(file.read_text(encoding="utf-8"))


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported: bodies of functions do not."""
    for inner in ast.iter_child_nodes(node):
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield inner
            yield from _at_import(inner)


def _compiled(module: ast.Module) -> list[ast.Call]:
    calls = (node for node in _at_import(module) if isinstance(node, ast.Call))
    return [call for call in calls if ast.unparse(call.func) == "re.compile"]


def test_no_module_compiles_an_expression_while_it_is_imported() -> None:
    assert [f"{name}:{call.lineno}" for name, module in _modules() for call in _compiled(module)] == []


def test_one_that_did_would_be_seen() -> None:
    module = ast.parse("X = (re.compile('a'), 1)\ndef f():\n    return re.compile('b')\n")
    assert list(map(ast.unparse, _compiled(module))) == ["re.compile('a')"]


def test_no_match_is_asked_for_its_expression() -> None:
    """It names the compiled one, which is never the one that a module names."""
    asked = (
        f"{name}:{node.lineno}"
        for name, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr == "re"
    )
    assert list(asked) == []


def test_every_expression_of_a_module_can_be_compiled() -> None:
    for name, module in _modules():
        if any(map(_is_late, ast.walk(module))):
            importlib.import_module(name)
    held = [each for each in gc.get_objects() if isinstance(each, _LATE)]  # those in tables too
    assert len(held) > 900
    assert all(each.groups >= 0 for each in held)


def _is_late(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "expression"
