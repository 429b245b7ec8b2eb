/* The year slider: moves the network of a page through time.

   The server writes <form data-as-of> directly inside #results; the form works without this file. Here it learns a range
   of years and a button that plays them. Each step asks for the same address with another `as_of`, and everything
   in #results but the form itself is replaced, so that the slider is never taken from under the hand or the focus.
   Words come from data-year, data-play and data-stop of the form. */

const PAUSE = 900; // milliseconds between two years while playing
const CALM_PAUSE = 2000; // the same for readers who asked for less motion
const WAIT = 180; // milliseconds a hand rests before the year is asked for

const enhanced = new WeakSet();
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The address of this page at the end of a year; the present year means today. */
function addressOf(year, today) {
  const address = new URL(location.href);
  address.searchParams.delete("page");
  address.searchParams.delete("as_of");
  if (year < Number(today.slice(0, 4))) address.searchParams.set("as_of", `${year}-12-31`);
  return address;
}

/** Puts what a page shows around the form that stays. */
function replaceAround(form, fresh) {
  const results = form.closest("#results");
  const before = [];
  const after = [];
  let found = false;
  for (const node of Array.from(fresh.children)) {
    if (node.matches("[data-as-of]")) found = true;
    else (found ? after : before).push(node);
  }
  for (const node of Array.from(results.children)) if (node !== form) node.remove();
  form.before(...before);
  form.after(...after);
  document.dispatchEvent(new CustomEvent("htmx:afterSwap"));
}

/** Other forms of the page that carry the day along learn the new one. */
function tellOtherForms(own, day) {
  for (const form of document.querySelectorAll("form[role=search]")) {
    if (form === own) continue;
    form.querySelector("input[name=as_of]")?.remove();
    if (!day) continue;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "as_of", value: day });
    form.append(input);
  }
}

function build(form, first, last) {
  const place = form.querySelector("[data-years]") ?? form;
  const label = document.createElement("label");
  label.className = "sr";
  label.htmlFor = "as-of-year";
  label.textContent = form.dataset.year;
  const range = document.createElement("input");
  Object.assign(range, { type: "range", id: "as-of-year", min: first, max: last, step: 1 });
  const shown = document.createElement("output");
  shown.htmlFor = "as-of-year";
  const play = document.createElement("button");
  Object.assign(play, { type: "button", className: "button-quiet" });
  place.append(label, range, shown, play);
  return { range, shown, play };
}

/** Gives one form its slider; a second call does nothing. */
function enhance(form) {
  if (enhanced.has(form) || !form.closest("#results")) return;
  enhanced.add(form);
  const field = form.querySelector("input[type=date]");
  const today = field.max;
  const first = Number(form.dataset.first);
  const last = Number(today.slice(0, 4));
  const { range, shown, play } = build(form, first, last);
  let waiting = 0;
  let playing = 0;
  let asked = null;
  let moved = false;

  function show(year) {
    range.value = String(year);
    range.setAttribute("aria-valuetext", String(year));
    shown.value = String(year);
  }

  /** Fetches and shows one year. The first step of a movement makes an entry of its own for the way back. */
  async function go(year) {
    const address = addressOf(year, today);
    asked?.abort();
    const mine = new AbortController();
    asked = mine;
    form.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: mine.signal, headers: { "HX-Request": "true" } });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("#results");
      if (!fresh || !form.isConnected) return;
      const state = window.htmx ? { htmx: true } : { asOf: true };
      history[moved ? "replaceState" : "pushState"](state, "", address);
      moved = true;
      field.value = address.searchParams.get("as_of") ?? today;
      tellOtherForms(form, address.searchParams.get("as_of"));
      replaceAround(form, fresh);
    } catch (error) {
      if (error.name === "AbortError") return;
      stop();
      location.assign(address); // the page itself says what is wrong
    } finally {
      if (asked === mine) form.removeAttribute("aria-busy");
    }
  }

  function stop() {
    clearTimeout(playing);
    playing = 0;
    play.textContent = form.dataset.play;
    moved = false;
  }

  async function step() {
    const year = Number(range.value);
    if (!form.isConnected || year >= last) return stop();
    show(year + 1);
    await go(year + 1);
    if (playing) playing = setTimeout(step, calm.matches ? CALM_PAUSE : PAUSE);
  }

  play.addEventListener("click", async () => {
    if (playing) return stop();
    play.textContent = form.dataset.stop;
    playing = setTimeout(step, calm.matches ? CALM_PAUSE : PAUSE);
    if (Number(range.value) >= last) {
      show(first);
      await go(first);
    }
  });
  range.addEventListener("input", () => {
    if (playing) stop();
    show(range.value);
    clearTimeout(waiting);
    waiting = setTimeout(() => go(Number(range.value)), WAIT);
  });
  range.addEventListener("change", () => {
    clearTimeout(waiting);
    go(Number(range.value)).then(() => {
      moved = false;
    });
  });

  show(Math.max(first, Number(field.value.slice(0, 4))));
  play.textContent = form.dataset.play;
}

function enhanceAll() {
  for (const form of document.querySelectorAll("form[data-as-of]")) enhance(form);
}

enhanceAll();
for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, enhanceAll);
// Where htmx is, it brings earlier entries back; elsewhere the page is asked for again.
addEventListener("popstate", () => {
  if (!window.htmx) location.reload();
});
