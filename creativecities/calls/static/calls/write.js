// Saves a section while it is written: two seconds after the last key, one request at a time, until the server has it.

const form = document.querySelector("form[data-autosave]");
const failed = form.querySelector("[data-failed]");
const waiting = form.querySelector("[data-waiting]");
const PAUSE = 2000;
const AGAIN = 15000;
let isDirty = false;
let isSending = false;
let timer;

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
form.addEventListener("htmx:before:request", () => {
  isSending = true;
  isDirty = false;
});
form.addEventListener("htmx:before:response", (event) => {
  if (event.detail.ctx.response.headers.get("X-Saved")) return;
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
