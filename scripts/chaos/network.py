"""Faults of what lies between: Redis gone, frozen, out of reach; the database slow or locked (F6–F9, F16)."""

import os
import signal
import threading
import time

from scripts.chaos.site import DESK, LIST, again, expect, held, opened, timed
from scripts.chaos.wire import OPEN, REFUSED, SILENT


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


def f16(site) -> str:
    """F16: a slow way to the database, a locked table, a frozen backend: 503 with Retry-After, status page alive."""
    office = site.office()
    site.database_wire.delay = 0.3
    slow = timed(lambda: expect(office.get(DESK).status == 200, "the desk failed on a slow way"))
    site.database_wire.delay = 0.0
    with held(site.world, "units_plan", "ACCESS EXCLUSIVE"):
        answer = office.get(LIST)
        expect(answer.status == 503, f"a locked table gave {answer.status}")
        expect(answer.headers.get("retry-after"), "503 without Retry-After")
        expect(office.get("/healthz").status == 200, "the status page does not answer")
        waited = timed(lambda: office.get(LIST))
    expect(office.get(LIST).status == 200, "the list does not come back")
    return (
        f"slow way {slow:.1f} s a page; a locked table answered 503 after {waited:.1f} s, status page alive"
    )
