"""Faults of our own processes and of the database's: killed, frozen, started twice (F2–F5, F10, F11, F15)."""

import random
import signal
import time

from scripts.chaos.filing import BROKEN
from scripts.chaos.site import BLOCKED, MESSAGE, again, expect, held, opened
from scripts.chaos.world import kill
from scripts.trial import processor
from scripts.trial.client import Line, Visitor
from scripts.trial.house import send

TELLING_POINTS = (
    "core_announcement",
    "core_notification",
    "core_outboxmessage",
)  # before the claim, after it


def f2(site) -> str:
    """F2: kill the master of the web; a supervisor starts it again; the outage is short and a new filing goes through."""
    port = site.world.house.port
    before = len(site.world.restarts)
    site.world.kill_web_master()
    failed = [not answers(port) for _ in range(60)]
    outage = 0.1 * sum(failed)
    expect(len(site.world.restarts) > before, "nobody started the web again")
    filing = site.filing()
    again(site, filing, opened(site, filing))
    expect(outage < 5, f"out for {outage:.1f} s")
    return f"out for {outage:.1f} s"


def answers(port: int) -> bool:
    """Whether a page comes, asked ten times a second."""
    time.sleep(0.1)
    try:
        return Visitor(Line(port, timeout=2)).get("/healthz").status == 200
    except BROKEN:
        return False


def f3(site) -> str:
    """F3: kill the child of the worker that holds a message, or is telling people; it is done once in the end."""
    site.message("mail:f3")
    kill_child_at(site, "core_outboxmessage")
    sent, told = site.waits_for("mail:f3", 120), []
    for table in TELLING_POINTS:
        site.announce(f"f3:{table}")
        kill_child_at(site, table)
        told.append(f"{site.told(f'f3:{table}', 120):.0f}")
    return f"sent once, {sent:.0f} s later; told once, {', '.join(told)} s later"


def kill_child_at(site, table: str) -> None:
    """The worker is made to wait at `table`, and its children killed there."""
    with held(site.world, table):
        site.world.until(lambda: site.world.one(BLOCKED) >= 1, f"the worker never came to {table}", 30)
        for pid in processor.children(site.world.house.running["worker"].pid):
            kill(pid)


def f4(site) -> str:
    """F4: kill the whole tree of the worker with a message claimed; the lease ends and it is sent within two minutes."""
    site.world.ask(MESSAGE.replace("0, ''", "1, ''"), "mail:f4")
    site.world.ask(
        "UPDATE core_outboxmessage SET claimed_until = now() + interval '60 seconds' WHERE dedup_key = 'mail:f4'"
    )
    site.world.kill_worker_tree()
    return f"sent {site.waits_for('mail:f4', 120):.0f} s after, the lease was 60 s"


def f5(site) -> str:
    """F5, JOB-06: freeze the worker, wake it three times, kill it: the wake-up calls are lost, the work is not."""
    worker = site.world.house.running["worker"]
    send(worker, signal.SIGSTOP)
    for number in range(3):
        site.message(f"mail:f5.{number}")
    time.sleep(6)  # beat goes on knocking at a door that does not open
    send(worker, signal.SIGKILL)
    waits = [site.waits_for(f"mail:f5.{number}", 90) for number in range(3)]
    return f"all three sent, {max(waits):.0f} s later"


def f10(site) -> str:
    """F10: kill -9 a backend in the middle of a transaction: all sessions drop, trying again succeeds within 15 s."""
    return database_fault(site, lambda: site.world.kill_backend(random.Random(10)))


def f11(site) -> str:
    """F11: kill -9 the postmaster; a supervisor starts it again."""
    return database_fault(site, site.world.kill_postmaster)


def database_fault(site, strike) -> str:
    filing = site.filing()
    fields = opened(site, filing)
    strike()
    began = time.monotonic()
    again(site, filing, fields)
    taken = time.monotonic() - began
    expect(taken < 15, f"the filing took {taken:.0f} s")
    return f"filed {taken:.1f} s after, once"


def f15(site) -> str:
    """F15: a second beat and a second worker: one effect each, the record sealed without a gap."""
    house = site.world.house
    house.start_also("beat", "worker")
    try:
        for number in range(20):
            site.message(f"mail:f15.{number}")
        for number in range(20):
            site.waits_for(f"mail:f15.{number}", 60)
        twice = site.world.one(
            "SELECT count(*) FROM core_outboxmessage WHERE dedup_key LIKE 'mail:f15%%' AND attempts > 1"
        )
        expect(twice == 0, f"{twice} messages were tried twice")
        fault = house.manage("verify_audit")
    finally:
        house.stop_also()
    return f"20 of 20 sent once; {fault.strip()}"
