"use strict";
(() => {
  const form = document.getElementById("filters");
  const body = document.querySelector("#rows tbody");
  const rows = [...body.rows].map((row) => ({ row, text: row.textContent.toLowerCase(), ...row.dataset }));
  const last = rows.length + 1000;
  const orders = {
    place: (each) => Number(each.place),
    gravity: (each) => Number(each.gravity),
    rank: (each) => (each.none ? last : each.rank ? -Number(each.rank) : -last),
    low: (each) => Number(each.confidence || 2),
    high: (each) => -Number(each.confidence || -1),
  };

  function show() {
    const type = form.elements.type.value;
    const verdict = form.elements.verdict.value;
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of rows) {
      const fits =
        (!type || each.type === type) &&
        (!verdict || (verdict === "!right" ? each.verdict !== "right" : each.verdict === verdict)) &&
        words.every((word) => each.text.includes(word));
      each.row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    form.elements.count.value = `${shown} / ${rows.length} 问`;
    document.getElementById("nothing").hidden = shown > 0;
  }

  function sort() {
    const order = orders[form.elements.sort.value];
    const sorted = [...rows].sort((a, b) => order(a) - order(b) || Number(a.place) - Number(b.place));
    body.append(...sorted.map((each) => each.row));
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.elements.sort.addEventListener("change", sort);
  for (const link of document.querySelectorAll(".tally a")) {
    link.addEventListener("click", () => {
      form.elements.verdict.value = link.dataset.verdict;
      form.elements.type.value = "";
      form.elements.text.value = "";
      show();
    });
  }
  sort();
  show();
})();
