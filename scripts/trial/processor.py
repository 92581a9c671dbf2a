"""Processor time and memory of processes, from /proc (nanoseconds of every thread, not clock ticks)."""

import contextlib
import re
from pathlib import Path

PROC = Path("/proc")


def seconds(pids) -> float:
    """Processor seconds that the processes have used, all their threads together; those gone count as nothing."""
    return sum(one(pid) for pid in pids)


def one(pid: int) -> float:
    total = 0
    for thread in (PROC / str(pid) / "task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            total += int(thread.read_text().split()[0])
    return total / 1e9


def children(pid: int) -> list[int]:
    """Processes whose parent is `pid`."""
    found = []
    for stat in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found


def family(pid: int) -> list[int]:
    """`pid` and all that descend from it."""
    return [pid, *(member for child in children(pid) for member in family(child))]


def backends(postmaster: int, database: str) -> list[int]:
    """Server processes that serve a client of `database`."""
    return [pid for pid in children(postmaster) if f" {database} " in command(pid)]


def command(pid: int) -> str:
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def memory_mb(pid: int, name: str = "VmRSS") -> float:
    """Resident memory now (VmRSS) or at its highest (VmHWM)."""
    with contextlib.suppress(OSError):
        return int(re.search(rf"{name}:\s+(\d+)", (PROC / str(pid) / "status").read_text())[1]) / 1024
    return 0.0


def forget_peak(pid: int) -> None:
    """Start VmHWM anew."""
    (PROC / str(pid) / "clear_refs").write_text("5")
