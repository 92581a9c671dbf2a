"""Which campaign a page is about: the one its address names, else the current one."""

from units.campaigns.models import Campaign


def the_campaign(user, asked) -> Campaign | None:
    """The campaign that this person may see and the address names, else the current one."""
    return chosen_of(asked, Campaign.objects.visible_to(user).newest_first())


def chosen_of(asked, campaigns) -> Campaign | None:
    """The one of `campaigns` (newest first) named by ?year=; without a year the newest that has been opened."""
    year = asked.get("year", "")
    if year.isdecimal() and len(year) == 4:
        return next((campaign for campaign in campaigns if campaign.year == int(year)), None)
    return next((campaign for campaign in campaigns if campaign.is_opened), None)
