"""The faults of security.md, each a command (`python -m scripts.chaos F7`) with its expectation.

F12 (power cut) is in powercut.py, F14 (clock jumps) in clocks.py, since they need worlds of their own.
"""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from dataclasses import dataclass

from scripts.chaos import clocks, powercut
from scripts.chaos.books import FILED
from scripts.chaos.filing import BROKEN, PASSWORD, Filing, stamped
from scripts.chaos.storm import BEFORE_THEIR_HEADS, PLANS
from scripts.chaos.wire import OPEN, REFUSED, SILENT, Wire
from scripts.chaos.world import World, kill, world
from scripts.services import Redis
from scripts.trial import processor
from scripts.trial.client import Line, Visitor
from scripts.trial.house import send

DESK, LIST = "/desk/", "/units/plans/"
# What a signature writes, in order: the request is made to wait at each, and its worker killed there.
PAUSE_POINTS = (
    "core_reply", "units_plan", "core_entry", "units_planversion", "core_notification", "core_outboxmessage",
)  # fmt: skip
WHOLE = (1, 1, 1, 1, True)
NOTHING = (0, 0, 0, 0, False)
BLOCKED = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
MESSAGE = """
    INSERT INTO core_outboxmessage (channel, user_id, dedup_key, title, body, digest, created_at, due_at, attempts, last_error)
    SELECT 'mail', id, %s, '测试', '测试', false, now(), now() + interval '2 seconds', 0, '' FROM core_user WHERE email <> '' ORDER BY id LIMIT 1
"""
SENT = "SELECT count(*) FROM core_outboxmessage WHERE dedup_key = %s AND sent_at IS NOT NULL"


@dataclass
class Site:
    """A world under test, its wires, and plans waiting to be filed."""

    world: World
    broker_wire: Wire
    database_wire: Wire
    plans: list

    def filing(self) -> Filing:
        """A head with the page of signature open."""
        filing = Filing(self.world.house.port, *self.plans.pop())
        self.signed_in(filing.visitor, f"head-{filing.code.lower()}")
        return filing

    def signed_in(self, visitor: Visitor, username: str) -> Visitor:
        """Signed in; tries again while the web is being started."""

        def tried():
            with contextlib.suppress(*BROKEN, RuntimeError):
                return visitor.sign_in(username, PASSWORD)

        self.world.until(tried, f"{username} cannot sign in")
        return visitor

    def office(self) -> Visitor:
        return self.signed_in(Visitor(Line(self.world.house.port, timeout=30)), "office")

    def books(self, filing) -> tuple:
        """Versions, receipts, entries, outbox rows and whether it stands as filed."""
        row = self.world.ask(FILED, [filing.plan])[0]
        return (*row[1:5], row[6])

    def message(self, key: str) -> None:
        """Something to be sent."""
        self.world.ask(MESSAGE, key)

    def sent(self, key: str) -> bool:
        return self.world.one(SENT, key) == 1

    def comes_through(self, key: str, seconds: float = 60) -> float:
        """Seconds until a new message was sent."""
        self.message(key)
        return self.waits_for(key, seconds)

    def waits_for(self, key: str, seconds: float = 60) -> float:
        began = time.monotonic()
        self.world.until(lambda: self.sent(key), f"{key} was not sent within {seconds:.0f} s", seconds)
        return time.monotonic() - began


def expect(truth, told: str) -> None:
    if not truth:
        raise AssertionError(told)


@contextlib.contextmanager
def held(world, table: str):
    """Nobody may write the table: who comes to it waits."""
    connection = world.connect()
    connection.autocommit = False
    connection.cursor().execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        connection.close()


def timed(request) -> float:
    began = time.monotonic()
    request()
    return time.monotonic() - began


def f1(site) -> str:
    """F1, LOSS-02: kill the web worker at each point of a signature; before the commit nothing is left, the same key
    sent again gives one receipt; killed after the commit, the same key gives the receipt that there is."""
    for table in PAUSE_POINTS:
        filing = site.filing()
        fields = opened(site, filing)
        with held(site.world, table):
            post = threading.Thread(
                target=lambda f=filing, d=fields: contextlib.suppress(OSError).__enter__() or try_post(f, d)
            )
            post.start()
            site.world.until(lambda: site.world.one(BLOCKED) >= 1, f"the signature never came to {table}")
            for pid in site.world.house.web_workers():
                kill(pid)
            post.join()
        site.world.until(lambda: site.world.one(BLOCKED) == 0, "a dead worker still holds a lock")
        expect(site.books(filing) == NOTHING, f"killed at {table}: {site.books(filing)}")
        again(site, filing, fields)
    filing = site.filing()
    fields = opened(site, filing)
    first = filing.visitor.post(f"{LIST}{filing.plan}/sign/", fields, **stamped()).headers["location"]
    for pid in site.world.house.web_workers():
        kill(pid)
    expect(again(site, filing, fields) == first, "another receipt for the same key")
    return f"{len(PAUSE_POINTS)} points before the commit left nothing, after it the same receipt"


def opened(site, filing) -> dict[str, str]:
    """The fields of the page of signature."""

    def tried():
        with contextlib.suppress(*BROKEN, RuntimeError):
            return filing.open_form()

    return site.world.until(tried, "the page of signature does not open")


def try_post(filing, fields) -> None:
    with contextlib.suppress(*BROKEN):
        filing.visitor.post(f"{LIST}{filing.plan}/sign/", fields, **stamped())


def again(site, filing, fields) -> str:
    """Send the same form until it is answered; the receipt's address."""

    def sent():
        with contextlib.suppress(*BROKEN):
            answer = filing.visitor.post(f"{LIST}{filing.plan}/sign/", fields, **stamped())
            return answer.headers.get("location") if answer.status == 302 else None
        return None

    receipt = site.world.until(sent, "no receipt on trying again")
    expect(site.books(filing) == WHOLE, f"after trying again: {site.books(filing)}")
    return receipt


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
    """F3: kill the child of the worker that holds a message; it is sent once in the end."""
    site.message("mail:f3")
    with held(site.world, "core_outboxmessage"):
        site.world.until(lambda: site.world.one(BLOCKED) >= 1, "the worker never came to the outbox", 30)
        for pid in processor.children(site.world.house.running["worker"].pid):
            kill(pid)
    return f"sent once, {site.waits_for('mail:f3', 120):.0f} s later"


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


def f6(site) -> str:
    """F6: kill Redis and lose all it held; the web notices nothing, messages go on."""
    office = site.office()
    site.message("mail:f6")
    site.world.kill_redis()
    slowest = max(timed(lambda: expect(office.get(DESK).status == 200, "a page failed")) for _ in range(10))
    site.world.until(lambda: site.world.broker.process.poll() is None, "Redis does not come back")
    return f"pages at most {slowest:.2f} s, message sent {site.waits_for('mail:f6', 120):.0f} s later"


def f7(site) -> str:
    """F7, SESS-09: freeze Redis for 20 s; signing in, pages and filings go on as before."""
    redis = site.world.broker.process
    thaw = threading.Timer(20, lambda: send_to(redis.pid, signal.SIGCONT))
    send_to(redis.pid, signal.SIGSTOP)
    thaw.start()
    office = site.office()
    slowest = max(timed(lambda: expect(office.get(DESK).status == 200, "a page failed")) for _ in range(20))
    filing = site.filing()
    again(site, filing, opened(site, filing))
    thaw.join()
    expect(slowest < 2, f"a page took {slowest:.1f} s")
    return f"pages at most {slowest:.2f} s while frozen, a filing went through; {site.comes_through('mail:f7', 120):.0f} s to the next mail"


def send_to(pid: int, number) -> None:
    os.kill(pid, number)


def f8(site) -> str:
    """F8: the way to Redis swallows everything, then refuses: the web is untouched, messages wait and then go."""
    office, slowest = site.office(), 0.0
    site.message("mail:f8")
    for mode in (SILENT, REFUSED):
        site.broker_wire.mode = mode
        slowest = max(
            slowest,
            *(timed(lambda: expect(office.get(DESK).status == 200, "a page failed")) for _ in range(10)),
        )
        filing = site.filing()
        again(site, filing, opened(site, filing))
        time.sleep(3)
    site.broker_wire.mode = OPEN
    expect(slowest < 2, f"a page took {slowest:.1f} s")
    return f"pages at most {slowest:.2f} s, message sent {site.waits_for('mail:f8', 180):.0f} s after the way was free"


def f9(site) -> str:
    """F9: the way to Redis flaps; no message twice, and the worker is not deaf afterwards."""
    for number in range(5):
        site.message(f"mail:f9.{number}")
        site.broker_wire.mode = REFUSED
        time.sleep(2)
        site.broker_wire.mode = OPEN
        time.sleep(2)
    waits = [site.waits_for(f"mail:f9.{number}", 180) for number in range(5)]
    twice = site.world.one(
        "SELECT count(*) FROM core_outboxmessage WHERE dedup_key LIKE 'mail:f9%%' AND attempts > 1"
    )
    expect(twice == 0, f"{twice} messages were tried twice")
    return f"five of five sent once, the last {max(waits):.0f} s after"


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


def f16(site) -> str:
    """F16: a slow way to the database, a locked table, a frozen backend: 503 with Retry-After, status page alive."""
    office = site.office()
    site.database_wire.delay = 0.3
    slow = timed(lambda: expect(office.get(DESK).status == 200, "the desk failed on a slow way"))
    site.database_wire.delay = 0.0
    with locked_out(site.world, "units_plan"):
        answer = office.get(LIST)
        expect(answer.status == 503, f"a locked table gave {answer.status}")
        expect(answer.headers.get("retry-after"), "503 without Retry-After")
        expect(office.get("/healthz").status == 200, "the status page does not answer")
        waited = timed(lambda: office.get(LIST))
    expect(office.get(LIST).status == 200, "the list does not come back")
    return (
        f"slow way {slow:.1f} s a page; a locked table answered 503 after {waited:.1f} s, status page alive"
    )


@contextlib.contextmanager
def locked_out(world, table: str):
    connection = world.connect()
    connection.autocommit = False
    connection.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    try:
        yield
    finally:
        connection.close()


IN_ONE_WORLD = {
    "F1": f1, "F2": f2, "F3": f3, "F4": f4, "F5": f5, "F6": f6, "F7": f7, "F8": f8, "F9": f9, "F10": f10, "F11": f11,
    "F15": f15, "F16": f16,
}  # fmt: skip
ALONE = {"F12": powercut.f12, "F14": clocks.f14}


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


@contextlib.contextmanager
def site():
    """A city, with a wire to Redis and one to the database in between."""
    wires = {}

    def through(server) -> int:
        wire = wires.setdefault(type(server), Wire(server.port))
        return wire.port

    with world("city", through=through) as here:
        here.ask(BEFORE_THEIR_HEADS)
        here.start()
        plans = here.ask(PLANS, "awaiting_signature")
        broker = wires[Redis]
        yield Site(here, broker, next(wire for wire in wires.values() if wire is not broker), plans)
    for wire in wires.values():
        wire.close()
