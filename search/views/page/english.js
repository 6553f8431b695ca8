// The page's own words in English, for a browser that is not Chinese. What the texts and people say stays as it is.
Object.assign(clauselens, {
  // What stands in these is a text's own words, a name or somebody's question; it is marked as Chinese for those who
  // have the page read to them. Elsewhere views mark it themselves, by <bdi> or lang="zh-CN".
  theirs: "bdi, mark, textarea, script, style, .cl-name:not(.cl-feedback-list *), .cl-title, .cl-trail, .cl-decisive,"
    + " .cl-quote p, .cl-clause p, .cl-headline strong, .cl-says h3, .cl-hit h3, .cl-own p, .cl-copy, .cl-earlier ul,"
    + " .cl-held, .cl-examples, .cl-outline ol, .cl-text h2, .cl-text h3, .cl-text p, .cl-said, .cl-reason,"
    + " .cl-redline p, .cl-points .cl-source, .cl-matter-title, .cl-facts a, .cl-missing a, .cl-holding h3,"
    + " .cl-feedback-list dd a, .cl-summary, .cl-briefing .cl-chapter, .cl-texts li, .cl-scope label > span,"
    + " .cl-scope .token, #cl-tabs [role=option]",
  ours: ".cl-trial, .cl-texts small",
  // Here what the page says stands among what somebody wrote.
  mixed: ".cl-briefing > p:not(.cl-notice), .cl-section > p:not([class])",
  // A name of these is a text's words alone.
  named: ".cl-part, .cl-points, .cl-points th, #cl-tabs [role=option]",
  // Here the English stands beside the Chinese, which reasons and files use.
  beside: ".cl-banner h1, .cl-chip",
  han: /\p{Script=Han}/u,

  speak(words) {
    if (document.documentElement.lang !== "en") return;
    const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const templates = Object.entries(words).filter(([said]) => said.includes("{}"))
      .sort(([one], [other]) => other.length - one.length);
    // What is put in is short at first, lest a template takes in more than its own sentence.
    const whole = (said, some) => new RegExp(`^${said.split("{}").map(literal).join(`(${some})`)}$`, "su");
    const tiers = ["[^；。、（）“”]+?", "[^；。]+?", ".+?"];
    clauselens.templates = tiers.map((some) => templates.map(([said, meant]) => [whole(said, some), meant]));
    clauselens.words = new Map(Object.entries(words));
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes, attributeName } of changes) {
        // Gradio brings a view up to date part by part, and takes away what it does not know of.
        if (attributeName === "lang") target.lang || clauselens.translate(target);
        else if (type === "attributes") clauselens.name(target);
        else for (const node of type === "childList" ? addedNodes : [target]) clauselens.translate(node);
      }
    }).observe(document.documentElement, {
      childList: true, subtree: true, characterData: true, attributeFilter: ["aria-label", "placeholder", "title", "lang"],
    });
  },

  // The pieces of the English, [words, whether they are the texts' own]; undefined for what the page does not say.
  english(said) {
    const whole = clauselens.meant(said, 2);
    if (whole) return whole;
    const sentences = said.split(/(?<=[。；])(?![”）])|\n+/u).filter((sentence) => sentence.trim());
    if (sentences.length > 1) {
      const found = sentences.map((sentence) => clauselens.english(sentence.trim()));
      const all = found.includes(undefined) ? clauselens.meant(said, 3) : undefined;
      if (all || found.every((pieces) => pieces === undefined)) return all;
      return found.flatMap((pieces, at) => [[at ? " " : "", false], ...pieces ?? [[sentences[at], false]]]);
    }
    const [, body, stop] = said.match(/^(.*?)([。；：、]?)$/su);
    const short = stop && clauselens.meant(body, 2);
    if (short) return [...short, [{ "。": ".", "；": ";", "：": ":", "、": "," }[stop], false]];
    return clauselens.meant(said, 3);
  },

  meant(said, tiers) {
    const word = clauselens.words.get(said);
    if (word !== undefined) return [[word, false]];
    for (const [template, meant] of clauselens.templates.slice(0, tiers).flat()) {
      const found = said.match(template);
      if (found) return meant.split("{}").flatMap((words, at) => [[at ? found[at] : "", true], [words, false]]);
    }
    return undefined;
  },

  isTheirs(element) {
    const nearest = element.closest(`${clauselens.theirs}, [lang]`);
    if (nearest.matches(clauselens.theirs)) nearest.lang = "zh-CN";
    return nearest.lang === "zh-CN";
  },

  translate(node) {
    if (node.nodeType === Node.TEXT_NODE) clauselens.say(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const each = (parts) => [node, ...node.querySelectorAll(parts)].filter((part) => part.matches(parts));
    for (const part of each(clauselens.ours)) part.lang = "en";
    for (const part of each(clauselens.theirs)) if (clauselens.han.test(part.textContent)) part.lang = "zh-CN";
    for (const part of each(clauselens.mixed)) if (!clauselens.english(part.textContent)) part.lang = "zh-CN";
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.forEach(clauselens.say);
    each("[aria-label], [placeholder], [title]").forEach(clauselens.name);
  },

  say(text) {
    const parent = text.parentElement;
    if (!parent || !clauselens.han.test(text.data) || clauselens.isTheirs(parent)) return;
    const [, before, said, after] = text.data.match(/^(\s*)(.*?)(\s*)$/su);
    const english = clauselens.english(said);
    if (!english) return;
    const pieces = parent.closest(clauselens.beside) ? [[said, true], [" ", false], ...english] : english;
    const nodes = pieces.map(([words, isTheirs]) => {
      if (!isTheirs || !clauselens.han.test(words)) return words;
      return Object.assign(document.createElement("span"), { lang: "zh-CN", textContent: words });
    });
    if (nodes.every((node) => typeof node === "string")) text.data = before + nodes.join("") + after;
    else text.replaceWith(before, ...nodes, after);
  },

  // What a part is called for those who have the page read to them, where that is not what it shows.
  name(part) {
    for (const attribute of ["aria-label", "placeholder", "title"]) {
      const said = part.getAttribute(attribute);
      if (!said || !clauselens.han.test(said)) continue;
      const pieces = clauselens.english(said) ?? [[said, part.matches(clauselens.named)]];
      const words = pieces.map(([each]) => each).join("");
      if (words !== said) part.setAttribute(attribute, words);
      if (pieces.some(([each, isTheirs]) => isTheirs && clauselens.han.test(each))) clauselens.foreign(part);
    }
  },

  // Chinese is in the part's own name; what it holds is English unless it says otherwise.
  foreign(part) {
    part.lang = "zh-CN";
    for (const child of part.children) {
      if (!child.matches(clauselens.theirs)) child.lang ||= "en";
    }
  },
});
