"""Sessions in the database (security.md rule 16), found by a question that is made once."""

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session

from sanwei.core import clock
from sanwei.core.questions import Question

KEPT = Question(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data"),
    key=str,
    now=dt.datetime,
)


class SessionStore(DatabaseStore):
    """Django's own, but for how it is read on each request. A session that is gone gets another key when it is saved."""

    def load(self) -> dict:
        for (data,) in KEPT(key=self.session_key, now=clock.now()):
            return self.decode(data)
        self._session_key = None
        return {}
