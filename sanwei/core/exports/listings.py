"""The lists that may be exported, by name: settings.SANWEI_EXPORTS, since the ground knows no rooms above it."""

from django.conf import settings
from django.utils.module_loading import import_string

from sanwei.core.exchange import Listing


def build(name: str, user, asked, places: dict) -> Listing:
    """The list `name` as `user` may see it at this moment, narrowed by `asked` (a QueryDict, the filter of an address).

    `places`: what the address named besides. Raises PermissionDenied or ObjectDoesNotExist where the person has no
    right to it; both ways of writing come through here, so that they cannot disagree.
    """
    return import_string(settings.SANWEI_EXPORTS[name])(user, asked, **places)


def mark(user, posts: str, at: str) -> str:
    """Who took the table away and when, for its foot."""
    return (
        f"导出人：{user.name}（{posts}） 导出时间：{at}" if posts else f"导出人：{user.name} 导出时间：{at}"
    )
