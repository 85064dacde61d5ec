// Completes numbers, names, standards and words for goods while somebody types, in the browser's own list of suggestions.
// Without this script the box works as it does.

/** Letters from which on there is something to complete. */
const MIN_LETTERS = 2;
/** How long a pause ends a word, in milliseconds. */
const PAUSE = 250;

for (const box of document.querySelectorAll("input[type=search][name=q]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-suggestions`;
  box.after(list);
  box.setAttribute("list", list.id);
  let waiting;
  let asked = new AbortController();
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    waiting = setTimeout(() => suggest(box, list, signal), PAUSE);
  });
}

async function suggest(box, list, signal) {
  const typed = box.value.trim();
  if (typed.length < MIN_LETTERS) return list.replaceChildren();
  try {
    const answer = await fetch(`/v1/suggest?${new URLSearchParams({ q: typed })}`, { signal });
    const { items } = answer.ok ? await answer.json() : { items: [] };
    list.replaceChildren(...items.map(({ text }) => new Option(text, text)));
  } catch {
    // A line that is gone suggests nothing.
  }
}
