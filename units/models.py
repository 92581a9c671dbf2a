"""Index of this app's models; import them from their rooms."""

from units.organisation.models import Department, Post, Unit

__all__ = ["Department", "Post", "Unit"]
