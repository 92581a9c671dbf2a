"""The project: wiring above, ground (sanwei.core) below."""

from sanwei.celery import app as celery_app

__all__ = ["celery_app"]
