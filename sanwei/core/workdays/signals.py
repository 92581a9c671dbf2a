"""News that travels up: campaigns must recompute deadlines at once (docs/decisions)."""

from django.dispatch import Signal

# Sent inside the transaction of an import, when the new calendar already answers, with `years` (set of int) and `by`
# (a User, or None for a command). A room that keeps computed deadlines receives it and recomputes the open ones.
calendar_changed = Signal()
