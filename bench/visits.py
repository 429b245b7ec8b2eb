"""First visits in a real browser: what is sent, and how it feels with the processor slowed four times."""

import re
import shutil
import statistics
import urllib.request

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
SLOWER = 4
VIEWS = {"desk": (1280, 800), "phone": (390, 844)}
WATCH = """
window.__seen = {lcp: 0, cls: 0, tasks: [], fcp: 0};
new PerformanceObserver(l => { for (const e of l.getEntries()) __seen.lcp = e.startTime })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) __seen.cls += e.value })
  .observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) __seen.tasks.push([e.startTime, e.duration]) })
  .observe({type: 'longtask', buffered: true});
new PerformanceObserver(l => { for (const e of l.getEntries()) if (e.name == 'first-contentful-paint') __seen.fcp = e.startTime })
  .observe({type: 'paint', buffered: true});
"""


def executable():
    return shutil.which("chromium") or shutil.which("chromium-browser")


def browse(pairs, loads):
    """Visit each (name, ours, floor) alternating; returns the browser's version and the figures by name."""
    from playwright.sync_api import sync_playwright  # only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        try:
            return browser.version, {name: _compared(browser, ours, floor, loads) for name, ours, floor in pairs}
        finally:
            browser.close()


def _compared(browser, ours, floor, loads):
    found = {"sent": _sent(browser, ours), "sent_floor": _sent(browser, floor)}
    for view, size in VIEWS.items():
        runs = {"ours": [], "floor": []}
        for turn in range(loads + 1):  # the first of each warms browser and server
            for name, url in (("ours", ours), ("floor", floor)) if turn % 2 else (("floor", floor), ("ours", ours)):
                runs[name].append(_felt(browser, url, size))
        del runs["ours"][0], runs["floor"][0]
        middle = {
            who: {key: statistics.median(run[key] for run in each) for key in ("lcp", "fcp", "tbt", "cls")}
            for who, each in runs.items()
        }
        ratio = statistics.median(a["lcp"] / b["lcp"] for a, b in zip(runs["ours"], runs["floor"]) if b["lcp"])
        found[view] = {**middle, "lcp_ratio": ratio}
    return found


def _sent(browser, url):
    """Requests and bytes on the wire (headers included) of a visit with an empty cache, the page's icon included."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    kinds, got = {}, []
    wire.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: (e["type"], e["response"]["url"])}))
    wire.on("Network.loadingFinished", lambda e: got.append((e["requestId"], e["encodedDataLength"])))
    wire.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    seen = [(*kinds.get(number, ("Other", "")), size) for number, size in got]
    seen = [one for one in seen if not one[1].startswith("data:")]
    icon = page.locator("link[rel=icon]")
    if icon.count() and not any(icon.first.evaluate("e => e.href") == one[1] for one in seen):
        address = icon.first.evaluate("e => e.href")
        if not address.startswith("data:"):
            seen.append(("Icon", address, _weight(address)))
    context.close()

    def strip(address):
        return re.sub(r"^https?://[^/]+", "", address)

    return {
        "requests": len(seen),
        "bytes": round(sum(size for _kind, _address, size in seen)),
        "fonts": round(sum(size for kind, _address, size in seen if kind == "Font")),
        "each": [[kind, strip(address), round(size)] for kind, address, size in seen],
    }


def _weight(url):
    """Bytes of an answer with its headers: the browser's own fetch of an icon does not show in a page's traffic."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip, deflate, br"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return len(answer.read()) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items()) + 17


def _felt(browser, url, size):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(800)
    seen = page.evaluate("__seen")
    context.close()
    blocked = sum(max(0.0, duration - 50) for start, duration in seen["tasks"] if start + duration >= seen["fcp"])
    return {"lcp": seen["lcp"], "fcp": seen["fcp"], "tbt": blocked, "cls": seen["cls"]}
