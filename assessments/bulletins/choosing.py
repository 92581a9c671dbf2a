"""Which bulletins an address asks for; on screen and in Excel alike."""

from assessments.bulletins.models import Bulletin


def bulletins(user, asked):
    """The bulletins this person may see, narrowed by ?state=, and that state."""
    found = Bulletin.objects.visible_to(user).for_list()
    state = asked.get("state", "")
    return (found.filter(state=state) if state in Bulletin.State.values else found), state
