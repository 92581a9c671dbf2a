"""A small city under test: its wires, heads with their forms open, and messages on their way."""

import contextlib
import time
from dataclasses import dataclass

from scripts.chaos.books import FILED, WHOLE
from scripts.chaos.filing import BROKEN, PASSWORD, Filing, stamped
from scripts.chaos.storm import BEFORE_THEIR_HEADS, PLANS
from scripts.chaos.wire import Wire
from scripts.chaos.world import World, world
from scripts.services import Redis
from scripts.trial.client import Line, Visitor

DESK, LIST = "/desk/", "/units/plans/"
BLOCKED = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
MESSAGE = """
    INSERT INTO core_outboxmessage (channel, user_id, dedup_key, title, body, digest, created_at, due_at, attempts, last_error)
    SELECT 'mail', id, %s, '测试', '测试', false, now(), now() + interval '2 seconds', 0, '' FROM core_user WHERE email <> '' ORDER BY id LIMIT 1
"""
ANNOUNCEMENT = """
    INSERT INTO core_announcement (key, audience, kind, title, body, url, object_type, digest, created_at, due_at, attempts, last_error)
    SELECT %s, jsonb_build_object('people', jsonb_build_array(id)), 'notice', '测试', '测试', '', '', false, now(), now(), 0, ''
    FROM core_user WHERE email <> '' ORDER BY id LIMIT 1
"""
TIMES_TOLD = """
    SELECT (SELECT count(*) FROM core_notification n WHERE n.key = a.key),
      (SELECT count(*) FROM core_outboxmessage o WHERE o.dedup_key LIKE 'mail:%%:' || a.key)
    FROM core_announcement a WHERE a.key = %s AND a.told_at IS NOT NULL
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
        """Versions, receipts, entries, announcements to clerk and office, and whether it stands as filed."""
        return tuple(self.world.ask(FILED, [filing.plan])[0][1:])

    def message(self, key: str) -> None:
        """Something to be sent."""
        self.world.ask(MESSAGE, key)

    def announce(self, key: str) -> None:
        """Something to be told to one person."""
        self.world.ask(ANNOUNCEMENT, key)

    def told(self, key: str, seconds: float = 60) -> float:
        """Seconds until it was told, once in the site and once by mail."""
        began = time.monotonic()
        self.world.until(
            lambda: self.world.ask(TIMES_TOLD, key), f"{key} was not told within {seconds:.0f} s", seconds
        )
        times = self.world.ask(TIMES_TOLD, key)[0]
        expect(tuple(times) == (1, 1), f"{key} was told {times[0]} times and mailed {times[1]} times")
        return time.monotonic() - began

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


@contextlib.contextmanager
def site(application: str = "", **knobs: str):
    """A city, with a wire to Redis and one to the database in between; the rest as in world()."""
    wires = {}

    def through(server) -> int:
        wire = wires.setdefault(type(server), Wire(server.port))
        return wire.port

    with world("city", application, through, **knobs) as here:
        here.ask(BEFORE_THEIR_HEADS)
        here.start()
        plans = here.ask(PLANS, "awaiting_signature")
        broker = wires[Redis]
        yield Site(here, broker, next(wire for wire in wires.values() if wire is not broker), plans)
    for wire in wires.values():
        wire.close()


def expect(truth, told: str) -> None:
    if not truth:
        raise AssertionError(told)


@contextlib.contextmanager
def held(world, table: str, mode: str = "EXCLUSIVE"):
    """Nobody may write the table, or with ACCESS EXCLUSIVE not even read it: who comes to it waits."""
    connection = world.connect()
    connection.autocommit = False
    connection.cursor().execute(f"LOCK TABLE {table} IN {mode} MODE")
    try:
        yield
    finally:
        connection.close()


def timed(request) -> float:
    began = time.monotonic()
    request()
    return time.monotonic() - began


def opened(site, filing) -> dict[str, str]:
    """The fields of the page of signature."""

    def tried():
        with contextlib.suppress(*BROKEN, RuntimeError):
            return filing.open_form()

    return site.world.until(tried, "the page of signature does not open")


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
