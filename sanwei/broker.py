"""How the queue is reached: Redis in production, a folder on an embedded machine. It carries wake-up calls only."""

from pathlib import Path

REDIS = {  # security.md facts 2, 3 and 7
    "visibility_timeout": 900,
    "unacked_restore_limit": 1000,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}


def transport_options(url: str, data: Path) -> dict:
    """Celery's CELERY_BROKER_TRANSPORT_OPTIONS for a broker; the folder may lose a message, as Redis may."""
    if not url.startswith("folder"):
        return REDIS
    return {
        "data_folder_in": str(data / "queue"),
        "data_folder_out": str(data / "queue"),
        "control_folder": str(data / "queue-control"),
        "polling_interval": 0.2,
    }
