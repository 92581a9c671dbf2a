"""Index of the ground's models; import them from their rooms."""

from sanwei.core.accounts.models import User
from sanwei.core.audit.models import Entry, Seal
from sanwei.core.idempotency.models import Reply

__all__ = ["Entry", "Reply", "Seal", "User"]
