// Texts compared.
Object.assign(clauselens, {
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
});
