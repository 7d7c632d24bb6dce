"""The string literals of a module, read from its source."""

from __future__ import annotations

import ast


def texts(tree: ast.AST, *, of_errors: bool = False, docstrings: bool = False) -> set[str]:
    """Return the string literals of a module, or those of its errors alone.

    What is put into a literal shows as `{}`.

    Parameters
    ----------
    tree
        The module.
    of_errors
        Whether to look only where an error or a fault is raised or made.
    docstrings
        Whether those of public functions count: those of commands are their help.
    """
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    if docstrings:
        left_out -= {id(first) for node in ast.walk(tree) if (first := public_docstring(node))}
    tops = [node for node in ast.walk(tree) if is_error(node)] if of_errors else [tree]
    found = set()
    for node in (node for top in tops for node in ast.walk(top)):
        if isinstance(node, ast.JoinedStr):
            parts = (getattr(part, "value", "") for part in node.values)
            found.add("".join(part if isinstance(part, str) else "{}" for part in parts))
        elif isinstance(node, ast.Constant) and id(node) not in left_out:
            found.add(str(node.value))
    return found


def public_docstring(node: ast.AST) -> ast.expr | None:
    """Return the docstring of a public function; None for any other node."""
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return None
    first = node.body[0]
    return first.value if isinstance(first, ast.Expr) else None


def is_error(node: ast.AST) -> bool:
    """Return whether a node raises, or makes an error or a fault."""
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Raise) or called.endswith(("Error", "Fault"))
