// What a phone tells the server, and what it learns from it. Everything may be said twice; nothing is lost by that.
import { has, put } from "./door-list.js";

const MOST = 200;
const KEPT = 300;

// Sends what waits and takes what has changed. Gives what is to be said of it: "", "offline", "gone", "damaged", "refused".
export async function talk(kept, address) {
  for (;;) {
    const waiting = (await kept.all()).filter((scan) => !scan.verdict);
    const list = await kept.read("list");
    const message = {
      device: kept.device,
      have: (await kept.read("whole")) ? {} : await has(list),
      scans: waiting.slice(0, MOST).map(({ n, at, said, digest, code, undoes, list: stamp }) => ({
        n, at, said, digest, code, undoes, list: stamp,
      })),
    };
    const [status, answer] = await post(address, message);
    if (status === 404) await kept.drop("list"); // its address was taken from this phone, and the names with it
    if (status !== 200) return { 0: "offline", 404: "gone" }[status] ?? (status >= 500 ? "offline" : "refused");
    await kept.answered(answer.answers, KEPT);
    const fault = await learn(kept, list, answer);
    if (fault || waiting.length <= MOST) return fault;
  }
}

async function post(address, message) {
  try {
    const sent = Date.now();
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      cache: "no-store",
      body: JSON.stringify({ ...message, now: sent }),
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) return [response.status, null];
    const answer = await response.json();
    answer.offset = answer.now - (sent + Date.now()) / 2;
    return [200, answer];
  } catch {
    return [0, null];
  }
}

async function learn(kept, before, answer) {
  await kept.keep("offset", answer.offset);
  await kept.keep("told", answer.told);
  await kept.keep("closed", answer.list === null);
  if (answer.list === null) {
    await kept.drop("list"); // a door that is closed has no business with names
    return "";
  }
  const list = await put(before, answer.list);
  await kept.keep("whole", !list); // after a damaged one the next comes whole; the one that is here stays
  if (list) await kept.keep("list", list);
  return list ? "" : "damaged";
}
