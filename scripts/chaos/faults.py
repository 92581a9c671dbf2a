"""The faults of security.md, each a command (`python -m scripts.chaos F7`) with its expectation.

Those of ALONE need worlds of their own: F1 (killed at every step) is in signature.py, F12 (power cut) in powercut.py,
F13 (full disks) in disks.py, F14 (clock jumps) in clocks.py, the drill of a restore in drill.py.
"""

import subprocess

from scripts.chaos import clocks, disks, drill, network, powercut, processes, signature
from scripts.chaos.filing import BROKEN
from scripts.chaos.site import site

IN_ONE_WORLD = {
    "F2": processes.f2, "F3": processes.f3, "F4": processes.f4, "F5": processes.f5,
    "F6": network.f6, "F7": network.f7, "F8": network.f8, "F9": network.f9,
    "F10": processes.f10, "F11": processes.f11, "F15": processes.f15, "F16": network.f16,
}  # fmt: skip
ALONE = {
    "F1": signature.f1,
    "restore": drill.restore,
    "F12": powercut.f12,
    "F13": disks.f13,
    "F14": clocks.f14,
}


def run(what: str, say) -> bool:
    """One fault by name, or `faults` for all; whether every expectation was met."""
    names = [*IN_ONE_WORLD, *ALONE] if what == "faults" else [what]
    together = [name for name in names if name in IN_ONE_WORLD]
    good = True
    if together:
        with site() as here:
            for name in together:
                good &= told(name, lambda name=name: IN_ONE_WORLD[name](here), say)
    for name in names:
        if name in ALONE:
            good &= told(name, ALONE[name], say)
    return good


def told(name: str, fault, say) -> bool:
    try:
        say(f"{name}: {fault()}")
    except (AssertionError, *BROKEN, subprocess.SubprocessError) as wrong:
        say(f"{name} FAULT: {type(wrong).__name__}: {wrong}")
        return False
    return True
