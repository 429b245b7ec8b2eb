// Sessions are dragged into another room or hour; Alt with an arrow key does the same. Both send the form “Move a session”.

const form = document.querySelector("form[data-move]");
const option = (slug) => [...form.elements.session.options].find((each) => each.value.startsWith(`${slug}.`));
const move = (slug, cell) => {
  form.elements.session.value = option(slug).value;
  form.elements.room.value = cell.dataset.room;
  form.elements.starts_at.value = cell.dataset.at;
  form.requestSubmit();
};

if (form) {
  document.addEventListener("dragstart", (event) => {
    const slug = event.target.closest?.("[data-session]")?.dataset.session;
    if (slug) event.dataTransfer.setData("text/x-session", slug);
  });
  for (const cell of document.querySelectorAll("td[data-at]")) {
    const show = (isOver) => cell.classList.toggle("is-over", isOver);
    cell.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("text/x-session")) return;
      event.preventDefault();
      show(true);
    });
    cell.addEventListener("dragleave", () => show(false));
    cell.addEventListener("drop", (event) => {
      event.preventDefault();
      show(false);
      move(event.dataTransfer.getData("text/x-session"), cell);
    });
  }
  const forward = document.dir === "rtl" ? -1 : 1;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -forward], ArrowRight: [0, forward] };
  document.addEventListener("keydown", (event) => {
    const block = event.target.closest?.("td [data-session]");
    const step = event.altKey && block && steps[event.key];
    if (!step) return;
    event.preventDefault(); // Alt with an arrow would turn back a page
    const here = block.closest("td");
    const row = here.closest("tbody").rows[here.parentElement.sectionRowIndex + step[0]];
    const cell = row?.cells[here.cellIndex + step[1]];
    if (cell?.dataset.at) move(block.dataset.session, cell);
  });
  // After a move the session has the focus again, so that one can go on.
  if (location.hash.startsWith("#s-")) document.getElementById(location.hash.slice(1))?.focus();
}
