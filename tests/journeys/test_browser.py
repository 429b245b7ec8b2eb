"""The browser of the journeys: it opens pages, and its complaints count."""

from playwright.sync_api import Browser

from tests.journeys.conftest import OpenPage, _listen


def test_the_browser_reads_the_site(browser_page: OpenPage):
    page = browser_page(javascript=False)
    answer = page.goto("/readyz")
    assert answer is not None
    assert answer.status == 200
    assert "ready" in page.content()


def test_the_browser_hears_errors_of_scripts_and_violations_of_the_policy(chromium: Browser):
    complaints: list[str] = []
    context = chromium.new_context()
    page = context.new_page()
    page.on("console", lambda message: _listen(message, complaints))
    page.set_content(
        "<meta http-equiv='Content-Security-Policy' content=\"style-src 'none'\"><p style='color:red'>x</p>"
        "<script>console.error('broken')</script>"
    )
    context.close()
    assert any("broken" in complaint for complaint in complaints)
    assert any("Content Security Policy" in complaint for complaint in complaints)
