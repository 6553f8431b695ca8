// The page's own script. `wire` hands clicks in a view to Gradio; `reveal` brings the cited words into view.
"use strict";
document.documentElement.lang = navigator.language.startsWith("zh") ? "zh-CN" : "en";

window.clauselens = {
  // Views mark what can be clicked with data- attributes; none carries a handler of its own.
  wire(element, trigger) {
    if (element.closest("#cl-answer")) clauselens.open = (place) => trigger("open", place);
    if (element.closest("#cl-banner")) clauselens.restore(trigger);
    element.addEventListener("click", (event) => {
      const target = event.target.closest(clauselens.wired);
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      clauselens.clicked(element, target, trigger);
    });
    element.addEventListener("change", (event) => {
      if (event.target.matches(".cl-draft [data-field]")) trigger("edit", { form: clauselens.form(element) });
      else if (event.target.matches(".cl-judge [data-field]")) clauselens.either(event.target);
    });
    element.addEventListener("input", (event) => {
      if (event.target.matches(".cl-draft [data-field]")) clauselens.keepForm(clauselens.form(element));
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
    else if (question !== undefined) {
      trigger("pick", { question, doc: target.dataset.doc ?? "", alone: target.dataset.alone !== undefined });
    }
    else if (like !== undefined) trigger("like", { clause: like });
    else if (judge !== undefined) clauselens.judge(target, (form) => trigger("judge", { form }));
    else if (feedback !== undefined) clauselens.settle(target, (data) => trigger("settle", data));
    else if (kind !== undefined) trigger("bring", { kind, name });
    else if (act !== undefined) {
      const events = { preview: "preview", export: "export", erase: "erase" };
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
    if (back) back.hidden = history.state?.from === undefined;
    for (const part of element.querySelectorAll("[data-elsewhere]")) part.hidden = !clauselens.isElsewhere;
    clauselens.sync();
  },

  busy(id, given) {
    document.getElementById(id)?.setAttribute("aria-busy", "true");
    return given;
  },

  idle() {
    for (const view of document.querySelectorAll("[aria-busy=true]")) view.removeAttribute("aria-busy");
  },
};
