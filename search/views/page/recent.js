// Questions asked before, and copying.
Object.assign(clauselens, {
  // Questions asked before, in this browser's own storage; they are never sent.
  recent() {
    try {
      return JSON.parse(localStorage.getItem("clauselens.recent") ?? "[]").filter((text) => typeof text === "string");
    } catch {
      return [];
    }
  },

  keep(questions) {
    try {
      localStorage.setItem("clauselens.recent", JSON.stringify(questions));
    } catch {
      // A browser that stores nothing: there is nothing to recall, and nothing else depends on it.
    }
  },

  remember() {
    const shown = document.querySelector("#cl-answer [data-asked]");
    if (!shown) return;
    const { asked } = shown.dataset;
    clauselens.keep([asked, ...clauselens.recent().filter((text) => text !== asked)].slice(0, 12));
    if (shown.getBoundingClientRect().top < 0) window.scrollTo({ top: 0 });
    if (document.activeElement !== document.body) return;
    shown.tabIndex = -1; // what was clicked on is gone: the keyboard goes on at the answer
    shown.focus({ preventScroll: true });
  },

  recall(part) {
    const asked = clauselens.recent();
    const key = JSON.stringify(asked);
    if (part.dataset.filled === key) return;
    part.dataset.filled = key;
    part.hidden = asked.length === 0;
    part.querySelector("ul").replaceChildren(...asked.map((text) => {
      const item = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
      button.dataset.question = text;
      item.append(button);
      return item;
    }));
  },

  erase() {
    clauselens.keep([]);
    for (const part of document.querySelectorAll("[data-recent]")) clauselens.recall(part);
    document.querySelector("#cl-question textarea")?.focus();
  },

  async copy(button) {
    const text = button.parentElement.querySelector(".cl-copy").textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Over plain http to another machine there is no clipboard: the old way copies what is selected.
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.dataset.words ??= button.textContent;
    button.textContent = "已复制";
    setTimeout(() => (button.textContent = button.dataset.words), 2000);
  },
});
