"""How much a file may cost, and the caps that hold the child to it (security.md rules 21 and 23)."""

import dataclasses
import pathlib
import resource

MEGABYTE = 1024 * 1024
UNPACKED_BYTES = 100 * MEGABYTE
ENTRIES = 2000
RATIO = 100
DEPTH = 2  # a document in a zip, an object in that document; no further
PIXELS = 40_000_000
WRITTEN_BYTES = 200 * MEGABYTE


@dataclasses.dataclass
class Budget:
    """What is left to unpack for one uploaded file, shared by everything nested in it."""

    bytes: int = UNPACKED_BYTES
    entries: int = ENTRIES


def confine(cpu_seconds: int, megabytes: int) -> None:
    """Cap this process, and offer it first when the machine runs out of memory. Cannot be taken back."""
    for limit, value in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, megabytes * MEGABYTE),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    score = pathlib.Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text("1000")
