"""News that travels up: declared here because plans must act at once (docs/decisions)."""

from django.dispatch import Signal

# Sent inside the transaction of the act, with `campaign` and `by`.
campaign_opened = Signal()
# Sent inside the transaction, with `campaign`, `previous` (the old instant) and `by` (None for a clock).
deadline_moved = Signal()
