"""Deadline night, outside: teams that save as they type, and some that hand in; run in a process of its own, niced.

    night_load.py PLAN      a file with one JSON document; prints one line of JSON: what was acknowledged, and how fast

Saves come at their time whether the ones before were answered or not, as people do, and each is measured from the moment
it was due: a server that stands still is not flattered. What fails is sent again with the next save, as the page does.
"""

import asyncio
import json
import random
import re
import resource
import sys
import time
import urllib.parse
from pathlib import Path

TOKEN = "n" * 32
"""The same in the cookie and in the form: what the page would have given."""
PATIENCE = 30.0


class Night:
    """All teams, their connections, and what was acknowledged."""

    def __init__(self, plan):
        self.plan = plan
        self.saved, self.handed_in, self.took, self.took_handing_in = {}, [], [], []
        self.failed, self.refused = 0, {}
        self.began = time.monotonic()

    async def run(self):
        chance = random.Random(self.plan["seed"])
        await asyncio.gather(*(self._team(team, chance.random()) for team in self.plan["teams"]))

    async def _team(self, team, at):
        """Saves every few seconds; who hands in does so once, somewhere in the time that is left, and then is done."""
        number, every, lasts = 0, self.plan["every"], self.plan["seconds"]
        hands_in_at = at * lasts if team["hands_in"] else None
        due = at * every
        while due < lasts:
            await asyncio.sleep(max(0.0, self.began + due - time.monotonic()))
            number += 1
            await self._save(team, number, self.began + due)
            if hands_in_at is not None and due + every > hands_in_at:
                await self._hand_in(team)
                return
            due += every

    async def _save(self, team, number, due):
        words = f"{self.plan['first'] + number} lamps and chairs, and who makes them in the town by the river"
        form = {f"answer_{self.plan['box']}": words, f"opened_{self.plan['box']}": team["opened"]}
        status, text = await self._post(team, self.plan["save"].format(**team), form)
        if (
            status == 409
        ):  # saved before, but the answer was lost with the server: saved again on top, as the page offers
            form["top"] = re.search(rf'value="({self.plan["box"]} [^"]+)"', text)[1]
            status, text = await self._post(team, self.plan["save"].format(**team), form)
        self.took.append(time.monotonic() - due)
        if status == 200:
            team["opened"] = re.search(rf'name="opened_{self.plan["box"]}" value="([^"]+)"', text)[1]
            self.saved[team["code"]] = self.plan["first"] + number
        else:
            self._note(status, text)

    async def _hand_in(self, team):
        """Pressed until it is answered; after a lost answer the second try says that it is done already."""
        began = time.monotonic()
        for _try in range(20):
            status, text = await self._post(team, self.plan["hand_in"].format(**team), {"is_read": "on"})
            if status in (200, 302, 303) or (status == 409 and _try):
                self.handed_in.append(team["code"])
                break
            self._note(status, text)
            if status is not None:
                break
            await asyncio.sleep(0.5)
        self.took_handing_in.append(time.monotonic() - began)

    def _note(self, status, text):
        self.failed += 1
        if status is not None:
            self.refused.setdefault(str(status), text[:300])

    async def _post(self, team, path, form):
        """Status and text; None when the server is not there, or went away before it answered."""
        try:
            return await asyncio.wait_for(self._exchange(team, path, form), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError):
            if connection := team.pop("connection", None):
                connection[1].close()
            return None, ""

    async def _exchange(self, team, path, form):
        if "connection" not in team:
            team["connection"] = await asyncio.open_connection("127.0.0.1", self.plan["port"])
        reader, writer = team["connection"]
        body = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": TOKEN}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Accept: application/json\r\nCookie: session={team['session']}; csrftoken={TOKEN}\r\n"
            f"HX-Request: true\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        return await answer(reader)

    def told(self):
        own = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "saved": self.saved, "handed_in": self.handed_in, "took": spread(self.took),
            "took_handing_in": spread(self.took_handing_in), "saves": len(self.took), "failed": self.failed,
            "refused": self.refused, "seconds": time.monotonic() - self.began, "cpu": own.ru_utime + own.ru_stime,
        }  # fmt: skip


async def answer(reader):
    """Status and body of an HTTP/1.1 answer on a connection that stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status, named = int(head[0].split()[1]), dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
    if named.get("transfer-encoding") != "chunked":
        return status, (await reader.readexactly(int(named.get("content-length", 0)))).decode()
    body = b""
    while size := int((await reader.readline()).strip() or b"0", 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return status, body.decode()


def spread(seconds):
    """Median, 99th of a hundred and longest, in milliseconds."""
    ordered = sorted(each * 1000 for each in seconds) or [0.0]
    return {"p50": ordered[len(ordered) // 2], "p99": ordered[int(len(ordered) * 0.99)], "most": ordered[-1]}


if __name__ == "__main__":
    night = Night(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    asyncio.run(night.run())
    print(json.dumps(night.told()))
