// The page's own script. `wire` hands clicks in a view to Gradio; `reveal` brings the cited words into view.
"use strict";
document.documentElement.lang = navigator.language.startsWith("zh") ? "zh-CN" : "en";

window.clauselens = {
  // Views mark what can be clicked with data- attributes; none carries a handler of its own.
  wire(element, trigger) {
    element.addEventListener("click", (event) => {
      const target = event.target.closest(clauselens.wired);
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      clauselens.clicked(element, target, trigger);
    });
    element.addEventListener("change", (event) => {
      if (event.target.matches(".cl-draft [data-field]")) trigger("edit", { form: clauselens.form(element) });
    });
    element.addEventListener("input", (event) => {
      if (event.target.matches("[data-find]")) clauselens.find(event.target);
    });
    element.addEventListener("submit", (event) => event.preventDefault());
    new MutationObserver(() => clauselens.fill(element)).observe(element, { childList: true, subtree: true });
    clauselens.fill(element);
  },

  wired: ["clause", "question", "goto", "add", "act", "filter", "unfold", "like", "judge", "copy", "erase", "back", "step"]
    .map((name) => `[data-${name}]`).join(),

  clicked(element, target, trigger) {
    const { clause, mark, question, goto, add: kind, name, act, filter, unfold, like, judge, feedback } = target.dataset;
    if (clause !== undefined) clauselens.leave(() => trigger("open", { clause, mark }));
    else if (question !== undefined) trigger("pick", { question });
    else if (like !== undefined) trigger("like", { clause: like });
    else if (judge !== undefined) clauselens.judge(target, (form) => trigger("judge", { form }));
    else if (feedback !== undefined) clauselens.settle(target, (data) => trigger("settle", data));
    else if (kind !== undefined) trigger("bring", { kind, name });
    else if (act !== undefined) {
      const events = { preview: "preview", export: "export" };
      clauselens.act(element, target, (done, data) => trigger(events[done] ?? "edit", data));
    } else if (filter !== undefined) clauselens.filter(target);
    else if (unfold !== undefined) clauselens.unfold(target, unfold === "open");
    else if (target.matches("[data-copy]")) clauselens.copy(target);
    else if (target.matches("[data-erase]")) clauselens.erase();
    else if (target.matches("[data-back]")) clauselens.back();
    else if (target.matches("[data-step]")) clauselens.step(target, Number(target.dataset.step));
    else clauselens.show(document.getElementById(goto));
  },

  // What this browser alone knows is put into a view when it is shown.
  fill(element) {
    for (const part of element.querySelectorAll("[data-recent]")) clauselens.recall(part);
    const back = element.querySelector("[data-back]");
    if (back) back.hidden = clauselens.from === undefined;
  },

  busy(id, given) {
    document.getElementById(id)?.setAttribute("aria-busy", "true");
    return given;
  },

  idle() {
    for (const view of document.querySelectorAll("[aria-busy=true]")) view.removeAttribute("aria-busy");
  },
};
