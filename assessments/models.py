"""Index of this app's models; import them from their rooms."""

from assessments.bulletins.models import Bulletin, Receipt

__all__ = ["Bulletin", "Receipt"]
