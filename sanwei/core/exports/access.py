"""Who may do what with an export. That it is one's own is the business of visible_to."""

from sanwei.core.roles import posts_key


def can_download(user, export) -> bool:
    """Rights come from posts alone, so the file is for whoever holds the same posts as when it was written."""
    return export.posts == posts_key(user)
