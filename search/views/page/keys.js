// Keys: / to the line, Esc out of what is open, arrows from hit to hit, from tab to tab and to what was asked before,
// Enter to the next find.
clauselens.keys = {
  "/": (event, typing) => {
    const seen = (selector) => [...document.querySelectorAll(selector)].find((box) => box.offsetParent !== null);
    const box = typing ? undefined : seen(".cl-line textarea, .cl-line input") ?? seen("[data-find]");
    box?.focus();
    return box;
  },
  Enter: (event) => {
    if (event.target.matches("[data-find]")) clauselens.step(event.target, event.shiftKey ? -1 : 1);
    return event.target.matches("[data-find], .cl-judge input, .cl-feedback input");
  },
  Escape: (event, typing) => {
    const open = event.target.closest(".cl-judge form, details[open]");
    if (open?.matches("form")) open.querySelector("[data-judge=leave]").click();
    else if (event.target.matches("[role=listbox], [role=combobox]")) return false;
    else if (typing) clauselens.outOf(event.target);
    else if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (document.querySelector("#cl-source [data-back]")?.offsetParent) clauselens.back();
    return true;
  },
  ArrowDown: (event) => clauselens.before(event, -1) || clauselens.along(event, 1),
  ArrowUp: (event) => clauselens.before(event, 1) || clauselens.along(event, -1),
  ArrowRight: (event) => clauselens.aside(event, 1),
  ArrowLeft: (event) => clauselens.aside(event, -1),
};

// Out of a box the keyboard goes to the text searched, else to the tab: never nowhere.
clauselens.outOf = (box) => {
  const found = clauselens.places?.[clauselens.place]?.startContainer.parentElement.closest("section");
  const part = box.matches("[data-find]") && (found ?? box.closest(".cl-reader").querySelector(".cl-part"));
  (part || clauselens.tabButton(clauselens.tab()))?.focus({ preventScroll: true });
};

// Up in an empty line brings back the question before, and the one before that; down goes forward again.
clauselens.before = (event, by) => {
  const box = event.target;
  if (!box.matches("#cl-question textarea")) return false;
  const asked = clauselens.recent();
  const isRecalled = box.value !== "" && box.value === asked[clauselens.recalled];
  const at = (isRecalled ? clauselens.recalled : -1) + by;
  if ((box.value !== "" && !isRecalled) || at < -1 || at >= asked.length) return isRecalled;
  if (at === -1 && !isRecalled) return false;
  clauselens.recalled = at;
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  set.call(box, asked[at] ?? "");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.setSelectionRange(box.value.length, box.value.length);
  return true;
};

clauselens.along = (event, by) => {
  const links = [...document.querySelectorAll(".cl-card > header .cl-source")].filter((a) => a.offsetParent !== null);
  const card = event.target.closest(".cl-card");
  const at = links.findIndex((link) => link.closest(".cl-card") === card);
  const fromLine = event.target.closest(".cl-line") && by === 1;
  if (event.target.matches("input, textarea") && !fromLine) return false;
  if (!fromLine && (card === null || at < 0)) return false;
  const next = links[fromLine ? 0 : at + by];
  next?.focus();
  return next;
};

clauselens.aside = (event, by) => {
  if (!event.target.matches("#cl-tabs [role=tab]")) return false;
  const tabs = [...document.querySelectorAll("#cl-tabs [role=tab]")];
  const next = tabs[(tabs.indexOf(event.target) + by + tabs.length) % tabs.length];
  next.focus();
  next.click();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (clauselens.keys[event.key]?.(event, typing)) event.preventDefault();
});
