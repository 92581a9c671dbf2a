"""One unit's filing by a stubborn head: the same signed form is sent again until its receipt comes."""

import http.client
import re
import time

from scripts.trial.client import Line, Visitor

PASSWORD = "Sanwei-2027"
PLANS = "/units/plans/"
BROKEN = (http.client.HTTPException, OSError)
PATIENCE, PAUSE = 120.0, 0.5  # seconds: how long a head keeps trying, and between two tries
RECEIPT = re.compile(r"/versions/(\d+)/receipt/$")
OVERLOADED = (429, 500, 502, 503)


class Filing:
    """`receipt` is the address that acknowledged it, empty as long as nothing was; `posts` the times it was sent."""

    def __init__(self, port: int, plan: int, code: str):
        self.plan, self.code, self.line = plan, code, Line(port, timeout=20)
        self.visitor = Visitor(self.line)
        self.receipt, self.posts, self.refusal = "", 0, ""

    def run(self) -> int:
        """The last status that came, 0 if none did."""
        until, status = time.monotonic() + PATIENCE, 0
        signed_in, fields = False, {}
        while time.monotonic() < until and not self.receipt and not self.refusal:
            try:
                if not signed_in:
                    self.visitor.sign_in(f"head-{self.code.lower()}", PASSWORD)
                    signed_in = True
                fields = fields or self.open_form()
                status = self.send(fields)
            except (*BROKEN, RuntimeError):
                status = 0
            if not self.receipt:
                time.sleep(PAUSE)
        self.line.close()
        return status

    def open_form(self) -> dict[str, str]:
        answer = self.visitor.get(f"{PLANS}{self.plan}/sign/")
        if answer.status != 200:
            raise RuntimeError(f"the form of signature answered {answer.status}")
        return {**answer.hidden(), "not_secret": "on"}

    def send(self, fields) -> int:
        self.posts += 1
        answer = self.visitor.post(f"{PLANS}{self.plan}/sign/", fields, **stamped())
        if answer.status == 302 and RECEIPT.search(answer.headers["location"]):
            self.receipt = answer.headers["location"]
        elif answer.status not in OVERLOADED:
            self.refusal = f"{answer.status} {answer.headers.get('location', '')}"
        return answer.status


def stamped() -> dict[str, str]:
    """What the proxy writes on a request when it arrives."""
    return {"X-Request-Start": f"t={time.time():.6f}"}
