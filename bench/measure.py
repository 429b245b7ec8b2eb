#!/usr/bin/env python3
"""Side by side load on pages of several servers on this machine, alternating, with ratios to a reference.

  measure.py [options] NAME:PAGE=URL ...        (also from a file: @targets.txt, one per line; NAME=URL means page "list")

Every round visits every page kind and concurrency, and inside them every server in turn (A B C, A B C ...), so that a
noisy minute hits all of them. The ratio is taken inside a round (server / reference, same page kind, same round) and the
median of the rounds is reported. Only 127.0.0.1 is accepted. Standard library + wrk.
"""

import argparse
import json
import os
import pathlib
import statistics as st
import subprocess
import sys
import time
import urllib.parse
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TICK = os.sysconf("SC_CLK_TCK")


def listeners(port):
    """Processes that hold the listening socket of this port, with all their descendants."""
    inodes = set()
    for f in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in list(open(f))[1:]:
            p = line.split()
            if p[3] == "0A" and int(p[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{p[9]}]")
    kids, own = {}, set()
    for d in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            kids.setdefault(int((d / "stat").read_text().rsplit(")", 1)[1].split()[1]), set()).add(int(d.name))
            if any(os.readlink(x) in inodes for x in (d / "fd").iterdir()):
                own.add(int(d.name))
        except OSError:
            pass
    todo = list(own)
    while todo:
        for k in kids.get(todo.pop(), ()):
            if k not in own:
                own.add(k)
                todo.append(k)
    return own


def cpu(ports):
    """CPU seconds used so far by the servers on these ports (reaped children included)."""
    total = 0
    for port in ports:
        for pid in listeners(port):
            try:
                total += sum(
                    int(x) for x in pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15]
                )
            except OSError:
                pass
    return total / TICK


def wrk(url, conc, seconds, headers):
    cmd = ["wrk", "-t1", f"-c{conc}", f"-d{seconds}s", "--timeout", "20s", "-s", str(HERE / "report.lua")]
    for h in headers:
        cmd += ["-H", h]
    out = subprocess.run([*cmd, url], check=False, capture_output=True, text=True, timeout=seconds + 60).stdout
    return json.loads(out[out.index("JSON") + 4 :].splitlines()[0])


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, fromfile_prefix_chars="@"
    )
    ap.add_argument("targets", nargs="+")
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--seconds", type=int, default=4)
    ap.add_argument("--conc", default="1,8,32")
    ap.add_argument("--ref", default="floor-sqlite")
    ap.add_argument("--db-port", type=int, default=15432, help="CPU of the server on this port is counted too")
    ap.add_argument(
        "--header",
        action="append",
        default=["Accept: text/html,*/*;q=0.8", "Accept-Language: en", "User-Agent: Mozilla/5.0 bench"],
    )
    ap.add_argument(
        "--close",
        default="datasette",
        help="names asked to close the connection after each answer (uvicorn in front of "
        "Datasette stalls about 44 ms per kept connection with wrk: delayed ACK, not its own work)",
    )
    ap.add_argument("--out", default="-")
    a = ap.parse_args()
    targets = []
    for t in a.targets:
        if not t.strip() or t.startswith("#"):
            continue
        label, url = t.strip().split("=", 1)
        name, _, page = label.partition(":")
        u = urllib.parse.urlsplit(url)
        if u.hostname not in ("127.0.0.1", "localhost", "::1"):
            sys.exit(f"only this machine may be loaded, not {u.hostname}")
        targets.append((name, page or "list", url, u.port))
    res = {}
    hdr = dict(h.split(": ", 1) for h in a.header)
    for name, page, url, port in targets:  # warm every worker and check
        for _ in range(8):
            with urllib.request.urlopen(urllib.request.Request(url, headers=hdr), timeout=60) as r:
                body = r.read()
        with urllib.request.urlopen(
            urllib.request.Request(url, headers={**hdr, "Accept-Encoding": "gzip, br"}), timeout=60
        ) as r:
            wire, enc = len(r.read()), r.headers.get("Content-Encoding")
        res[f"{name}:{page}"] = {"url": url, "bytes": len(body), "wire_bytes": wire, "encoding": enc, "runs": {}}
    order = sorted({p for _, p, _, _ in targets}, key=lambda p: (p.split("-")[0], p))
    for rnd in range(a.rounds):
        for page in order:
            for c in map(int, a.conc.split(",")):
                row = [t for t in targets if t[1] == page]
                for name, _, url, port in row if rnd % 2 == 0 else row[::-1]:
                    t0 = cpu([port, a.db_port])
                    r = wrk(url, c, a.seconds, a.header + (["Connection: close"] if name in a.close.split(",") else []))
                    used = cpu([port, a.db_port]) - t0
                    r["rps"] = round(r["requests"] / (r.pop("us") / 1e6), 2)
                    r["cpu_ms"] = round(1000 * used / r["requests"], 3) if r["requests"] else None
                    res[f"{name}:{page}"]["runs"].setdefault(str(c), []).append(r)
                    print(
                        f"r{rnd} {name}:{page} c{c} {r['rps']} rps p50 {r['p50_ms']} p99 {r['p99_ms']} cpu {r['cpu_ms']} ms"
                        + (" BAD" if r["bad_status"] or r["timeouts"] else ""),
                        file=sys.stderr,
                        flush=True,
                    )
    for key, v in res.items():
        page = key.split(":")[1].split("-")[0]
        ref = res.get(f"{a.ref}:{page}") or res.get(f"{a.ref}:list")
        for c, runs in v["runs"].items():
            med = {
                k: round(st.median(r[k] for r in runs), 3)
                for k in ("rps", "p50_ms", "p99_ms", "cpu_ms")
                if all(r[k] is not None for r in runs)
            }
            if ref and c in ref["runs"]:
                z = [(x, y) for x, y in zip(runs, ref["runs"][c]) if x["requests"] and y["requests"]]
                if not z:  # a server that answered nothing in the time has no ratio
                    v.setdefault("median", {})[c] = med
                    continue
                med["rps_ratio"] = round(st.median(x["rps"] / y["rps"] for x, y in z), 4)
                med["rps_ratio_range"] = [round(f(x["rps"] / y["rps"] for x, y in z), 4) for f in (min, max)]
                med["p50_ratio"] = round(st.median(x["p50_ms"] / y["p50_ms"] for x, y in z), 2)
                med["p99_ratio"] = round(st.median(x["p99_ms"] / y["p99_ms"] for x, y in z), 2)
                if all(x["cpu_ms"] and y["cpu_ms"] for x, y in z):
                    med["cpu_ratio"] = round(st.median(x["cpu_ms"] / y["cpu_ms"] for x, y in z), 2)
            v.setdefault("median", {})[c] = med
    doc = {
        "date": time.strftime("%Y-%m-%d"),
        "cores": os.cpu_count(),
        "rounds": a.rounds,
        "seconds": a.seconds,
        "ref": a.ref,
        "load_avg_end": os.getloadavg(),
        "targets": res,
    }
    text = json.dumps(doc, indent=1)
    print(text) if a.out == "-" else pathlib.Path(a.out).write_text(text)


if __name__ == "__main__":
    main()
