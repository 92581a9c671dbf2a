"""News that travels up: campaigns must recompute deadlines at once (docs/decisions)."""

from django.dispatch import Signal

# Sent inside the transaction of an import, with `years` (set of int) and `by` (a User, or None for a command).
calendar_changed = Signal()
