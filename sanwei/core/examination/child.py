"""Starting the child: isolated, without environment or input, and dead at its limits."""

import json
import subprocess
import sys
from pathlib import Path

# The folder goes last on the path: its neighbour `numbers` must not stand in for the standard library's.
START = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1)); "
    "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
)


class Died(Exception):
    """The child crashed or reached its limits: the file costs too much, or is damaged in a way nobody foresaw."""


def run(module: str, *words, folder: Path, seconds: int, megabytes: int) -> dict:
    """Let `module` of this room examine files in `folder`, and return what it says (one JSON object).

    Its arguments are `words`, the processor seconds and the megabytes it may take; it gets twice the seconds by
    the clock. Raises Died.
    """
    task = [Path(__file__).parent.parent, f"examination.{module}", *words, seconds, megabytes]
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-c", START, *map(str, task)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            cwd=folder,
            timeout=2 * seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Died(module) from error
    return json.loads(child.stdout)
