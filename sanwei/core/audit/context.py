"""Where the present work comes from: carried beside the request, read by record()."""

import contextvars
import dataclasses


@dataclasses.dataclass(frozen=True)
class Origin:
    """Request id (end to end) and client address; both empty for clocks and commands."""

    request_id: str = ""
    address: str | None = None


NOWHERE = Origin()
origin: contextvars.ContextVar[Origin] = contextvars.ContextVar("origin", default=NOWHERE)
