"""News that travels up: declared here because what a task came from is settled with it (docs/decisions/news-upward.md)."""

from django.dispatch import Signal

# Sent inside the transaction that closes a task, with `task`.
task_closed = Signal()
