"""The lists that may be exported, by name: settings.SANWEI_EXPORTS, since the ground knows no rooms above it."""

from django.conf import settings
from django.utils.module_loading import import_string

from sanwei.core import clock
from sanwei.core.exchange import Listing


def build(name: str, user, asked, places: dict) -> Listing:
    """The list `name` as `user` may see it at this moment, narrowed by `asked` (a QueryDict, the filter of an address).

    `places`: what the address named besides. Raises PermissionDenied or ObjectDoesNotExist where the person has no
    right to it; both ways of writing come through here, so that they cannot disagree.
    """
    return import_string(settings.SANWEI_EXPORTS[name])(user, asked, **places)


def mark(user, posts: str) -> str:
    """Who takes the table away now, for its foot."""
    who = f"{user.name}（{posts}）" if posts else user.name
    return f"导出人：{who} 导出时间：{clock.local(clock.now()):%Y-%m-%d %H:%M}"
