"""Who acts in a journey through an edition of the conference, and what time it is there."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from creativecities.core import days
from creativecities.network.models import City, Country
from creativecities.network.tests.factories import holder, member
from tests.journeys.hands import Hands


class Clock:
    """The time of the site, told in days before and after the first day of the edition, which is today."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.first, self.real, self.behind = days.today(), timezone.now, dt.timedelta()
        monkeypatch.setattr(timezone, "now", lambda: self.real() + self.behind)
        monkeypatch.setattr(days, "today", lambda: timezone.now().date())

    def tell(self, number: int) -> None:
        """It is so many days after the first one, or before it."""
        self.behind = dt.timedelta(days=number)

    def day(self, number: int) -> str:
        """A day, as a box for days holds it."""
        return (self.first + dt.timedelta(days=number)).isoformat()

    def at(self, number: int, hour: str = "12:00") -> str:
        """An hour of a day, as a box for both holds it."""
        return f"{self.day(number)}T{hour}"


class Actor(Hands):
    """Somebody at the site; boxes are filled by the names of their fields, everything else goes by its words."""

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer
        assert answer.status == 200, path

    def fill(self, **boxes: Any) -> None:
        for name, text in boxes.items():
            self.page.locator(f"#id_{name}").fill(str(text))

    def pick(self, **lists: str) -> None:
        for name, value in lists.items():
            self.page.locator(f"#id_{name}").select_option(value)

    def follow(self, link: str) -> None:
        self.page.locator("main").get_by_role("link", name=link, exact=True).first.click()

    def press(self, button: str) -> None:
        self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def opens(self, link: str) -> None:
        """A link whose name goes on after these words."""
        self.page.locator("main").get_by_role("link", name=link).first.click()


class Cities:
    """Three invented member cities of one country, and who acts for them."""

    def __init__(self) -> None:
        country = Country.objects.get(iso2="PT")
        names = {"clara": "Vila Clara", "lampara": "Lampara", "ponte": "Ponte Nova"}
        self.clara, self.lampara, self.ponte = (
            member(name=name, slug=slug, country=country, field="design") for slug, name in names.items()
        )
        self.focal = {city: holder("focal-point", f"Rui de {city.name}", city=city) for city in self.all}
        self.mayor = {city: holder("mayor", f"Berta de {city.name}", city=city) for city in self.all}

    @property
    def all(self) -> tuple[City, ...]:
        return self.clara, self.lampara, self.ponte
