"""F1: the web worker is killed at steps spread over all that a signature does (LOSS-02)."""

import contextlib
import itertools

from scripts.chaos.books import NOTHING, WHOLE
from scripts.chaos.filing import BROKEN, stamped
from scripts.chaos.site import LIST, again, expect, opened, site
from scripts.chaos.steps import ANSWER, COMMITTED, steps_of
from scripts.chaos.world import kill

POINTS = 12  # at least so many deaths, each at another step
SPREAD = 16  # so many are tried: a worker may know by heart what it asked for when the steps were counted
FILES = "insert units_planversion"
RECEIPT = "SELECT '/units/plans/' || plan_id || '/versions/' || number || '/receipt/' FROM units_planversion WHERE plan_id = %s"
names = (f"signature-{number}" for number in itertools.count())


def f1() -> str:
    """F1, LOSS-02: kill the web worker at steps of a signature: before the commit nothing is left, after it everything;
    the same key sent again gives one receipt. The steps are counted first, on a worker that has just been started."""
    with site(application="scripts.chaos.halting:application", SANWEI_WEB_WORKERS="1") as here:
        for pid in here.world.house.web_workers():
            kill(pid)
        steps = counted(here)
        died = [died_at(here, number) for number in chosen(steps)]
        deaths = [death for death in died if death is not None]
        before, after = deaths.count(False), deaths.count(True)
        expect(
            len(deaths) >= POINTS and before and after,
            f"died {before} times before the commit, {after} after it",
        )
    return f"{len(steps)} steps; killed at {before} before the commit: nothing left; at {after} after it: the same receipt"


def chosen(steps: list[str]) -> list[int]:
    """The numbers of the steps to die at: spread over all, and both sides of the commit that files."""
    committed = steps.index(COMMITTED, steps.index(FILES)) + 1
    spread = {1 + round(place * (len(steps) - 1) / (SPREAD - 1)) for place in range(SPREAD)}
    return sorted({*spread, committed - 1, committed})


def counted(here) -> list[str]:
    """The steps of one signature from beginning to end."""
    filing = here.filing()
    status, steps = halted(here, filing, opened(here, filing), 0)
    expect(status == 302 and here.books(filing) == WHOLE, f"a signature without any fault: {status}")
    expect(FILES in steps and steps[-1] == ANSWER, "the steps were not written down")
    return steps


def died_at(here, number: int) -> bool | None:
    """Kill the worker at this step; whether the filing had been committed, None if it was answered before."""
    filing = here.filing()
    fields = opened(here, filing)
    status, steps = halted(here, filing, fields, number)
    committed = FILES in steps and COMMITTED in steps[steps.index(FILES) :]
    expect(bool(status) == (len(steps) < number), f"step {number}: {status} after {len(steps)} steps")
    books = here.books(filing)
    expect(books == (WHOLE if committed else NOTHING), f"killed at step {number}, {steps[-1]}: {books}")
    filed = here.world.ask(RECEIPT, filing.plan)
    receipt = again(here, filing, fields)
    expect(filed in ([], [(receipt,)]), f"killed at step {number}: another receipt for the same key")
    return None if status else committed


def halted(here, filing, fields, number: int) -> tuple[int, list[str]]:
    """Send the form to die at this step; the status, 0 without an answer, and the steps that were taken."""
    name, status = next(names), 0
    with contextlib.suppress(*BROKEN):
        headers = {**stamped(), "X-Halt": f"{name}:{number}"}
        status = filing.visitor.post(f"{LIST}{filing.plan}/sign/", fields, **headers).status
    return status, steps_of(here.world.house.data, name)
