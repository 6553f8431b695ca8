// The page's own script. `wire` hands clicks in a view to Gradio; `reveal` brings the cited words into view.
"use strict";
document.documentElement.lang = "zh-CN";

window.clauselens = {
  // Views mark what can be clicked with data- attributes; none carries a handler of its own.
  wire(element, trigger, [open, pick, bring, edit, preview, exported]) {
    const events = { preview, export: exported };
    const wired = "[data-clause], [data-question], [data-goto], [data-add], [data-act], [data-filter], [data-unfold]";
    element.addEventListener("click", (event) => {
      const target = event.target.closest(wired);
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const { clause, mark, question, goto, add: kind, name, act, filter, unfold } = target.dataset;
      if (clause !== undefined) trigger(open, { clause, mark });
      else if (question !== undefined) trigger(pick, { question });
      else if (kind !== undefined) trigger(bring, { kind, name });
      else if (act !== undefined) clauselens.act(element, target, (done, data) => trigger(events[done] ?? edit, data));
      else if (filter !== undefined) clauselens.filter(target);
      else if (unfold !== undefined) clauselens.unfold(target, unfold === "open");
      else clauselens.show(document.getElementById(goto));
    });
    element.addEventListener("change", (event) => {
      if (event.target.matches("[data-field]")) trigger(edit, { form: clauselens.form(element) });
    });
  },

  // What stands in the form of a briefing; every button sends all of it, so that nothing typed is lost.
  form(element) {
    const text = (name) => element.querySelector(`[data-field="${name}"]`).value;
    const notes = [...element.querySelectorAll('[data-field="note"]')].map((note) => [note.dataset.key, note.value]);
    return { title: text("title"), front: text("front"), notes: Object.fromEntries(notes) };
  },

  act(element, button, trigger) {
    if (button.getAttribute("aria-disabled") === "true") return;
    const { act, key, kind } = button.dataset;
    trigger(act, { form: { ...clauselens.form(element), act, key, kind } });
  },

  // The keyboard stays with the entry that was moved, or where one was dropped.
  follow() {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const { follow, key } = document.querySelector("#cl-draft .cl-draft").dataset;
      if (follow === undefined) return;
      const buttons = [...document.querySelectorAll(`#cl-draft [data-act="${follow}"]`)];
      const next = buttons.find((button) => button.dataset.key === key);
      (next ?? document.querySelector("#cl-add-topic textarea"))?.focus();
    }));
  },

  busy(id, given) {
    document.getElementById(id)?.setAttribute("aria-busy", "true");
    return given;
  },

  idle() {
    for (const view of document.querySelectorAll("[aria-busy=true]")) view.removeAttribute("aria-busy");
  },

  // Only points with one of the labels pressed stay; with none pressed, all do.
  filter(button) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    const view = button.closest("[data-filters]");
    const wanted = [...view.querySelectorAll("[data-filter][aria-pressed=true]")].map((b) => b.dataset.filter);
    const points = [...view.querySelectorAll(".cl-point")];
    for (const point of points) {
      point.hidden = wanted.length > 0 && !wanted.some((label) => point.dataset.labels.split(" ").includes(label));
    }
    for (const part of view.querySelectorAll(".cl-matter, .cl-chapter-compared")) {
      part.hidden = !part.querySelector(".cl-point:not([hidden])");
    }
    const left = points.filter((point) => !point.hidden).length;
    view.querySelector(".cl-filtered").textContent = wanted.length ? `${points.length} 点中的 ${left} 点` : "";
  },

  unfold(button, isOpen) {
    for (const part of button.closest("[data-filters]").querySelectorAll(".cl-matter")) part.open = isOpen;
  },

  // A file comes as text in the answer to who asked for it; nothing of it is left on the server.
  save(text) {
    if (!text) return;
    const { name, type, data } = JSON.parse(text);
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
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
