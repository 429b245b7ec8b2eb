"""What must be reached, what would be fine, and the table that says what was."""

import statistics

BEGIN, END = "<!-- results: written by make bench -->", "<!-- end of results -->"


class Figures:
    """Collects figures with their targets and verdicts."""

    def __init__(self):
        self.list = []

    def add(self, figure, value, shown, *, must=None, aim=None, most=False, unit="", note=""):
        """`most`: smaller is better. A figure without targets is only told. `value` None: not measured."""
        verdict = self._verdict(value, must, aim, most)
        sign = "≤" if most else "≥"

        def said(target):
            return "" if target is None else f"{sign} {target:g}{unit}"

        self.list.append(
            {
                "figure": figure,
                "must": said(must),
                "aim": said(aim),
                "measured": shown,
                "verdict": verdict,
                "value": _plain(value),
                "note": note,
            }
        )

    @staticmethod
    def _verdict(value, must, aim, most):
        if value is None:
            return "not measured"
        better = (lambda target: value <= target) if most else (lambda target: value >= target)
        if aim is not None and better(aim):
            return "aim"
        if must is None:
            return "" if aim is None else "below the aim"
        return "met" if better(must) else "MISSED"


def _plain(value):
    return round(value, 4) if isinstance(value, float) else value


def judge(found, skipped):
    """All figures in the order of the table; those of parts that did not run are left out."""
    f = Figures()
    if "sqlite" in found:
        _side_by_side(f, found["sqlite"], "SQLite")
        _cached(f, found["sqlite"])
    if "postgres" in found:
        _side_by_side(f, found["postgres"], "PostgreSQL")
    elif "postgres" in skipped:
        f.add("the same on PostgreSQL", None, skipped["postgres"])
    if "within" in found:
        _within(f, found["within"])
    if "brotli" in found:
        wire, plain = found["brotli"]["atlas:list"]["8"], found["within"]["atlas:list"]["8"]
        more = wire["cpu_ms"] - plain["cpu_ms"]
        f.add("atlas compressed for a browser, uncached: CPU more a request", more, f"{more:.2f} ms")
    if "many" in found:
        _many(f, found["many"])
    if "meaning" in found:
        _meaning(f, found["meaning"])
    for database, night in found.get("deadline", {}).items():
        _deadline(f, database, night)
    for database, opened in found.get("opening", {}).items():
        _opening(f, database, opened)
    if "statements" in found:
        _statements(f, found)
    if "board" in found:
        _board(f, found["board"])
    if "export" in found:
        _export(f, found["export"])
    for page in ("home", "atlas", "city"):
        if f"visit_{page}" in found:
            _visit(f, page, found[f"visit_{page}"])
    if "visit" in skipped:
        f.add("first visit", None, skipped["visit"])
    if "cold_start" in found:
        f.add(
            "cold start of one worker until the home page",
            found["cold_start"],
            f"{found['cold_start']:.2f} s (floor {found['cold_start_floor']:.2f} s)",
            must=1.0,
            aim=0.5,
            most=True,
            unit=" s",
        )
    if "pss" in found:
        shown = f"{found['pss']:.0f} MiB (floor {found['pss_floor']:.0f} MiB)"
        f.add(
            "PSS, 2 workers and their master, after 200 requests",
            found["pss"],
            shown,
            must=220,
            aim=150,
            most=True,
            unit=" MiB",
        )
    return f.list


def _ratio(each, conc, key, digits=2):
    """A ratio as it is shown, with its range over the rounds where that is known."""
    value = each[conc].get(f"{key}_ratio")
    if value is None:
        return None, "–"
    low, high = each[conc].get(f"{key}_ratio_range", (value, value))
    return value, f"{value:.{digits}f}" + (f" ({low:.{digits}f}–{high:.{digits}f})" if low != high else "")


PAGES = {
    "list": {"must": 0.35, "aim": 0.7, "cpu": (3, 1.5), "p99": (2.5, 1.2)},
    "detail": {"must": 0.6, "aim": 0.8, "cpu": (1.6, None), "p99": (1.4, 1.2)},
    "search": {"must": 0.30, "aim": 0.6, "cpu": (3.5, None), "p99": (4, 1.2)},
    "programme": {"must": 2, "aim": 6, "cpu": (0.5, None), "p99": (0.6, 0.3)},
}
NAMES = {
    "list": "atlas list",
    "detail": "city page",
    "search": "search, words",
    "programme": "programme of 120 sessions",
}


def _side_by_side(f, found, database):
    for page, target in PAGES.items():
        each = found[f"ours:{page}"]
        what = f"{NAMES[page]} / floor, {database}"
        value, shown = _ratio(each, "8", "rps")
        own = each["8"]
        f.add(
            f"{what}: requests/s",
            value,
            f"{shown}; {own['rps']:.0f}/s, {own['cpu_ms']} ms CPU",
            must=target["must"],
            aim=target["aim"],
        )
        value, shown = _ratio(each, "8", "cpu")
        f.add(f"{what}: CPU a request", value, shown, must=target["cpu"][0], aim=target["cpu"][1], most=True, unit="×")
        value, shown = _ratio(each, "8", "p99")
        f.add(f"{what}: p99", value, shown, must=target["p99"][0], aim=target["p99"][1], most=True, unit="×")
        others = [f"{conc}: {each[conc]['rps_ratio']:.2f}" for conc in ("1", "32") if conc in each]
        if others:
            f.add(f"{what}: requests/s at other numbers of connections", None, "; ".join(others))
            f.list[-1]["verdict"] = ""


def _cached(f, found):
    for page, must in (("list", 5), ("detail", 3), ("programme", 40)):
        value, shown = _ratio(found[f"cached:{page}"], "8", "rps", 1)
        f.add(
            f"{NAMES[page]}, cached / floor: requests/s",
            value,
            f"{shown}; {found[f'cached:{page}']['8']['rps']:.0f}/s",
            must=must,
            aim=must,
        )


def _within(f, found):
    for page in ("home", "statistics"):
        value, shown = _ratio(found[f"{page}:list"], "8", "rps")
        f.add(f"{page} / atlas: requests/s", value, shown, must=1)
    value, shown = _ratio(found["as-of:list"], "8", "rps")
    cost = 1 / value
    cpu = found["as-of:list"]["8"].get("cpu_ratio")
    f.add("atlas as of 2019 / today's: cost", cost, f"{cost:.2f}×, CPU {cpu}×", must=1.5, most=True, unit="×")


def _many(f, found):
    names = {
        "page": "first page of results",
        "last": "last page",
        "field": "one field",
        "words": "words",
        "both": "field and words",
        "newest": "newest first",
        "map": "home",
        "statistics": "statistics",
        "detail": "city page",
    }
    for page, name in names.items():
        must = None if page in ("map", "statistics", "detail") else 2  # the target is of pages of results
        ours = found[f"many:{page}"]["8"]
        if not ours.get("rps_ratio"):
            f.add(f"10,000 cities / 405, {name}: cost", 999, "no answer in the time", must=must, most=True, unit="×")
            continue
        cost = max(1 / ours["rps_ratio"], ours.get("cpu_ratio") or 0)
        shown = f"{cost:.2f}× ({ours['cpu_ms']} ms CPU)"
        f.add(f"10,000 cities / 405, {name}: cost", cost, shown, must=must, most=True, unit="×")


def _meaning(f, found):
    def middle(name, figure="p50"):
        return statistics.median(each[figure] for each in found[name])

    alone = found["alone"]
    for name, figure, must, what in (
        ("ours", "p50", 40, "distinct questions, 1 connection: p50"),
        ("ours_4", "p50", 80, "distinct questions, 4 connections: p50"),
        ("ours_4", "p99", 200, "distinct questions, 4 connections: p99"),
        ("again", "p50", 15, "the same question again: p50"),
    ):
        value = middle(name, figure)
        f.add(f"search, words and meaning, {what}", value, f"{value:.0f} ms", must=must, most=True, unit=" ms")
    query = alone["query_ms"]
    f.add("search, the engine by itself, a question: p50 of CPU", query, f"{query:.0f} ms")
    cost = statistics.median(told["p50"] / ours["p50"] for told, ours in zip(found["told"], found["ours"], strict=True))
    f.add(
        "search, 50,000 passages more / the real ones: p50",
        cost,
        f"{cost:.2f}× ({middle('told'):.0f} ms)",
        must=1.5,
        most=True,
        unit="×",
    )
    rate, bare = statistics.median(alone["ratios"]), statistics.median(alone["bare"])
    f.add(
        "telling meanings / the engine by itself: passages a second of CPU",
        rate,
        f"{rate:.2f} ({bare * rate:.0f}/s)",
        must=0.8,
    )
    each = found["MiB"] / found["workers"]
    f.add(
        "PSS a worker with the model, its part of the master included",
        each,
        f"{each:.0f} MiB",
        must=250,
        most=True,
        unit=" MiB",
    )


def _deadline(f, database, night):
    """What was lost would have ended the part: it is told as a wrong page."""
    for turn, what in (("quiet", ""), ("killed", ", the server killed 10 times")):
        each, must = night[turn], {"SQLite": 500, "PostgreSQL": 300}[database] if turn == "quiet" else None
        cpu = f"; CPU of the load {each['cpu']:.0f} s of {each['seconds']:.0f} s"
        if each["server_cpu"] is not None:
            cpu += f", of the server {each['server_cpu']:.0f} s"
        f.add(
            f"deadline night, {database}{what}: p99 of a save",
            each["took"]["p99"],
            f"{each['took']['p99']:.0f} ms (p50 {each['took']['p50']:.0f} ms, {each['saves']} saves, "
            f"{each['handed_in_count']} handed in at p99 {each['took_handing_in']['p99']:.0f} ms, none lost"
            f"{cpu})",
            must=must,
            most=True,
            unit=" ms",
        )


def _opening(f, database, opened):
    """What was oversold or lost would have ended the part: it is told as a wrong page."""
    often = "" if opened["compressed"] == 1 else f", compressed {opened['compressed']:.0f} times"
    for kind, took in opened["took"].items():
        shown = f"{took['p99']:.0f} ms (p50 {took['p50']:.0f} ms, {took['number']})"
        if kind == "writes":
            shown += (
                f"; {opened['delegates']} places, {opened['seated']} seats, none oversold, {opened['refused']} refused; CPU of "
                f"the load {opened['cpu']:.0f} s of {opened['seconds']:.0f} s, of the server {opened['server_cpu']:.0f} s"
            )
        must = 400 if opened["compressed"] == 1 else None
        what = f"opening of registration, {database}{often}: p99, {kind}"
        f.add(what, took["p99"], shown, must=must, most=True, unit=" ms")


def _statements(f, found):
    f.add(
        "SQL statements a page, at most",
        found["statements"],
        f"{found['statements']} ({found['statements_where']}); {found['statements_cold']} right after a write",
        must=5,
        aim=4,
        most=True,
    )
    differ = found["statements_differ"]
    f.add(
        "pages whose statements differ between 3 and 300 rows",
        len(differ),
        f"{len(differ)} {', '.join(differ)}".strip(),
        must=0,
        most=True,
    )
    again = found["statements_again"]
    f.add("SQL statements of a kept page", again, str(again), aim=0, most=True)


def _board(f, found):
    redraw, proposal = found["redraw"], found["proposal"]
    f.add(
        "balance board drawn again, 300 files",
        redraw["median"],
        f"{redraw['median']} ms; slowest {redraw['slowest']} ms",
        must=150,
        most=True,
        unit=" ms",
    )
    f.add("choice proposed for wishes, 300 files", proposal["median"], f"{proposal['median']} ms")


def _export(f, made):
    name = f"a round of {made['files']} files exported as an archive"
    f.add(name, made["seconds"], f"{made['seconds']} s, {made['processor']} s CPU; {made['megabytes']} MB")
    more = made["memory_after"] - made["memory_before"]
    f.add(f"{name}: memory more", more, f"{more} MB; {made['memory_after']} MB at most")


def _visit(f, page, seen):
    f.add(f"first visit, {page}: requests", seen["requests"], str(seen["requests"]), must=12, aim=6, most=True)
    shown = f"{seen['kB']:.0f} kB (and {seen['fonts_kB']:.0f} kB fonts)"
    f.add(f"first visit, {page}: compressed, without fonts", seen["kB"], shown, must=100, aim=50, most=True, unit=" kB")
    f.add(
        f"{page}: LCP / floor's page, CPU 4× slower",
        seen["lcp"],
        f"{seen['lcp']:.2f}× ({seen['lcp_ms']:.0f} ms)",
        must=1.4,
        aim=1.3,
        most=True,
        unit="×",
    )
    f.add(
        f"{page}: blocking time, CPU 4× slower",
        seen["tbt"],
        f"{seen['tbt']:.0f} ms (floor {seen['tbt_floor']:.0f} ms)",
        must=0,
        most=True,
        unit=" ms",
    )
    f.add(f"{page}: layout shift", round(seen["cls"], 3), f"{seen['cls']:.3f}", must=0, most=True)


def table(head, figures, faults):
    """The results as Markdown."""
    versions = ", ".join(f"{name} {number}" for name, number in head["versions"].items())
    before, after = head["load_average"]["before"][0], head["load_average"]["after"][0]
    lines = [
        f"{head['date']}, {head['machine']['cores']} cores, {versions}. {head['rounds']} rounds of {head['seconds']} s, alternating, at "
        f"{head['connections']} connections (8 where none is named); medians, range of the rounds in brackets; {head['page_loads']} loads a page in the browser. "
        f"Load average {before} before, {after} after (the measuring itself included); {head['took_seconds']} s.",
    ]
    if head["quick"]:
        lines += ["", "**A smoke run, not a result.**"]
    lines += ["", "| figure | must | aim | measured | verdict |", "|---|---|---|---|---|"]
    for one in figures:
        verdict = f"**{one['verdict']}**" if one["verdict"] == "MISSED" else one["verdict"]
        lines.append(f"| {one['figure']} | {one['must']} | {one['aim']} | {one['measured']} | {verdict} |")
    counts = {word: sum(one["verdict"] == word for one in figures) for word in ("aim", "met", "MISSED")}
    lines += ["", f"{counts['aim']} reach the aim, {counts['met']} what they must, {counts['MISSED']} miss it."]
    if faults:
        lines += ["", "Wrong pages:", *(f"- {fault}" for fault in faults)]
    return "\n".join(lines)


def write_between(path, text):
    """Put the table between the marks of the page."""
    page = path.read_text(encoding="utf-8")
    before, after = page.index(BEGIN) + len(BEGIN), page.index(END)
    path.write_text(f"{page[:before]}\n{text}\n{page[after:]}", encoding="utf-8")
