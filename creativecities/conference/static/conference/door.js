// A door on a phone: scan, judge by the list, keep, send when there is network. See door-list.js for what is judged.
import { open } from "./door-kept.js";
import { digest, folded, inside, isWhole, judged, opened } from "./door-list.js";
import { talk } from "./door-sync.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const at = (id) => document.getElementById(id);
const WORDS = read("words");
const FACTS = read("facts");
const LOCALE = `${FACTS.language}-u-nu-latn`; // digits as on the other pages
const EVERY = 15_000;
const SHOWN = 12;
const WRONG_CLOCK = 120_000;
const say = (name, values = {}) => WORDS[name].replace(/%\((\w+)\)s/g, (_all, key) => values[key] ?? "");

const kept = await open(FACTS.key);
const channel = new BroadcastChannel(`door-${FACTS.key}`);
const state = { list: null, open: opened(null), scans: [], inside: new Map(), offset: 0, fault: "", closed: false };

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: FACTS.zone });
const calendar = new Intl.DateTimeFormat("en-CA", { timeZone: FACTS.zone });
const hour = (ms) => clock.format(ms);
const dayOf = (ms) => calendar.format(ms + state.offset);

async function load() {
  const list = await kept.read("list");
  if (list?.digest !== state.list?.digest || list?.at !== state.list?.at) {
    state.list = list && (await isWhole(list)) ? list : null;
    state.open = opened(state.list);
  }
  state.offset = (await kept.read("offset")) ?? 0;
  state.closed = (await kept.read("closed")) ?? false;
  state.told = (await kept.read("told")) ?? [];
  await count();
}

async function count() {
  state.scans = await kept.all();
  state.inside = inside(state.open, state.scans, { day: dayOf(Date.now()), dayOf, here: FACTS.name });
  show();
}

const line = (kind, text, css) => {
  const element = document.createElement(kind);
  element.textContent = text;
  element.dir = "auto";
  if (css) element.className = css;
  return element;
};

function show() {
  const waiting = state.scans.filter((scan) => !scan.verdict).length;
  at("inside").textContent = state.inside.size.toLocaleString(LOCALE);
  at("waiting").textContent = waiting.toLocaleString(LOCALE);
  at("fresh").textContent = state.list ? say("list", { hour: hour(Date.parse(state.list.at)) }) : say(state.closed ? "closed" : "no_list");
  const minutes = Math.round(state.offset / 60_000);
  at("clock").hidden = Math.abs(state.offset) <= WRONG_CLOCK;
  at("clock").textContent = say(minutes > 0 ? "slow" : "fast", { minutes: Math.abs(minutes).toLocaleString(LOCALE) });
  at("fault").hidden = !state.fault;
  at("fault").textContent = state.fault ? say(state.fault) : "";
  at("told").replaceChildren(...(state.told ?? []).map((text) => line("p", text, "notice")));
  const undone = new Set(state.scans.map((scan) => scan.undoes));
  const recent = state.scans.filter((scan) => scan.said !== "taken-back").slice(-SHOWN).reverse();
  at("last").replaceChildren(...recent.map((scan) => row(scan, undone.has(scan.n))));
  at("undo").hidden = !last();
  at("empty").hidden = recent.length > 0;
}

function row(scan, isUndone) {
  const one = state.open.people.get(scan.who);
  const item = line("li", `${hour(scan.at + state.offset)} · `, isUndone ? "undone" : `said-${scan.said}`);
  const name = document.createElement("bdi");
  name.textContent = one?.n ?? say("nobody");
  const said = isUndone ? say("undone") : say(`short_${scan.said}`);
  const more = scan.verdict ? (WORDS[`verdict_${scan.verdict}`] ?? "") : say("waits");
  item.append(name, ` · ${[said, more].filter(Boolean).join(" · ")}`);
  return item;
}

const last = () => {
  const undone = new Set(state.scans.map((scan) => scan.undoes));
  return state.scans.filter((scan) => scan.said !== "taken-back" && !undone.has(scan.n)).at(-1);
};

async function keep(scan) {
  await kept.add({ ...scan, at: Date.now(), list: state.list?.stamp ?? "" });
  channel.postMessage("");
  await count();
  soon();
}

// What is scanned is kept by its digest alone: from a phone that was lost nobody prints badges.
async function scanned(token) {
  const text = token.trim().split("/").filter(Boolean).at(-1) ?? "";
  if (!text || !ready()) return;
  const mark = await digest(text);
  await tell(judged(state.open, state.open.badges.get(mark), state.inside), { digest: mark });
}

async function found(code) {
  if (ready()) await tell(judged(state.open, { code }, state.inside), { code });
}

function ready() {
  if (!state.list) verdict("none", say("no_list"), "", "");
  return Boolean(state.list);
}

async function tell(judgement, scan) {
  const { said, one, since } = judgement;
  const values = {
    hour: hour(said === "unknown" ? Date.parse(state.list.at) : (since?.at ?? 0)),
    door: since?.by ?? "",
  };
  const why = { refused: one?.no, repeated: say(since?.by === FACTS.name ? "here_since" : "there_since", values) }[said];
  verdict(said, say(`said_${said}`, values), one ? `${one.n}` : "", [one?.r, one?.s].filter(Boolean).join(" · "), why);
  sound(said === "admitted");
  await keep({ said, who: one?.c ?? "", ...scan });
}

function verdict(kind, said, who, what, why = "") {
  at("verdict").className = `verdict is-${kind}`;
  at("verdict").replaceChildren(line("p", said, "said"), line("p", who, "who"), line("p", what), line("p", why, "why"));
}

function sound(good) {
  if (!at("sound").checked) return;
  const tone = new AudioContext();
  const voice = tone.createOscillator();
  voice.frequency.value = good ? 880 : 220;
  voice.connect(tone.destination);
  voice.start();
  voice.stop(tone.currentTime + (good ? 0.12 : 0.5));
  voice.onended = () => tone.close();
}

at("scan").addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = at("token").value;
  at("token").value = "";
  at("token").focus();
  await scanned(token);
});

at("undo").addEventListener("click", async () => {
  const target = last();
  if (!target) return;
  verdict("undone", say("undone"), state.open.people.get(target.who)?.n ?? "", "");
  await keep({ said: "taken-back", who: target.who, undoes: target.n });
});

at("name").addEventListener("input", () => {
  const wanted = folded(at("name").value.trim());
  const people = wanted.length < 2 ? [] : [...state.open.people.values()].filter((one) => one.folded.includes(wanted));
  at("found").replaceChildren(
    ...people.slice(0, SHOWN).map((one) => {
      const item = line("li", "");
      const button = line("button", `${one.n} · ${one.s}`, "button-quiet");
      button.type = "button";
      button.addEventListener("click", async () => {
        at("name").value = "";
        at("found").replaceChildren();
        await found(one.c);
      });
      item.append(button);
      return item;
    }),
  );
  at("nobody").hidden = wanted.length < 2 || people.length > 0;
});

let timer = 0;
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(meet, 1500);
};

// One window of the phone at a time talks with the server.
async function meet() {
  clearTimeout(timer);
  await navigator.locks.request(`door-${FACTS.key}`, async () => {
    state.fault = await talk(kept, FACTS.sync);
  });
  await load();
  timer = setTimeout(meet, EVERY);
}

channel.addEventListener("message", load);
addEventListener("online", soon);
document.addEventListener("visibilitychange", () => document.hidden || soon());
await navigator.serviceWorker?.register(FACTS.worker).catch(() => {});
await load();
await meet();
document.documentElement.dataset.awake = "";
const { offerCamera } = await import("./door-camera.js");
offerCamera(at("camera"), at("picture"), scanned);
