"""What somebody does on a page: by mouse, or by keyboard alone."""

import re

from playwright.sync_api import Locator, Page

MOST_STEPS = 120
"""So many times somebody presses Tab before giving up."""


class Hands:
    """Fills in, chooses and presses what has a name; with `keyboard`, only what Tab reaches."""

    def __init__(self, page: Page, *, keyboard: bool = False) -> None:
        self.page = page
        self.keyboard = keyboard

    def write(self, label: str, text: str) -> None:
        field = self._field(label)
        if self.keyboard:
            self.reach(field)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
        else:
            field.fill(text)

    def choose(self, label: str, option: str) -> None:
        """An option of a list, by its words."""
        field = self._field(label)
        if self.keyboard:
            self.reach(field)
            self.page.keyboard.type(option)
        else:
            field.select_option(label=option)
        assert field.evaluate("field => field.selectedOptions[0].label") == option

    def follow(self, link: str) -> None:
        self._press(self.page.get_by_role("link", name=link, exact=True))

    def press(self, button: str) -> None:
        self._press(self.page.get_by_role("button", name=button, exact=True))

    def tick(self, box: Locator) -> None:
        """A box or a choice."""
        if self.keyboard:
            self.reach(box)
            self.page.keyboard.press("Space")
        else:
            box.check()
        assert box.is_checked()

    def _field(self, label: str) -> Locator:
        """By the beginning of its label; what follows says whether it may stay empty."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}\b"))

    def _press(self, what: Locator) -> None:
        if self.keyboard:
            self.reach(what)
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            what.click()

    def reach(self, what: Locator) -> None:
        """From where the focus is, by Tab; the focus must be seen where it lands."""
        what.wait_for()
        for _step in range(MOST_STEPS):
            if what.evaluate("element => element === document.activeElement"):
                assert what.evaluate("element => element.matches(':focus-visible')")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {what}")
