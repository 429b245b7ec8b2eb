// Live count of words beside a text, counted as the server counts: see network/compute/words.py.

const ONE_EACH = /[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/gu;
const FOUR_A_WORD = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+/gu;
// Python's blanks, which differ from those of JavaScript in a few characters.
const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

export function countWords(text) {
  const single = text.match(ONE_EACH) ?? [];
  text = text.replace(ONE_EACH, " ");
  const dense = text.match(FOUR_A_WORD) ?? [];
  text = text.replace(FOUR_A_WORD, " ");
  const runs = text.split(BLANKS).filter((run) => LETTER_OR_DIGIT.test(run));
  const ofDense = dense.reduce((sum, part) => sum + Math.ceil([...part].length / 4), 0);
  return single.length + ofDense + runs.length;
}

function watch(area) {
  const shown = document.getElementById(area.dataset.count);
  const fewest = Number(area.dataset.fewest);
  const most = Number(area.dataset.most);
  const update = (event) => {
    const count = countWords(area.value);
    shown.querySelector("[data-number]").textContent = count.toLocaleString(document.documentElement.lang);
    // Who has not typed yet did nothing wrong, and who is still typing cannot have written too little.
    const isFew = event?.type === "change" && count > 0 && count < fewest;
    shown.classList.toggle("error", Boolean(event) && (count > most || isFew));
  };
  area.addEventListener("input", update);
  area.addEventListener("change", update);
  update();
}

document.querySelectorAll("[data-count]").forEach(watch);
