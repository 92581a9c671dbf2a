"""F14: our clock jumps and the database's does not. Needs libfaketime (Debian: faketime)."""

import tempfile
import time
from pathlib import Path

from scripts.chaos.filing import PASSWORD, Filing
from scripts.chaos.storm import BEFORE_THEIR_HEADS
from scripts.chaos.storm import PLANS as STANDING
from scripts.chaos.world import world

LIBRARY = "*/faketime/libfaketime.so.1"
JUMPS = ("+90d", "-2h", "+0")
TOUCHED = """
    SELECT (SELECT count(*) FROM units_reminder), (SELECT count(*) FROM units_plan WHERE late_days > 0)
"""


def set_clock(file: Path, offset: str) -> None:
    file.write_text(offset)


def f14() -> str:
    """F14: jump 90 days forward, two hours back, and right again: /readyz alarms, nobody is reminded or marked late,
    people sign in and file, and the record is in order."""
    library = next(iter(Path("/usr/lib").glob(LIBRARY)), None)
    if library is None:
        raise AssertionError("libfaketime is not installed: apt install faketime")
    with world("city", **faked(str(library))) as here:
        file = Path(here.house.environment["FAKETIME_TIMESTAMP_FILE"])
        set_clock(file, "+0")
        here.ask(BEFORE_THEIR_HEADS)
        here.start()
        plans = here.ask(STANDING, "awaiting_signature")
        lines = [one_jump(here, file, offset, plans) for offset in JUMPS]
        fault = here.house.manage("verify_audit").strip()
    return f"{'; '.join(lines)}; {fault}"


def faked(library: str) -> dict[str, str]:
    """Everything that is started looks at the clock in a file; it can be set while it runs."""
    file = tempfile.NamedTemporaryFile(prefix="sanwei-clock-", delete=False)  # noqa: SIM115  outlives this function
    file.write(b"+0")
    file.close()
    return {
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": file.name,
        "FAKETIME_NO_CACHE": "1",
        "SANWEI_PASSWORD_DAYS": "0",
    }


def one_jump(here, file: Path, offset: str, plans) -> str:
    """What is seen after one setting of the clock."""
    before = here.ask(TOUCHED)[0]
    set_clock(file, offset)
    time.sleep(2)
    filing = Filing(here.house.port, *plans.pop())
    filing.visitor.sign_in(f"head-{filing.code.lower()}", PASSWORD)
    fields = filing.open_form()
    status = filing.send(fields)
    if status != 302:
        raise AssertionError(f"clock {offset}: a filing was answered {status} {filing.refusal}")
    here.house.manage("shell", "-c", "from units.plans.tasks import remind; remind()")
    after = here.ask(TOUCHED)[0]
    skewed = offset != "+0"
    if skewed and after != before:
        raise AssertionError(f"clock {offset}: reminders and late marks went from {before} to {after}")
    said = filing.visitor.get("/readyz").json()["time"]
    if said != ("skewed" if skewed else "ok"):
        raise AssertionError(f"clock {offset}: /readyz says time {said}")
    return f"{offset}: filed on time, /readyz says {said}"
