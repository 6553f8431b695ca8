// The draft of a briefing, kept in this browser's own storage, as `search.views.keeping` writes it.
Object.assign(clauselens, {
  storedAs: "clauselens.draft",
  most: 200000, // characters; what is longer is none of ours

  // What is kept; "" for nothing, and for what cannot be ours.
  kept() {
    try {
      const text = localStorage.getItem(clauselens.storedAs) ?? "";
      return text.length <= clauselens.most ? text : "";
    } catch {
      return ""; // a browser that stores nothing
    }
  },

  // The draft as the server has it, after each edit; "" for one with nothing in it.
  keepDraft(text) {
    clauselens.draft = text;
    const typing = document.activeElement?.closest("#cl-draft [data-field]");
    if (!typing) return clauselens.store(text);
    const { field, key } = typing.dataset;
    clauselens.keepForm(field === "note" ? { notes: { [key]: typing.value } } : { [field]: typing.value });
  },

  store(text) {
    clauselens.isElsewhere = false;
    try {
      if (text) localStorage.setItem(clauselens.storedAs, text);
      else localStorage.removeItem(clauselens.storedAs);
    } catch {
      // A browser that stores nothing: the draft lasts as long as the page, and nothing else depends on it.
    }
  },

  // The draft with what stands in its form, or in a part of it; what is typed is sent only when its box is left.
  keepForm({ notes = {}, ...typed }) {
    const sent = clauselens.draft ? JSON.parse(clauselens.draft) : {};
    const draft = { title: "", front: "", entries: [], ...sent, ...typed };
    draft.entries = draft.entries.map((entry) => ({ ...entry, note: notes[entry.key] ?? entry.note }));
    clauselens.store(JSON.stringify(draft));
  },

  restore(trigger) {
    const draft = clauselens.kept();
    if (draft) trigger("restore", { draft });
  },

  // Erasing asks twice.
  isSure(button) {
    if (button.dataset.sure !== undefined) return true;
    button.dataset.sure = "";
    button.textContent = "真的清空？";
    return false;
  },
});

// Another window of this browser has changed the draft: what is kept is what was changed last.
addEventListener("storage", ({ key }) => {
  if (key !== clauselens.storedAs) return;
  clauselens.isElsewhere = true;
  for (const part of document.querySelectorAll("[data-elsewhere]")) part.hidden = false;
});
