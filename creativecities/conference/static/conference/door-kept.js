// What a phone keeps of a door: its list, what it has seen, and the number it gives itself. By the door, not by its
// address: under a new address of the same door nothing is lost.
const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

const finished = (work) =>
  new Promise((done, failed) => {
    work.oncomplete = done;
    work.onabort = work.onerror = () => failed(work.error);
  });

export async function open(key) {
  const opening = indexedDB.open(`door-${key}`, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("kept");
    opening.result.createObjectStore("scans", { keyPath: "n", autoIncrement: true });
  };
  const base = await asked(opening);
  navigator.storage?.persist?.();

  const read = (name) => asked(base.transaction("kept").objectStore("kept").get(name));
  const keep = (name, value) => {
    const work = base.transaction("kept", "readwrite", { durability: "strict" });
    work.objectStore("kept").put(value, name);
    return finished(work);
  };
  const drop = (name) => {
    const work = base.transaction("kept", "readwrite");
    work.objectStore("kept").delete(name);
    return finished(work);
  };

  // The number of a scan is given by the database itself: two windows of one phone never give the same.
  const add = async (scan) => {
    const work = base.transaction("scans", "readwrite", { durability: "strict" });
    const number = asked(work.objectStore("scans").add(scan));
    await finished(work);
    return { ...scan, n: await number };
  };
  const all = () => asked(base.transaction("scans").objectStore("scans").getAll());

  const answered = async (answers, most) => {
    const work = base.transaction("scans", "readwrite", { durability: "strict" });
    const store = work.objectStore("scans");
    for (const [number, verdict] of answers) {
      const scan = await asked(store.get(number));
      if (scan) store.put({ ...scan, verdict });
    }
    // What the server has is shown for a while and then forgotten here; what waits is never.
    const sent = (await asked(store.getAll())).filter((scan) => scan.verdict);
    for (const scan of sent.slice(0, Math.max(0, sent.length - most))) store.delete(scan.n);
    await finished(work);
  };

  let device = await read("device");
  if (!device) {
    device = crypto.randomUUID();
    await keep("device", device);
  }
  return { device, read, keep, drop, add, all, answered };
}
