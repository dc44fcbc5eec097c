"use strict";
// The page can be read without this. It lets the register be sorted, and the whole page be filtered.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const table = document.querySelector("table.sortable");
  if (!table) return;
  const heads = all("thead th", table);
  const body = table.tBodies[0];

  const sort = (column) => {
    const head = heads[column];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[column].dataset.key;
    const order = (one, other) => (one < other ? -1 : one > other ? 1 : 0) * (down ? -1 : 1);
    const rows = [...body.rows].sort((one, other) => {
      const [mine, yours] = [key(one), key(other)];
      if (!mine || !yours) return Boolean(yours) - Boolean(mine) && (mine ? -1 : 1); // what has no day stands last
      return order(mine, yours) || order(one.dataset.of, other.dataset.of) * (down ? -1 : 1);
    });
    body.append(...rows);
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sort;
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(column));
    head.append(button);
  });

  const [bar, text, state, reset, count] = ["filter", "text", "state", "reset", "count"].map((id) =>
    document.getElementById(id)
  );
  const folded = (words) => words.normalize("NFKC").toLowerCase();
  const rows = [...body.rows].map((row) => [row, folded(row.textContent)]);
  const parts = all("[data-of]");
  const months = all(".month");

  const filter = () => {
    const words = folded(text.value).split(/\s+/).filter(Boolean);
    const kept = new Set();
    for (const [row, found] of rows) {
      const fits = !state.value || row.dataset.state === state.value;
      if (fits && words.every((word) => found.includes(word))) kept.add(row.dataset.of);
    }
    for (const part of parts) part.hidden = !kept.has(part.dataset.of);
    for (const month of months) month.hidden = !month.querySelector("li:not([hidden])");
    count.textContent = count.dataset.text.replace("{count}", kept.size).replace("{all}", rows.length);
    reset.disabled = !text.value && !state.value;
  };

  text.addEventListener("input", filter);
  state.addEventListener("change", filter);
  reset.addEventListener("click", () => {
    text.value = state.value = "";
    filter();
    text.focus();
  });
  bar.hidden = false;
  filter();
})();
