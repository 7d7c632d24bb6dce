"""Rules of extras: where one is missing, one line says so and what to type."""

from __future__ import annotations

import pytest

from crimecmp.errors import MissingExtraError
from crimecmp.extras import needed_for


@pytest.mark.parametrize(
    ("name", "package"),
    [("matplotlib", "matplotlib"), ("matplotlib.figure", "matplotlib")],
)
def test_a_missing_package_is_named_with_what_installs_it(name: str, package: str) -> None:
    """What was wanted, the package without its parts, and the command of the extra."""
    with pytest.raises(MissingExtraError) as caught, needed_for("pictures"):
        raise ModuleNotFoundError("No module", name=name)
    assert caught.value.message.startswith(f"pictures need {package},")
    assert "\n" not in caught.value.message
    assert "pip install 'crimecmp[charts]'" in caught.value.hint
    assert isinstance(caught.value.__cause__, ModuleNotFoundError)


def test_what_is_there_is_used_without_a_word() -> None:
    """Where the import works nothing happens."""
    with needed_for("pictures"):
        import json
    assert json.loads("[]") == []


@pytest.mark.parametrize("error", [ImportError, ValueError])
def test_a_package_that_does_not_load_says_why(error: type[Exception]) -> None:
    """Settings are read when a package is loaded, and a fault in them is no fault of ours."""
    with pytest.raises(MissingExtraError) as caught, needed_for("pictures"):
        raise error("backend 'nonsense'")
    assert caught.value.message == "pictures need a package that does not load: backend 'nonsense'"
    assert "MPLBACKEND" in caught.value.hint
    assert isinstance(caught.value.__cause__, error)


@pytest.mark.parametrize(
    "error",
    [
        KeyboardInterrupt(),
        OSError(),
        TypeError(),
        ModuleNotFoundError("", name="crimecmp.render.matplotlib"),
        ModuleNotFoundError("", name="crimecmp"),
    ],
)
def test_another_error_is_no_missing_package(error: BaseException) -> None:
    """What is no failed import of another's goes on as it is."""
    with pytest.raises(type(error)) as caught, needed_for("pictures"):
        raise error
    assert caught.value is error


def test_each_extra_is_installed_by_its_own_name() -> None:
    """What is missing of an extra is installed with it, and settings of others are not named."""
    with pytest.raises(MissingExtraError) as caught, needed_for("downloads", extra="fetch"):
        raise ModuleNotFoundError("No module", name="urllib3.util")
    assert caught.value.message == "downloads need urllib3, which is not installed"
    assert caught.value.hint == "Install it with: pip install 'crimecmp[fetch]'"
    with pytest.raises(MissingExtraError) as caught, needed_for("downloads", extra="fetch"):
        raise ImportError("no ssl")
    assert caught.value.hint == "Install it with: pip install 'crimecmp[fetch]'"
