// Keys: / to the line, Esc out of what is open, arrows from hit to hit and from tab to tab, Enter to the next find.
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
    else if (typing) event.target.blur();
    else if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else if (document.querySelector("#cl-source [data-back]")?.offsetParent) clauselens.back();
    return true;
  },
  ArrowDown: (event) => clauselens.along(event, 1),
  ArrowUp: (event) => clauselens.along(event, -1),
  ArrowRight: (event) => clauselens.aside(event, 1),
  ArrowLeft: (event) => clauselens.aside(event, -1),
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
