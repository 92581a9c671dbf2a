"""Index of this app's models; import them from their rooms."""

from assessments.bulletins.models import Bulletin, Receipt
from assessments.ledger.models import LedgerEntry, PointRule

__all__ = ["Bulletin", "LedgerEntry", "PointRule", "Receipt"]
