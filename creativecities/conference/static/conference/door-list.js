// The list of a door: put together from leaves, proved by its digest, and asked whom it admits.
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const digest = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

export const folded = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

// A list that is not what the server signed is refused: null.
export async function put(before, message) {
  const leaves = { ...(before?.leaves ?? {}), ...message.leaves };
  for (const leaf of message.gone) delete leaves[leaf];
  const list = { leaves, at: message.at, stamp: message.stamp, digest: message.digest };
  return (await isWhole(list)) ? list : null;
}

export async function isWhole(list) {
  const lines = await Promise.all(
    Object.keys(list.leaves).sort().map(async (leaf) => `${leaf}:${await digest(list.leaves[leaf])}`),
  );
  return (await digest(lines.join("\n"))) === list.digest;
}

export async function has(list) {
  const found = {};
  for (const leaf of Object.keys(list?.leaves ?? {})) found[leaf] = (await digest(list.leaves[leaf])).slice(0, 16);
  return found;
}

// The list as it is asked: people by code and by badge.
export function opened(list) {
  const people = new Map();
  const badges = new Map();
  for (const text of Object.values(list?.leaves ?? {})) {
    for (const one of JSON.parse(text)) {
      people.set(one.c, { ...one, folded: folded(`${one.n} ${one.s}`) });
      if (one.b) badges.set(one.b, { code: one.c, revoked: false });
      for (const gone of one.x ?? []) badges.set(gone, { code: one.c, revoked: true });
    }
  }
  return { at: list?.at, stamp: list?.stamp, people, badges };
}

// Who is in, by the list and by what this phone has seen since; code → since when, and by which door.
export function inside(open, scans, { day, dayOf, here }) {
  const found = new Map();
  for (const one of open.people.values()) {
    if (one.in && dayOf(Date.parse(one.in[0])) === day) found.set(one.c, { at: Date.parse(one.in[0]), by: one.in[1] });
  }
  const mine = new Map(scans.map((scan) => [scan.n, scan]));
  for (const scan of scans) {
    if (scan.verdict || dayOf(scan.at) !== day) continue; // what the server has is in its list
    if (scan.said === "admitted") found.set(scan.who, { at: scan.at, by: here });
    const target = mine.get(scan.undoes);
    if (target?.said === "admitted") found.delete(target.who);
  }
  return found;
}

// What the door says of a badge or of a person found by name.
export function judged(open, found, isIn) {
  const one = open.people.get(found?.code);
  if (!one) return { said: "unknown" };
  if (found.revoked) return { said: "revoked", one };
  if (one.no) return { said: "refused", one };
  const since = isIn.get(one.c);
  return since ? { said: "repeated", one, since } : { said: "admitted", one };
}
