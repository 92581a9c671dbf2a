"""Index of the ground's models; import them from their rooms."""

from sanwei.core.accounts.models import Identity, PasswordHistory, RecoveryCode, SignInFailure, User
from sanwei.core.attachments.models import Attachment
from sanwei.core.audit.models import Entry, Seal
from sanwei.core.exports.models import Export
from sanwei.core.heartbeat.models import Heartbeat
from sanwei.core.holding.models import Hold
from sanwei.core.idempotency.models import Reply
from sanwei.core.notifications.models import Announcement, Notification, OutboxMessage, Preference
from sanwei.core.numbers.models import NumberSeries
from sanwei.core.search.models import SearchEntry
from sanwei.core.watching.models import Watch
from sanwei.core.workdays.models import CalendarDay, CalendarYear, LightRule

__all__ = [
    "Announcement", "Attachment", "CalendarDay", "CalendarYear", "Entry", "Export", "Heartbeat", "Hold", "Identity", "LightRule",
    "Notification", "NumberSeries", "OutboxMessage", "PasswordHistory", "Preference", "RecoveryCode", "Reply", "Seal",
    "SearchEntry", "SignInFailure",
    "User", "Watch",
]  # fmt: skip
