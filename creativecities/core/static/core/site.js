// Small comforts on every page. Everything works without them, so the first picture of a page does not wait for them.
const root = document.documentElement;
// After a refused form: the list of errors is where the reader is taken.
document.querySelector(".error-list")?.focus();

const breathe = () => new Promise((rested) => setTimeout(rested));
const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
await frame();
await frame();
await breathe();

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : systemIsDark.matches);

const themeSwitch = document.querySelector("[data-theme-switch]");
if (themeSwitch) {
  const show = () => themeSwitch.setAttribute("aria-pressed", String(isDark()));
  themeSwitch.addEventListener("click", () => {
    const chosen = isDark() ? "light" : "dark";
    root.dataset.theme = chosen;
    // A choice like the system's is no choice: from then on the page follows the system again.
    const age = (chosen === "dark") === systemIsDark.matches ? 0 : 31536000;
    document.cookie = `theme=${chosen};path=/;max-age=${age};samesite=lax`;
    show();
  });
  show();
}

// Menus close on Escape, on a click elsewhere, and when focus leaves.
for (const menu of document.querySelectorAll("[data-menu]")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

await breathe();
// The same list in another language: keep its filters.
for (const link of document.querySelectorAll("[data-keep-query]")) {
  link.addEventListener("click", () => {
    link.search = location.search;
    localStorage.setItem("language", link.hreflang);
  });
}

// An offer, never a redirect: this page in the language the reader chose before, or else reads.
const OFFERS = {
  en: ["This page in English", "No, thank you"],
  fr: ["Cette page en français", "Non, merci"],
  es: ["Esta página en español", "No, gracias"],
  ar: ["هذه الصفحة بالعربية", "لا، شكراً"],
  ru: ["Эта страница на русском языке", "Нет, спасибо"],
  zh: ["本页中文版", "不，谢谢"],
};
const offer = document.querySelector("[data-language-offer]");
const wanted = localStorage.getItem("language") || (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((tag) => OFFERS[tag]);
if (offer && wanted && OFFERS[wanted] && wanted !== root.lang && !localStorage.getItem(`no-offer-${wanted}`)) {
  const source = document.querySelector(`[data-keep-query][hreflang="${wanted}"]`);
  if (source) {
    const link = document.createElement("a");
    link.href = source.href + location.search;
    link.lang = wanted;
    link.textContent = OFFERS[wanted][0];
    const no = document.createElement("button");
    no.type = "button";
    no.className = "button-quiet";
    no.lang = wanted;
    no.textContent = OFFERS[wanted][1];
    no.addEventListener("click", () => {
      localStorage.setItem(`no-offer-${wanted}`, "1");
      offer.hidden = true;
    });
    offer.append(link, " ", no);
    offer.hidden = false;
  }
}

await breathe();
// The map learns to move when somebody turns to it; until then a page needs neither its code nor its time.
let mapsMove = false;
const moveMaps = async () => {
  mapsMove = true;
  await import("./map.js");
};

function offerToMove(map) {
  const frame = map.parentElement;
  if (mapsMove || frame.querySelector(".map-controls")) return;
  const bar = document.createElement("div");
  bar.className = "map-controls";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "+";
  button.title = map.dataset.labelZoomIn;
  button.setAttribute("aria-label", map.dataset.labelZoomIn);
  button.addEventListener("click", async () => {
    await moveMaps();
    frame.querySelector(".map-in")?.click();
    frame.querySelector(".map-in")?.focus();
  });
  bar.append(button);
  map.addEventListener("pointerenter", moveMaps, { once: true });
  map.addEventListener("touchstart", moveMaps, { once: true, passive: true });
  frame.append(bar);
}

const offerAllToMove = () => document.querySelectorAll("[data-map]").forEach(offerToMove);
offerAllToMove();
document.addEventListener("htmx:afterSwap", offerAllToMove);

await breathe();
// What a page names with data-later comes now, in its order.
for (const link of document.querySelectorAll("link[data-later]")) {
  const script = document.createElement("script");
  Object.assign(script, { src: link.href, type: link.rel === "modulepreload" ? "module" : "", async: false });
  document.head.append(script);
}
root.dataset.awake = "";
