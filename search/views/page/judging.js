// What a person says of an answer, and what becomes of it.
Object.assign(clauselens, {
  // The form below an answer: unfolded by "not right", sent whole.
  judge(button, send) {
    const part = button.closest(".cl-judge");
    const form = part.querySelector("form");
    const kind = button.dataset.judge;
    const boxes = () => [...form.querySelectorAll('[data-field="picked"]')];
    if (kind === "wrong" || kind === "leave") {
      form.hidden = kind === "leave";
      part.querySelector("[data-judge=wrong]").setAttribute("aria-expanded", String(!form.hidden));
      (form.hidden ? part.querySelector("[data-judge=wrong]") : form.querySelector("input")).focus();
    } else if (kind === "send") {
      const field = (name) => form.querySelector(`[data-field="${name}"]`);
      const picked = boxes().filter((box) => box.checked).map((box) => box.value);
      send({
        verdict: "wrong", picked, typed: field("typed").value, unruled: field("unruled").checked, note: field("note").value,
      });
    } else send({ verdict: kind });
  },

  // That no text rules on it, and a clause that does, are not ticked together.
  either(box) {
    const form = box.closest(".cl-judge form");
    if (!form || !box.checked) return;
    const others = box.dataset.field === "unruled" ? "picked" : "unruled";
    form.querySelectorAll(`[data-field="${others}"]`).forEach((other) => { other.checked = false; });
  },

  // Where it is not known which clause is meant, accepting asks for it first; deleting asks twice.
  settle(button, send) {
    const { feedback, act } = button.dataset;
    const asked = button.parentElement.querySelector("input");
    if (button.matches("[data-needs-clause]") && !asked?.value.trim()) {
      if (!asked) {
        const line = Object.assign(document.createElement("input"), { type: "text", placeholder: "哪一条？写名称或编号" });
        line.setAttribute("aria-label", "哪一条？写名称或编号");
        button.before(line);
        line.focus();
      } else asked.focus();
    } else if (act === "forget" && !button.matches("[data-sure]")) {
      button.dataset.sure = "";
      button.textContent = "真的删去？";
    } else send({ feedback, act, clauses: asked?.value ?? "" });
  },
});
