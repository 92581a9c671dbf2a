"""The portal, whose worker dies at a chosen step of a request that bears X-Halt: NAME:K (F1).

A step is a statement that is about to be sent, a commit that is about to be made, a commit that was made, or the
answer that is about to be given. Each is written down under NAME as it comes; at the K-th the process is killed as by
`kill -9`; K = 0 only writes down. What stands here is no part of the portal.
"""

import os
import signal

from sanwei.wsgi import application as whole  # isort: skip  sets Django up, which the others need

from django.conf import settings
from django.db import connection

from scripts.chaos.steps import ANSWER, COMMIT, COMMITTED, steps_file, told


class Steps:
    """The steps of one request; the `last` of them is the end of the process."""

    def __init__(self, name: str, last: int):
        self.name, self.last, self.taken = name, last, 0
        self.file = os.open(steps_file(settings.DATA_DIR), os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def take(self, what: str) -> None:
        self.taken += 1
        os.write(self.file, f"{self.name} {what}\n".encode())
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute, sql, params, many, context):
        """Django's wrapper around each statement, savepoints included."""
        self.take(told(sql))
        return execute(sql, params, many, context)

    def around(self, commit):
        """The connection's own way to commit, with a step before and one after."""

        def commit_in_steps():
            self.take(COMMIT)
            commit()
            self.take(COMMITTED)

        return commit_in_steps


def application(environ, start_response):
    name, _, last = environ.get("HTTP_X_HALT", "").partition(":")
    if not name:
        return whole(environ, start_response)
    steps = Steps(name, int(last))
    connection._commit = steps.around(connection._commit)
    try:
        with connection.execute_wrapper(steps.statement):
            answer = whole(environ, start_response)
        steps.take(ANSWER)
    finally:
        del connection._commit
        os.close(steps.file)
    return answer
