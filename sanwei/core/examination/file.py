"""The child: FILE EXTENSION CLEAN SECONDS MEGABYTES. Prints JSON {"problem": "…"}, empty if all is well.

When the file must not be kept as it came (pictures), the clean copy is written to CLEAN, which must not
exist yet.
"""

import json
import pathlib
import sys

from .kinds import examine
from .limits import Budget, confine
from .unsafe import Unsafe


def main(path: str, extension: str, clean: str, cpu_seconds: str, megabytes: str) -> None:
    confine(int(cpu_seconds), int(megabytes))
    problem = ""
    try:
        fresh = examine(pathlib.Path(path).read_bytes(), extension, Budget())
        if fresh is not None:
            with pathlib.Path(clean).open("xb") as file:
                file.write(fresh)
    except Unsafe as refusal:
        problem = str(refusal)
    sys.stdout.write(json.dumps({"problem": problem}))


if __name__ == "__main__":
    main(*sys.argv[1:])
