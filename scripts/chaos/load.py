"""The last hour by an open model: people arrive when they arrive, whether or not the house keeps up (security.md, Load)."""

import concurrent.futures
import dataclasses
import http.client
import itertools
import queue
import random
import threading
import time
from collections import Counter

from scripts.chaos.filing import Filing
from scripts.trial.client import Line, Visitor

PASSWORD = "Sanwei-2027"
PLANS = "/units/plans/"
# Arrivals per second in the stress row of the load table: what a city five times as busy would send.
STRESS = {"page": 50.0, "autosave": 20.0, "login": 3.0, "upload": 1.5, "filing": 2.0}
# The smallest PDF the examination takes; its title makes each one unlike the others.
PAPER = b"""%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>
endobj
4 0 obj
<< /Title (NUMBER) >>
endobj
xref
0 5
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000186 00000 n 
trailer
<< /Size 5 /Root 1 0 R /Info 4 0 R >>
startxref
223
%%EOF
"""
REFUSED = 422  # the page after an upload that does not show the paper
PEOPLE_AT_ONCE = 120
READERS, WRITERS = 24, 40
BROKEN = (http.client.HTTPException, OSError)


@dataclasses.dataclass(frozen=True)
class Visit:
    """One thing somebody did: its kind, seconds from arrival to answer, and the status (0: no answer)."""

    kind: str
    seconds: float
    status: int


class Load:
    """`rates` are arrivals per second of each kind; `plans` are (key, unit code) of plans waiting for signature."""

    def __init__(self, port: int, rates: dict[str, float], plans, drafts, chance: random.Random):
        self.port, self.rates, self.chance = port, rates, chance
        self.plans, self.drafts = iter(plans), drafts
        self.visits: list[Visit] = []
        self.filings: list[Filing] = []
        self.readers, self.writers = queue.SimpleQueue(), queue.SimpleQueue()
        self.texts, self.lock = itertools.count(), threading.Lock()

    def open_doors(self) -> None:
        """Sign in those who read and those who write, before the hour begins."""
        for _ in range(READERS):
            self.readers.put(self.person("office"))
        for plan, code in self.drafts[:WRITERS]:
            self.writers.put(Writer(self.person(f"clerk-{code.lower()}"), plan))

    def person(self, username: str) -> Visitor:
        visitor = Visitor(Line(self.port, timeout=20))
        visitor.sign_in(username, PASSWORD)
        return visitor

    def run(self, seconds: float) -> None:
        """Let people arrive for `seconds`, then wait for the last of them."""
        arrivals = sorted(itertools.chain.from_iterable(self.arrivals(kind, seconds) for kind in self.rates))
        with concurrent.futures.ThreadPoolExecutor(PEOPLE_AT_ONCE) as people:
            began = time.monotonic()
            for at, kind in arrivals:
                time.sleep(max(0.0, began + at - time.monotonic()))
                people.submit(self.visit, kind, began + at)

    def arrivals(self, kind: str, seconds: float):
        """Moments of a Poisson process, as (seconds from the beginning, kind)."""
        at = self.chance.expovariate(self.rates[kind])
        while at < seconds:
            yield at, kind
            at += self.chance.expovariate(self.rates[kind])

    def visit(self, kind: str, arrived: float) -> None:
        try:
            status = getattr(self, kind)()
        except BROKEN:
            status = 0
        with self.lock:
            self.visits.append(Visit(kind, time.monotonic() - arrived, status))

    def page(self) -> int:
        reader = self.readers.get()
        try:
            return reader.get(
                random.choice((PLANS, "/desk/", f"{PLANS}measures/", "/", "/dashboard/"))
            ).status
        finally:
            self.readers.put(reader)

    def autosave(self) -> int:
        writer = self.writers.get()
        try:
            return writer.autosave(f"第{next(self.texts)}次修改。")
        finally:
            self.writers.put(writer)

    def upload(self) -> int:
        writer = self.writers.get()
        try:
            return writer.upload(next(self.texts))
        finally:
            self.writers.put(writer)

    def login(self) -> int:
        _, code = random.choice(self.drafts)
        visitor = Visitor(Line(self.port, timeout=20))
        try:
            return visitor.sign_in(f"clerk-{code.lower()}", PASSWORD).status
        except RuntimeError:
            return 0
        finally:
            visitor.line.close()

    def filing(self) -> int:
        """A head files, and tries again as long as no receipt has come."""
        with self.lock:
            plan = next(self.plans, None)
        if plan is None:
            raise RuntimeError("more filings than plans waiting for signature: populate a larger city")
        filing = Filing(self.port, *plan)
        with self.lock:
            self.filings.append(filing)
        return filing.run()

    def report(self) -> list[str]:
        """For each kind: how many, slowest twentieth, answers by status."""
        lines = []
        for kind in self.rates:
            mine = [visit for visit in self.visits if visit.kind == kind]
            times = sorted(visit.seconds for visit in mine) or [0.0]
            slow = {share: times[int(share * (len(times) - 1))] for share in (0.5, 0.95, 0.99)}
            counted = ", ".join(
                f"{status or 'none'}: {n}" for status, n in sorted(Counter(v.status for v in mine).items())
            )
            spans = " ".join(f"p{int(100 * share)} {value:.2f} s" for share, value in slow.items())
            lines.append(f"{kind:<9}{len(mine):>6}  {spans}  ({counted})")
        return lines


class Writer:
    """A clerk in the middle of a draft. `acknowledged` is the newest text the server said it has."""

    def __init__(self, visitor: Visitor, plan: int):
        self.visitor, self.plan = visitor, plan
        self.path = f"{PLANS}{plan}/edit/experience/"
        self.fields: dict[str, str] = {}
        self.acknowledged = ""

    def autosave(self, text: str) -> int:
        if not self.fields:
            answer = self.visitor.get(self.path)
            if answer.status != 200:
                return answer.status
            self.fields = answer.fields()
        answer = self.visitor.post(self.path, {**self.fields, "text": text}, **{"X-Autosave": "1"})
        if answer.status == 200:
            self.fields["version"] = str(answer.json()["version"])
            self.acknowledged = text
        elif answer.status == 409:  # our own text of before, whose answer was lost
            self.fields = {}
        return answer.status

    def content(self, number: int) -> bytes:
        """A PDF of one empty page that is unlike all others."""
        return PAPER.replace(b"NUMBER", f"{number:06d}".encode())

    def upload(self, number: int) -> int:
        page = self.visitor.get(f"{PLANS}{self.plan}/")
        if page.status != 200:
            return page.status
        fields = {"csrfmiddlewaretoken": page.hidden().get("csrfmiddlewaretoken", ""), "unclassified": "on"}
        name = f"佐证材料{number}.pdf"
        body, kind = multipart(fields, "files", name, self.content(number))
        status = self.visitor.ask("POST", f"{PLANS}{self.plan}/papers/", body, {"Content-Type": kind}).status
        kept = status == 302 and name in self.visitor.get(f"{PLANS}{self.plan}/").text
        return status if kept or status != 302 else REFUSED


def multipart(fields: dict[str, str], name: str, file_name: str, content: bytes) -> tuple[bytes, str]:
    """The body of a form with one file, and its content type."""
    edge = "sanwei-edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
    parts += [
        head.encode(),
        b"Content-Type: application/pdf\r\n\r\n",
        content,
        f"\r\n--{edge}--\r\n".encode(),
    ]
    return b"".join(parts), f"multipart/form-data; boundary={edge}"
