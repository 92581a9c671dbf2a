"""Which campaign a page is about: the one its address names, else the current one."""

from units.campaigns.models import Campaign


def chosen_of(request, campaigns) -> Campaign | None:
    """The one of `campaigns` (newest first) named by ?year=; without a year the newest that has been opened."""
    year = request.GET.get("year", "")
    if year.isdecimal() and len(year) == 4:
        return next((campaign for campaign in campaigns if campaign.year == int(year)), None)
    return next((campaign for campaign in campaigns if campaign.is_opened), None)
