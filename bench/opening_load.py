"""Opening of registration, outside: cities that nominate, confirm and take seats while others read the programme; niced.

    opening_load.py PLAN      a file with one JSON document; prints one line of JSON: what was acknowledged, and how fast

Most cities come in the first minutes. Each nominates three experts at once where two may come, as teammates do who have
the same page open, and sends every sign-up twice. A refusal with its reason is an answer; anything else is a fault.
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

from night_load import PATIENCE, TOKEN, answer, spread

READ_EVERY = 10.0
"""A reader opens another page after so many seconds in the mean."""
LANGUAGES = ("", "", "", "/fr", "/es", "/ar", "/ru", "/zh")
EXPECTED = (200, 302, 409)


class Opening:
    """All cities and readers, what was acknowledged and how long each answer took, reads and writes apart."""

    def __init__(self, plan):
        self.plan = plan
        self.root = f"/conference/{plan['edition']}/"
        self.chance = random.Random(plan["seed"])
        self.took = {"programme": [], "pages of the team": [], "writes": []}
        self.nominated, self.confirmed, self.signed_up = {}, [], []
        self.refused, self.faults = 0, {}
        self.began = time.monotonic()

    async def run(self):
        cities = (self._city(team) for team in self.plan["teams"])
        await asyncio.gather(*cities, *(self._reader() for _each in range(self.plan["readers"])))

    def _left(self):
        return self.began + self.plan["seconds"] - time.monotonic()

    async def _reader(self):
        """The programme in one's language, with a filter or without, and sessions of it, until the time is over."""
        line, chance = {}, self.chance
        await asyncio.sleep(chance.random() * READ_EVERY)
        while self._left() > 0:
            path = f"{chance.choice(LANGUAGES)}{self.root}programme/"
            if chance.random() < 0.4:
                path += f"{chance.choice(self.plan['sessions'])}/"
            elif chance.random() < 0.3:
                path += chance.choice(("?kind=thematic", "?language=fr", "?zone=Asia/Tokyo", "?room=hall-3"))
            await self._ask("programme", line, path)
            await asyncio.sleep(min(chance.expovariate(1 / READ_EVERY), max(0.0, self._left())))

    async def _city(self, team):
        """From the page of the delegation to a seat in a session, with pauses for reading and typing."""
        whole, pages, line = self.plan["seconds"], "pages of the team", {"session": team["session"]}
        await asyncio.sleep(self.chance.random() ** 2 * 0.75 * whole)
        own = f"{self.root}delegation/{team['city']}/"
        await self._ask(pages, line, own)
        await self._ask(pages, line, f"{own}nominate/?role=expert")
        await self._pause()
        await self._nominate(team, line, "focal-point", person=team["person"])
        await self._pause()
        lines = [{"session": team["session"]} for _teammate in range(3)]
        names = (f"Expert {at} of {team['city']}" for at in range(3))
        await asyncio.gather(*(self._nominate(team, each, "expert", name=name) for each, name in zip(lines, names)))
        await self._ask(pages, line, own)
        await self._pause()
        status, _text = await self._ask("writes", line, own, {"act": "confirm"})
        if status == 302:
            self.confirmed.append(team["city"])
        await self._sign_up(line, lines[0])

    async def _nominate(self, team, line, role, person="", name=""):
        form = {"role": role, "person": person, "name": name}
        status, _text = await self._ask("writes", line, f"{self.root}delegation/{team['city']}/nominate/", form)
        if status == 302:
            self.nominated[team["city"]] = self.nominated.get(team["city"], 0) + 1

    async def _sign_up(self, *lines):
        session = f"{self.root}programme/{self.chance.choice(self.plan['entered'])}/"
        _status, text = await self._ask("pages of the team", lines[0], session)
        if not (found := re.search(r'name="delegate" value="([^"]+)"', text)):
            return  # nobody of this city has a place
        twice = (self._ask("writes", line, f"{session}sign-up/", {"delegate": found[1]}) for line in lines)
        if 302 in [status for status, _text in await asyncio.gather(*twice)]:
            self.signed_up.append(found[1])

    async def _pause(self):
        await asyncio.sleep(self.chance.random() * self.plan["seconds"] / 30)

    async def _ask(self, kind, line, path, form=None):
        """Status and text of an answer, its time noted; a connection that breaks is a fault."""
        began = time.monotonic()
        try:
            status, text = await asyncio.wait_for(self._exchange(line, path, form), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            status, text = type(error).__name__, ""
            if connection := line.pop("connection", None):
                connection[1].close()
        self.took[kind].append(time.monotonic() - began)
        self.refused += status == 409
        if status not in EXPECTED:
            self.faults.setdefault(f"{status} {path}", text[:300])
        return status, text

    async def _exchange(self, line, path, form):
        if "connection" not in line or line["connection"][0].at_eof():  # the server ends one that rests for long
            line["connection"] = await asyncio.open_connection("127.0.0.1", self.plan["port"])
        reader, writer = line["connection"]
        body = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": TOKEN}) if form else ""
        head = [
            f"{'POST' if form else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html",
            *([f"Cookie: session={line['session']}; csrftoken={TOKEN}"] if "session" in line else []),
            *(["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if form else []),
        ]  # fmt: skip
        writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
        await writer.drain()
        return await answer(reader)

    def told(self):
        own = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "nominated": self.nominated, "confirmed": self.confirmed, "signed_up": self.signed_up,
            "took": {kind: {**spread(each), "number": len(each)} for kind, each in self.took.items()},
            "refused": self.refused, "faults": self.faults,
            "seconds": time.monotonic() - self.began, "cpu": own.ru_utime + own.ru_stime,
        }  # fmt: skip


if __name__ == "__main__":
    opening = Opening(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    asyncio.run(opening.run())
    print(json.dumps(opening.told()))
