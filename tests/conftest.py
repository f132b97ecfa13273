"""What the tests share: the bundled model, loaded once, and a home of their own."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from dragoman.errors import DragomanError

# In CI the same examples every time: a new counterexample is found where somebody looks, not in an unrelated change.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory):
    """No test sees, or touches, the Argos packages of the person who runs it."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("ARGOS_", "XDG_")):
                patch.delenv(name)
        patch.setenv("HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def model(home):  # noqa: ARG001 (before the model is looked for)
    from dragoman.engine import packages
    from dragoman.engine.model import Model

    return Model(packages.bundled())


@pytest.fixture(scope="session")
def examples():
    return Path(__file__).parents[1] / "examples"


def in_process(app, name, capfdbinary):
    """Return a function that runs a command in this process; it gives the exit code, standard output and error."""

    def run(*arguments):
        code = 0
        try:
            app([str(argument) for argument in arguments], prog_name=name, standalone_mode=True)
        except SystemExit as end:
            code = end.code
        except DragomanError as error:
            print(f"dragoman: {error}", file=sys.stderr)
            code = 2
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


@pytest.fixture
def glossary_command(capfdbinary):
    """Run `dragoman glossary` in this process; gives its exit code, standard output and standard error."""
    from dragoman.cli.glossary import app

    return in_process(app, "dragoman glossary", capfdbinary)


@pytest.fixture
def regress_command(capfdbinary):
    """Run `dragoman regress` in this process; gives its exit code, standard output and standard error."""
    from dragoman.cli.regress import app

    return in_process(app, "dragoman regress", capfdbinary)
