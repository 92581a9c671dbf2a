"""Sessions in the database (security.md rule 16), found by a question that is made once."""

import datetime as dt
import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from sanwei.core import clock
from sanwei.core.questions import Question

KEPT = Question(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data"),
    key=str,
    now=dt.datetime,
)
KEY = re.compile(r"[a-z0-9]{32}")  # as Django makes them


class SessionStore(DatabaseStore):
    """Django's own, but for how it is read on each request. A session that is gone gets another key when it is saved."""

    def _validate_session_key(self, key) -> bool:
        """What no session can have is no key, and never gets to the database: PostgreSQL refuses a NUL in a text."""
        return bool(key and KEY.fullmatch(key))

    def load(self) -> dict:
        for (data,) in KEPT(key=self.session_key, now=clock.now()):
            return self.decode(data)
        self._session_key = None
        return {}
