// The address is that of what is seen, and Back leads to what was seen before. It is put together here and sent nowhere.
Object.assign(clauselens, {
  // In each tab, the link of what it shows.
  links: {
    ask: "#cl-answer .cl-here",
    search: "#cl-found .cl-here",
    compare: "#cl-compared .cl-here",
    source: "#cl-source .cl-here",
  },
  longest: 8000, // characters of an address; servers refuse to open longer ones
  life: String(Math.random()), // tells the entries of this page from those made before it was loaded anew
  entries: new Map(), // by number of entry: how far down it was, and what had the keyboard
  at: history.state?.at ?? 0,
  // Until it is shown, what the address asks for is not taken out of it.
  isArriving: ["q", "find", "like", "compare", "clause"].some((name) => new URLSearchParams(location.search).has(name)),

  tabButton(id) {
    return [...document.querySelectorAll("#cl-tabs [role=tab]")].find((button) => button.dataset.tabId === id);
  },

  tab() {
    return document.querySelector("#cl-tabs [role=tab][aria-selected=true]")?.dataset.tabId;
  },

  // The path with the query of what is seen, in the words of the browser; "" where the tab shows nothing of its own.
  linked(tab) {
    const link = document.querySelector(clauselens.links[tab])?.getAttribute("href");
    if (!link || link.length > clauselens.longest) return "";
    const { pathname, search } = new URL(link, location.origin + location.pathname);
    return pathname + search;
  },

  address(tab) {
    const linked = clauselens.linked(tab);
    if (linked) return linked;
    const first = tab === "source" && document.querySelector("#cl-source .cl-part")?.id.replace("clause-", "");
    if (first) return clauselens.path({ clause: first });
    return location.pathname + (tab === "ask" ? "" : `#${tab}`);
  },

  path(query) {
    return `${location.pathname}?${new URLSearchParams(query).toString().replaceAll("%2F", "/")}`;
  },

  // Called whenever a tab is chosen or what a view shows changes.
  sync() {
    const tab = clauselens.tab();
    if (tab === undefined || (clauselens.isArriving && !clauselens.linked(tab))) return;
    clauselens.isArriving = false;
    if (!clauselens.hasBegun) clauselens.begin();
    const { going } = clauselens;
    if (going && (going.tab !== tab || (going.address && going.address !== clauselens.address(tab)))) return;
    clauselens.note(tab, clauselens.address(tab));
    if (going) clauselens.goOn();
  },

  // An address may name a tab alone: `#brief`.
  begin() {
    clauselens.hasBegun = true;
    const tab = location.hash.slice(1);
    const button = clauselens.tabButton(tab);
    if (!button) return;
    clauselens.going = { tab };
    button.click();
  },

  // Another tab, or another text opened from a text, is a new entry; else the entry is brought up to date.
  note(tab, address) {
    const { state } = history;
    const isOurs = state?.life === clauselens.life;
    const is = location.pathname + location.search + location.hash;
    const isNew = isOurs && (state.tab !== tab || (clauselens.isOpening && is !== address));
    if (isOurs && !isNew && is === address) return;
    let { from } = state ?? {};
    if (isNew) {
      clauselens.entries.set(clauselens.at, clauselens.leaving);
      from = state.tab === "source" ? state.from : state.at;
      clauselens.at += 1;
      clauselens.isOpening = false;
    }
    const entry = { at: clauselens.at, tab, life: clauselens.life, ...(tab === "source" ? { from } : {}) };
    history[isNew ? "pushState" : "replaceState"](entry, "", address);
    const back = document.querySelector("#cl-source [data-back]");
    if (back) back.hidden = entry.from === undefined;
  },

  popped({ state }) {
    clauselens.entries.set(clauselens.at, { top: window.scrollY, focus: document.activeElement });
    if (!state?.tab) return void (clauselens.hasBegun = false, clauselens.sync()); // somebody wrote an address by hand
    // Made before the page was loaded anew: nothing of it is left but its address.
    if (state.life !== clauselens.life && location.search && !clauselens.linked(state.tab)) return location.reload();
    clauselens.at = state.at;
    history.replaceState({ ...state, life: clauselens.life }, "");
    const address = state.tab === "source" ? location.pathname + location.search : "";
    clauselens.going = { tab: state.tab, address };
    const isElsewhere = address && address !== clauselens.address("source");
    clauselens.tabButton(state.tab)?.click();
    if (isElsewhere) {
      const query = new URLSearchParams(location.search);
      clauselens.open?.({ clause: query.get("clause") ?? "", mark: query.get("mark") ?? "" });
    }
    clauselens.sync();
  },

  // As far down as it was, the keyboard at the link that was followed.
  goOn(frames = 30) {
    const { going } = clauselens;
    clauselens.going = undefined;
    const place = clauselens.entries.get(clauselens.at);
    if (!place) return;
    const isSeen = place.focus?.isConnected && place.focus.getClientRects().length > 0;
    const isTab = place.focus?.matches?.("[role=tab], body");
    const focus = isSeen && !isTab ? place.focus : clauselens.tabButton(going.tab);
    const step = () => {
      window.scrollTo({ top: place.top, behavior: "instant" });
      if (document.activeElement !== focus) focus?.focus({ preventScroll: true });
      frames -= 1;
      if (frames > 0 && Math.abs(window.scrollY - place.top) > 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(() => requestAnimationFrame(step));
  },

  leave(open) {
    clauselens.isOpening = clauselens.tab() === "source";
    open();
  },

  back() {
    const { from, at } = history.state ?? {};
    if (from !== undefined) history.go(from - at);
  },

  // Gradio adds the page's query to the address of every request: who keeps those would learn what is read.
  bare(what) {
    if (clauselens.isArriving || (typeof what !== "string" && !(what instanceof URL))) return what;
    const url = new URL(what, document.baseURI);
    if (!url.pathname.endsWith("/queue/join")) return what;
    url.search = "";
    return url.href;
  },
});

clauselens.fetch = window.fetch.bind(window);
window.fetch = (what, how) => clauselens.fetch(clauselens.bare(what), how);
history.scrollRestoration = "manual";
addEventListener("popstate", clauselens.popped);
for (const act of ["pointerdown", "keydown"]) {
  addEventListener(act, () => Object.assign(clauselens, { isArriving: false, going: undefined }), { capture: true });
}
addEventListener("click", ({ target }) => {
  const focus = target.closest?.("a, button, summary, input, textarea") ?? document.activeElement;
  clauselens.leaving = { top: window.scrollY, focus };
}, { capture: true });
new MutationObserver(clauselens.sync)
  .observe(document.documentElement, { subtree: true, attributeFilter: ["aria-selected"] });
