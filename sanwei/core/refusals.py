"""What an action says when it cannot do what was asked."""


class Refused(Exception):
    """A verb was refused for a reason the person can act on.

    `message` is a Chinese sentence that says what happened and what to do next. Shown as a 409 page;
    nothing of the request has been written.
    """

    status = 409

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class WrongState(Refused):
    """The record is no longer in a state from which the verb may be taken."""


class Stale(Refused):
    """Somebody else saved first; the record is newer than what the person was looking at."""
