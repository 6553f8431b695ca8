// The page's own words in English.
Object.assign(clauselens, {
  // In a browser that is not Chinese, the page's own words are English. Quotes, questions and names stay as they are.
  speak(words) {
    if (document.documentElement.lang !== "en") return;
    const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    clauselens.words = new Map(Object.entries(words).filter(([said]) => !said.includes("{}")));
    clauselens.patterns = Object.entries(words).filter(([said]) => said.includes("{}")).map(([said, meant]) => [
      new RegExp(`^${said.split("{}").map(literal).join("(\\d+)")}$`), meant,
    ]);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.nodeType === 1) clauselens.translate(node);
      }
    }).observe(document.documentElement, { childList: true, subtree: true });
  },

  english(text) {
    const said = text.trim();
    if (clauselens.words.has(said)) return text.replace(said, clauselens.words.get(said));
    for (const [pattern, meant] of clauselens.patterns) {
      const found = said.match(pattern);
      if (found) return found.slice(1).reduce((left, number) => left.replace("{}", number), meant);
    }
    return text;
  },

  translate(element) {
    const kept = ".cl-clause, .cl-text p, .cl-text h2, .cl-text h3, .cl-quote p, .cl-copy, .cl-decisive, .cl-title, .cl-said,"
      + " .cl-outline li, .cl-headline strong, .cl-redline, .cl-name, .cl-scope, .cl-trail, .cl-matter-title, bdi, mark, blockquote, textarea, script, style";
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(kept) || !node.data.trim()) continue;
      const meant = clauselens.english(node.data);
      if (meant !== node.data) node.data = meant;
    }
    for (const part of element.querySelectorAll("[aria-label], [placeholder], [title]")) {
      for (const name of ["aria-label", "placeholder", "title"]) {
        const said = part.getAttribute(name);
        if (said) part.setAttribute(name, said.split("：").map((piece) => clauselens.english(piece)).join(": "));
      }
    }
  },
});
