// Saves a form while it is written: two seconds after the last key, one request at a time, until the server has it.

const form = document.querySelector("form[data-autosave]");
const failed = form.querySelector("[data-failed]");
const waiting = form.querySelector("[data-waiting]");
const PAUSE = 2000;
const AGAIN = 15000;
let isDirty = false;
let isSending = false;
let timer;

// What stands in a box otherwise than the server has it; of a page that came back with something unsaved, every box.
const isWhole = !document.querySelector(".error-list");
const isChanged = (box) => {
  if (!isWhole) return true;
  if (box.options) return [...box.options].some((each) => each.selected !== each.defaultSelected);
  return box.type === "checkbox" ? box.checked !== box.defaultChecked : box.value !== box.defaultValue;
};
const opened = (box) => box.name.replace("answer_", "opened_");
const boxes = () => [...form.elements].filter((each) => each.name.startsWith("answer_"));
const leaveOutUnchanged = (sent) => {
  const changed = new Set(boxes().filter(isChanged).flatMap((box) => [box.name, opened(box)]));
  for (const name of [...sent.keys()]) {
    if (/^(answer|opened|comment)_/.test(name) && !changed.has(name)) sent.delete(name);
  }
};
const settle = (sent) => {
  for (const box of boxes().filter((each) => sent.has(opened(each)))) {
    const values = sent.getAll(box.name);
    for (const each of box.options ?? []) each.defaultSelected = values.includes(each.value);
    if (box.type === "checkbox") box.defaultChecked = values.includes(box.value);
    else if (!box.options) box.defaultValue = values[0];
  }
};

const saveIn = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (isDirty && !isSending) form.dispatchEvent(new Event("save"));
    if (isDirty) saveIn(PAUSE);
  }, pause);
};
const tell = (isFailed) => {
  failed.hidden = !isFailed;
  waiting.hidden = isFailed || !isDirty;
  document.getElementById("save-state").hidden = isFailed || isDirty;
};
// Who signed in again in another window has a new token, which this page asks for before it tries again.
const renewToken = async () => {
  const page = await fetch(location.href, { redirect: "error" }).then((answer) => answer.text());
  const token = new DOMParser().parseFromString(page, "text/html").querySelector("[name=csrfmiddlewaretoken]");
  if (token) form.elements.csrfmiddlewaretoken.value = token.value;
};
const fail = () => {
  isDirty = true;
  tell(true);
  saveIn(AGAIN);
};

form.addEventListener("input", (event) => {
  if (event.target.name?.startsWith("comment_")) return; // what is said to the team goes by its own button
  isDirty = true;
  tell(!failed.hidden);
  saveIn(PAUSE);
});
form.addEventListener("htmx:config:request", (event) => leaveOutUnchanged(event.detail.ctx.request.body));
form.addEventListener("htmx:before:request", () => {
  isSending = true;
  isDirty = false;
});
form.addEventListener("htmx:before:response", (event) => {
  const { request, response } = event.detail.ctx;
  if (response.headers.get("X-Saved")) {
    if (response.status === 200) settle(request.body);
    return;
  }
  event.preventDefault();
  fail();
});
form.addEventListener("htmx:error", fail);
form.addEventListener("htmx:finally:request", () => {
  isSending = false;
  if (!failed.hidden && isDirty) return;
  tell(false);
  if (isDirty) saveIn(PAUSE);
});
form.addEventListener("htmx:after:request", () => tell(false));
form.querySelector("[data-retry]").addEventListener("click", async () => {
  await renewToken().catch(() => {});
  isDirty = true;
  saveIn(0);
});
form.addEventListener("submit", () => {
  isDirty = false;
  clearTimeout(timer);
});
addEventListener("beforeunload", (event) => {
  if (isDirty || isSending) event.preventDefault();
});
