// A briefing in the making.
Object.assign(clauselens, {
  // What stands in the form of a briefing; every button sends all of it, so that nothing typed is lost.
  form(element) {
    const text = (name) => element.querySelector(`[data-field="${name}"]`).value;
    const notes = [...element.querySelectorAll('[data-field="note"]')].map((note) => [note.dataset.key, note.value]);
    return { title: text("title"), front: text("front"), notes: Object.fromEntries(notes) };
  },

  act(element, button, trigger) {
    if (button.getAttribute("aria-disabled") === "true") return;
    const { act, key, kind } = button.dataset;
    if (act === "erase" && !clauselens.isSure(button)) return;
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
});
