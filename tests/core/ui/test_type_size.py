"""Large type: a cookie, set by a link, that leads back to the page it came from."""

import pytest

ADDRESS = "/display/type/"


def test_large_type_is_kept_for_a_year_and_leads_back(client):
    response = client.get(ADDRESS, {"type": "large", "next": "/bulletins/?after=x"})
    cookie = response.cookies["type"]
    assert response["Location"] == "/bulletins/?after=x"
    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("large", 365 * 24 * 3600, True)


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_it_never_leads_elsewhere(client, target):
    assert client.get(ADDRESS, {"type": "large", "next": target})["Location"] == "/"


def test_standard_type_forgets_the_cookie(client):
    client.cookies["type"] = "large"
    assert client.get(ADDRESS, {"type": "normal"}).cookies["type"]["max-age"] == 0


@pytest.mark.parametrize(("cookie", "large"), [("large", True), ("normal", False), ("<script>", False)])
def test_the_page_is_drawn_in_the_size_of_the_cookie(client, db, cookie, large):
    client.cookies["type"] = cookie
    assert (b'class="public large-type"' in client.get("/").content) is large
