// The page's own script. `wire` hands clicks in a view to Gradio; `reveal` brings the cited words into view.
"use strict";
document.documentElement.lang = "zh-CN";

window.clauselens = {
  // Views mark what can be clicked with data- attributes; none carries a handler of its own.
  wire(element, trigger, [open, pick]) {
    element.addEventListener("click", (event) => {
      const target = event.target.closest("[data-clause], [data-question], [data-goto]");
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const { clause, mark, question, goto } = target.dataset;
      if (clause !== undefined) trigger(open, { clause, mark });
      else if (question !== undefined) trigger(pick, { question });
      else clauselens.show(document.getElementById(goto));
    });
  },

  show(place) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const part = place.closest("section");
    part.focus({ preventScroll: true });
    place.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: place.matches("mark") ? "center" : "start" });
  },

  // A tab's content is mounted some frames after it is chosen.
  reveal(frames = 120) {
    const place =
      document.querySelector("#cl-source .cl-cited mark") || document.querySelector("#cl-source .cl-cited");
    if (place && place.offsetParent !== null) clauselens.show(place);
    else if (frames > 0) requestAnimationFrame(() => clauselens.reveal(frames - 1));
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = [...document.querySelectorAll(".cl-line textarea, .cl-line input")].find((b) => b.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
});
