"""The control: the same portal with its guards taken out, so that the books can be seen to notice.

It answers before anything is committed, as a queue in memory would; it repeats every signature, as a careless proxy
would; and neither key nor state stand against the second one.
"""

import io
import re
import threading
import time

from sanwei.wsgi import application as guarded  # isort: skip  sets Django up, which the others need

from sanwei.core.idempotency import once
from units.plans.models import Plan

LATER = 2.0  # seconds between the answer and the work
SIGNATURE = re.compile(r"^/units/plans/(\d+)/sign/$")

once.once = lambda view: view  # the views are imported with the first request
Plan.TRANSITIONS["sign"] = Plan.TRANSITIONS["sign"].__class__(
    "签发上报", (Plan.State.AWAITING_SIGNATURE, Plan.State.SUBMITTED), Plan.State.SUBMITTED, form=True
)


def work(environ, body: bytes) -> None:
    time.sleep(LATER)
    for _ in range(2):
        guarded({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: None)


def application(environ, start_response):
    signed = SIGNATURE.match(environ["PATH_INFO"])
    if signed is None or environ["REQUEST_METHOD"] != "POST":
        return guarded(environ, start_response)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    threading.Thread(target=work, args=(environ, body), daemon=True).start()
    start_response(
        "302 Found", [("Location", f"/units/plans/{signed[1]}/versions/1/receipt/"), ("Content-Length", "0")]
    )
    return [b""]
