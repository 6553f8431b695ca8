// A text read: the words cited, and a search within it.
Object.assign(clauselens, {
  // A search within the text that is read: marked without touching it, where the browser can.
  find(box) {
    const places = [];
    const words = box.value.trim();
    const text = box.closest(".cl-reader").querySelector(".cl-text");
    for (const paragraph of words ? text.querySelectorAll("p, h3") : []) {
      const nodes = [];
      const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode);
      const whole = nodes.map((node) => node.data).join("");
      for (let at = whole.indexOf(words); at >= 0; at = whole.indexOf(words, at + words.length)) {
        places.push(clauselens.range(nodes, at, at + words.length));
      }
    }
    clauselens.places = places;
    clauselens.place = -1;
    if (window.CSS?.highlights) CSS.highlights.set("cl-found", new Highlight(...places));
    clauselens.step(box, 1);
  },

  range(nodes, start, end) {
    const range = new Range();
    let at = 0;
    for (const node of nodes) {
      if (start >= at && start < at + node.length) range.setStart(node, start - at);
      if (end > at && end <= at + node.length) range.setEnd(node, end - at);
      at += node.length;
    }
    return range;
  },

  step(control, by) {
    const { places = [] } = clauselens;
    const count = control.parentElement.querySelector("output");
    const words = control.parentElement.querySelector("input").value.trim();
    if (places.length === 0) {
      count.textContent = words ? "没有" : "";
      window.CSS?.highlights?.delete("cl-here");
      return;
    }
    clauselens.place = (clauselens.place + by + places.length) % places.length;
    const range = places[clauselens.place];
    count.textContent = `${clauselens.place + 1}/${places.length}`;
    if (window.CSS?.highlights) CSS.highlights.set("cl-here", new Highlight(range));
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
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
});
