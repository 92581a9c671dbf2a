"""The browser and the people who sit at it."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from sanwei.core.accounts.models import User
from tests.journeys.soundness import Examiner

PASSWORD = "Journey-2026!"
ARGUMENTS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
# Chromium draws two pages of its own behind the address line of every window, which nobody opens here: as much work as
# a page of ours. The rest is what Playwright switches off; this list stands in place of its own.
SWITCHED_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def chromium():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is missing: on Debian apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*ARGUMENTS, f"--disable-features={','.join(SWITCHED_OFF)}"]
        )
        yield browser
        browser.close()


class Seat:
    """One person's browser: signs in, goes to pages, and fails the test on any script error or CSP violation."""

    def __init__(self, context, base):
        self.page, self.base, self.complaints = context.new_page(), base, []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.listen)

    def listen(self, message):
        expected = (
            "the server responded with a status of 4" in message.text
        )  # a refusal that the journey asks for
        if message.type == "error" and not expected:
            self.complaints.append(
                f"{message.text} ({message.location['url']}:{message.location['lineNumber']})"
            )

    def sign_in(self, user: User) -> "Seat":
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        self.go("/accounts/sign_in/")
        self.page.fill("[name=username]", user.username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button.btn-primary")
        self.page.wait_for_url("**/desk/")
        return self

    def enter(self, client: Client) -> None:
        """Sit down as whoever is signed in at `client`, if anybody is."""
        if cookie := client.cookies.get(settings.SESSION_COOKIE_NAME):
            words = {"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": self.base}
            self.page.context.add_cookies([words])

    def arrive(self, user: User) -> "Seat":
        """On one's desk, where sign_in() leads as well."""
        client = Client()
        client.force_login(user)
        self.enter(client)
        self.go("/desk/")
        return self

    def go(self, path: str):
        self.page.goto(f"{self.base}{path}")
        return self.page

    def text(self) -> str:
        return self.page.inner_text("main")

    def fits(self) -> bool:
        """No sideways scroll."""
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    def picture(self, name: str) -> None:
        folder = Path(os.environ.get("SANWEI_TEST_ARTIFACTS", "var/test-artifacts"))
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def examiner():
    """What was looked at in one test is known in the next."""
    return Examiner()


@pytest.fixture
def seat(chromium, live_server):
    """A function that gives a fresh browser: seat(user), seat(user, PHONE) or seat() for the public.

    Whoever sits down is signed in already; seat().sign_in(user) goes by the form, as some journeys do.
    """
    opened = []

    def sit(user=None, size=DESKTOP, scripts=True) -> Seat:
        context = chromium.new_context(viewport=size, locale="zh-CN", java_script_enabled=scripts)
        context.set_default_timeout(15_000)
        taken = Seat(context, live_server.url)
        opened.append((context, taken))
        return taken.arrive(user) if user else taken

    yield sit
    for context, taken in opened:
        context.close()
        assert taken.complaints == []
