// Keys for the page view; everything else works without a script.
(() => {
  const blocks = [...document.querySelectorAll(".block")];
  const cards = [...document.querySelectorAll(".numbered > .block:first-of-type")];
  // What a closed <details> holds has boxes in some browsers and none in others.
  const shown = (element) => element.getClientRects().length > 0 && !element.closest(".leaf:not([open])");
  const place = () => blocks.indexOf(document.activeElement && document.activeElement.closest(".block"));

  // One block at a time is in the order of the Tab key: the one that was looked at last.
  const look = (block) => {
    for (const other of blocks) other.tabIndex = -1;
    block.tabIndex = 0;
    block.focus({ preventScroll: true });
    block.scrollIntoView({ block: "center" });
  };
  const move = (among, step) => {
    const here = place();
    const visible = among.filter(shown);
    const next = step > 0
      ? visible.find((block) => blocks.indexOf(block) > here)
      : visible.reverse().find((block) => blocks.indexOf(block) < here);
    if (next) look(next);
  };
  const choose = (id) => { document.getElementById(id).checked = true; };
  const themes = ["theme-auto", "theme-light", "theme-dark"];
  const keys = {
    j: () => move(blocks, 1), k: () => move(blocks, -1),
    n: () => move(cards, 1), p: () => move(cards, -1),
    1: () => choose("show-all"), 2: () => choose("show-article"), 3: () => choose("show-promos"), 4: () => choose("show-chrome"),
    d: () => choose(themes[(themes.findIndex((id) => document.getElementById(id).checked) + 1) % themes.length]),
    Escape: () => document.activeElement && document.activeElement.blur(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const first of document.querySelectorAll(".page > .block:first-child, .page > .numbered:first-child > .block:first-of-type")) {
    first.tabIndex = 0;
  }
})();
