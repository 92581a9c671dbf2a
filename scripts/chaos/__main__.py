"""python -m scripts.chaos [--seed N] [--seconds S] [storm | control | faults | F1 …]: break it and count."""

import argparse
import dataclasses
import random
import sys

from scripts.bench.figures import Figure, write
from scripts.chaos import faults
from scripts.chaos.storm import storm
from scripts.chaos.world import world

SECONDS = 150.0
CONTROL_SECONDS = 60.0
CONTROL = "scripts.chaos.unguarded:application"


def say(text: str) -> None:
    print(f"› {text}", flush=True)


def run_storm(seed: int, seconds: float) -> bool:
    """The storm on the house as it is: nothing may be lost, twice or half."""
    say(f"storm, seed {seed}, {seconds:.0f} s")
    with world() as here:
        here.start()
        found, load, strikes = storm(here, seed, seconds, say)
    for line in load.report():
        print(f"  {line}")
    say(f"{len(strikes)} strikes, started again: {len(here.restarts)}")
    print(f"  {dataclasses.asdict(found)}")
    write([Figure("deadline.lost", found.lost, "filings"), Figure("deadline.twice", found.twice, "filings")])
    for name, count in found.faults().items():
        say(f"FAULT {name}: {count}")
    return not found.faults()


def run_control(seed: int) -> bool:
    """The same storm on a house whose guards are out: the books must say so, or they cannot be trusted."""
    say("control: answers before the commit, no key, no state guard")
    with world(application=CONTROL) as here:
        here.start()
        found, _, _ = storm(here, seed, CONTROL_SECONDS, say)
    print(f"  {dataclasses.asdict(found)}")
    say(
        "the books see it"
        if found.lost and found.twice
        else "FAULT the control lost nothing: the books are blind"
    )
    return bool(found.lost and found.twice)


def main() -> int:
    words = argparse.ArgumentParser()
    words.add_argument("what", nargs="*", default=["storm", "control", "faults"])
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    words.add_argument("--seconds", type=float, default=SECONDS)
    told = words.parse_args()
    good = True
    for what in told.what:
        if what == "storm":
            good &= run_storm(told.seed, told.seconds)
        elif what == "control":
            good &= run_control(told.seed)
        else:
            good &= faults.run(what, say)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
