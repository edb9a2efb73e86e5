// What can be measured on a page. Every function answers with its faults, in words.
window.eyes = (() => {
  const PRESSED = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const NEAREST = 12; // px between two targets
  const SLACK = 0.5; // px that rounding may take
  const RING = 3; // px, and its contrast to what lies behind it

  const styleOf = (each, pseudo) => getComputedStyle(each, pseudo);
  const words = (each) =>
    (each.innerText || each.labels?.[0]?.innerText || each.id || each.className || "").trim();
  const called = (each) =>
    `${each.tagName.toLowerCase()} “${words(each).replace(/\s+/g, " ").slice(0, 60)}”`;
  const isHidden = (each) => each.closest(".vh, [aria-hidden=true]") !== null;
  const pressed = () =>
    [...document.querySelectorAll(PRESSED)].filter((each) => each.checkVisibility());
  const round = (number) => Math.round(number * 10) / 10;

  // ---- axe ----

  const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const MORE = ["target-size", "color-contrast-enhanced", "label-content-name-mismatch"];
  const COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"];
  const PLACES = ["target-size", "scrollable-region-focusable"];

  // What axe can't decide is a fault too: then nobody has to remember to look.
  const ran = async (options, where = document) => {
    const found = await axe.run(where, {
      ...options, resultTypes: ["violations", "incomplete"],
    });
    return [...found.violations, ...found.incomplete].flatMap(({ id, nodes }) =>
      nodes.map((each) => `${id}: ${each.target} ${each.failureSummary.split("\n").at(-1).trim()}`)
    );
  };
  const everyRule = () =>
    ran({
      runOnly: { type: "tag", values: TAGS },
      rules: {
        ...Object.fromEntries(MORE.map((rule) => [rule, { enabled: true }])),
        // It asks for a file of captions; ours come to a panel, as they are spoken or typed.
        "video-caption": { enabled: false },
      },
    });
  const places = () => ran({ runOnly: { type: "rule", values: PLACES } });

  // Everything that has words or is pressed, by all that styles it and what it stands in: what was
  // drawn on another page looks here as it does there, in every colour.
  const STYLES = /^(class|style|type|open|disabled|hidden|data-.+|aria-(?!label|described|controls).+)$/;
  const ID = /[0-9a-f]+-[0-9a-f-]+/g;
  let drawings = new Map(); // everything, by the way in which it is drawn
  let fresh = []; // what is drawn in a way that no page had before
  const waysDrawn = () => {
    const paths = new Map([[document.documentElement, ""]]);
    const pathOf = (each) => {
      if (!paths.has(each)) {
        const styles = [...each.attributes].filter(({ name }) => STYLES.test(name));
        const own = [each.tagName, each.checked, ...styles.map(({ name, value }) => `${name}=${value}`)];
        paths.set(each, `${pathOf(each.parentElement)} > ${own.join(" ").replace(ID, "*")}`);
      }
      return paths.get(each);
    };
    drawings = Map.groupBy(
      [...document.body.querySelectorAll("*")].filter((each) =>
        each.checkVisibility() &&
        (each.matches(PRESSED) || [...each.childNodes].some((node) => node.data?.trim()))
      ),
      pathOf,
    );
    return [...drawings.keys()];
  };
  const lookAt = (ways) => {
    fresh = ways.flatMap((way) => drawings.get(way));
  };
  const colours = () => {
    const include = fresh.filter((each) => each.isConnected);
    return include.length ? ran({ runOnly: { type: "rule", values: COLOURS } }, { include }) : [];
  };

  // As high a window as shows everything, also what scrolls in its own box.
  const wholeHeight = () =>
    [...document.querySelectorAll("body *")]
      .filter((each) => /auto|scroll/.test(styleOf(each).overflowY))
      .reduce((sum, each) => sum + each.scrollHeight - each.clientHeight,
        document.documentElement.scrollHeight);

  // Links and buttons that are called the same and do something else.
  const isSent = (each) => each.type === "submit" && each.form !== null;
  const twins = () => {
    const sentBy = (button) => {
      const fields = [...new FormData(button.form, button)];
      const meant = fields.filter(([name]) => !["csrf_token", "event_id"].includes(name));
      return `${button.form.action} ${meant}`;
    };
    axe.setup(document);
    const means = new Map();
    for (const each of document.querySelectorAll("a[href], button, summary")) {
      if (!axe.commons.dom.isVisibleToScreenReaders(each)) continue;
      const name = axe.commons.text.accessibleText(each).toLowerCase();
      const does = each.href ?? (isSent(each) ? sentBy(each) : each.id);
      means.set(name, (means.get(name) ?? new Set()).add(does));
    }
    axe.teardown();
    return [...means].filter(([, does]) => does.size > 1).map(([name]) => name);
  };

  // ---- targets ----

  // A link among words that are no link: its height is the line's.
  const isInSentence = (link) => {
    let block = link;
    while (styleOf(block).display === "inline") block = block.parentElement;
    if (block === link) return false;
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (/\p{L}/u.test(data) && !parentElement.closest(PRESSED)) return true;
    }
    return false;
  };
  const isWholeRow = (each) => styleOf(each, "::after").position === "absolute";
  // What a finger can hit: the whole row of a link that is spread over one, a choice's whole label.
  const target = (each) => {
    const label = each.matches("[type=radio], [type=checkbox]") && each.closest("label");
    return (isWholeRow(each) ? each.offsetParent : label || each).getBoundingClientRect();
  };
  const targets = () =>
    pressed()
      .filter((each) => !isInSentence(each))
      .map((each) => ({ each, box: target(each) }));

  const tooSmall = () => {
    const least = document.body.classList.contains("circle-page") ? 64 : 48;
    return targets()
      .filter(({ box }) => Math.min(box.width, box.height) < least - SLACK)
      .map(({ each, box }) => `${called(each)} is ${round(box.width)} × ${round(box.height)}`);
  };

  const apart = (one, two) => Math.hypot(
    Math.max(0, one.left - two.right, two.left - one.right),
    Math.max(0, one.top - two.bottom, two.top - one.bottom),
  );
  const holds = (one, two) =>
    one.left <= two.left && one.right >= two.right && one.top <= two.top && one.bottom >= two.bottom;
  const tooNear = () => {
    const all = targets();
    return all.flatMap((one, index) =>
      all.slice(index + 1)
        .filter((two) => {
          if (holds(one.box, two.box) || holds(two.box, one.box)) return false;
          if (isWholeRow(one.each) && isWholeRow(two.each)) return false;
          return apart(one.box, two.box) < NEAREST - SLACK;
        })
        .map((two) => `${called(one.each)} and ${called(two.each)}: ${round(apart(one.box, two.box))}`)
    );
  };

  // ---- reflow ----

  const sideways = () => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= innerWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (each) => each.getBoundingClientRect().right > innerWidth + SLACK && !isHidden(each)
    );
    const first = wide.filter((each) => !wide.some((other) => other !== each && each.contains(other)));
    return [`${scrollWidth} in ${innerWidth}`, ...first.slice(0, 5).map(called)];
  };
  const SCROLLS = "select, textarea, input"; // by themselves, with what is typed or chosen
  const clipped = () =>
    [...document.body.querySelectorAll("*")]
      .filter((each) => !each.matches(SCROLLS) && !isHidden(each) && each.checkVisibility())
      .filter((each) => {
        const cuts = [styleOf(each).overflowX, styleOf(each).overflowY];
        const across = each.scrollWidth - each.clientWidth;
        const down = each.scrollHeight - each.clientHeight;
        return (cuts[0] !== "visible" && across > 1) || (cuts[1] !== "visible" && down > 1);
      })
      .map(called);
  // Words that stick out of the box that is drawn round them.
  const spilt = () => {
    const isDrawn = (each) =>
      each === document.body || parseFloat(styleOf(each).borderInlineStartWidth) > 0 ||
      styleOf(each).backgroundColor !== "rgba(0, 0, 0, 0)";
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = new Range();
    const found = new Set();
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (!data.trim() || !parentElement.checkVisibility() || isHidden(parentElement)) continue;
      if (parentElement.closest("option, script, template, textarea, .skip")) continue;
      let drawn = parentElement;
      while (styleOf(drawn).display === "inline" || !isDrawn(drawn)) drawn = drawn.parentElement;
      range.selectNodeContents(texts.currentNode);
      const [text, box] = [range.getBoundingClientRect(), drawn.getBoundingClientRect()];
      if (text.left < box.left - 1 || text.right > box.right + 1) found.add(called(parentElement));
    }
    return [...found];
  };
  // Words of a usual length that go on in the next line where no word ends.
  const BOLD = "button, .btn, h1, h2, h3, summary, legend, label, .cue";
  const LONGEST = 15;
  const WORD = /(?<!\S)\p{L}+(?![^\s,.:?!…]|[,.:?!…]\S)/gu; // no part of an address
  const broken = () => {
    const range = new Range();
    const found = new Set();
    for (const each of document.querySelectorAll(BOLD)) {
      if (!each.checkVisibility() || isHidden(each)) continue;
      const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (!text.parentElement.checkVisibility() || isHidden(text.parentElement)) continue;
        for (const { 0: word, index } of text.data.matchAll(WORD)) {
          if (word.length > LONGEST) continue;
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if (range.getClientRects().length > 1) found.add(`${word} in ${called(each)}`);
        }
      }
    }
    return [...found];
  };
  const reflow = () => [
    ...sideways().map((fault) => `sideways: ${fault}`),
    ...clipped().map((fault) => `cut off: ${fault}`),
    ...spilt().map((fault) => `sticks out: ${fault}`),
  ];

  // ---- focus ----

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((each) => {
      const share = each / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, two) => {
    const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (each) => {
    let back = each.parentElement;
    while (back.parentElement && channels(styleOf(back).backgroundColor)[3] === 0) {
      back = back.parentElement;
    }
    return styleOf(back).backgroundColor;
  };
  // Round what is focused, or round the row or the choice that it stands in.
  // From what has the focus outwards: what a ring is drawn round.
  const ringsOf = (each) => {
    const rings = [];
    for (let round = each; round !== document.body; round = round.parentElement) {
      if (styleOf(round).outlineStyle !== "none") rings.push(round);
    }
    return rings;
  };
  const ringed = (each) => ringsOf(each)[0] ?? null;
  // What is wrong with the ring of what has the focus; nothing if all is well.
  const ringFault = (each) => {
    const round = ringed(each);
    if (!round) return `${called(each)} shows no focus`;
    if (ringsOf(each).length > 1) return `${called(each)} shows more than one ring`;
    const { outlineWidth, outlineColor } = styleOf(round);
    const seen = contrast(outlineColor, behind(round));
    if (parseFloat(outlineWidth) >= RING && seen >= RING) return "";
    return `${called(each)} shows ${outlineWidth} of focus at ${seen.toFixed(1)}:1`;
  };
  // A key must have been pressed on this page before.
  const unringed = () =>
    pressed().filter((each) => fresh.includes(each)).flatMap((each) => {
      each.focus();
      if (document.activeElement !== each) return [`${called(each)} takes no focus`];
      return ringFault(each) || [];
    });
  // Whatever has the focus can be seen whole: nothing sticky lies over it.
  const isCovered = (each) => {
    const label = each.matches("[type=radio], [type=checkbox]") && each.closest("label");
    const place = label || each;
    const box = place.getClientRects()[0];
    const [left, right] = [box.left + 6, box.right - 6];
    // Of a large field the browser shows where one writes, of a large choice its box.
    const height = label || each.matches("textarea") ? Math.min(box.height, 60) : box.height;
    const [top, foot] = [box.top + 6, box.top + height - 6];
    const spots = [[left, top], [right, top], [left, foot], [right, foot]];
    return !spots.every(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit !== null && (place.contains(hit) || hit.contains(each));
    });
  };
  // A window that has just changed: what the page does about it comes with the next picture.
  const drawn = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  const covered = async () => {
    await drawn();
    return pressed()
      .filter((each) => {
        each.focus();
        return isCovered(each);
      })
      .map(called);
  };
  // What a key has come to, and what is wrong with how that is shown.
  const arrivedAt = (each) =>
    ringFault(each) || (isCovered(each) ? `${called(each)} lies under something` : "");

  // ---- keys ----

  // Tab goes on from everything, and in the order in which one reads: along a line, then down;
  // up again only to the head of a column further to the right, or in another part of the page.
  const isNext = (one, two) => {
    if (two.bottom <= one.top + SLACK) return two.left >= one.right - SLACK;
    return two.top >= one.bottom - SLACK || two.left >= one.left - SLACK;
  };
  const lost = () => {
    const all = pressed().filter((each) => !isInSentence(each) && !each.matches(".skip"));
    const held = all.filter((each) => {
      each.focus();
      const options = { key: "Tab", bubbles: true, cancelable: true };
      return !each.dispatchEvent(new KeyboardEvent("keydown", options));
    });
    scrollTo(0, 0);
    const boxes = all.map((each) => each.getBoundingClientRect());
    const part = (each) => each.closest(".cols > *, body");
    const early = all.filter((each, index) =>
      index && part(each) === part(all[index - 1]) && !isNext(boxes[index - 1], boxes[index])
    );
    return [
      ...held.map((each) => `${called(each)} lets nobody go on`),
      ...early.map((each) => `${called(each)} comes later than it stands`),
    ];
  };

  // ---- forced colours: only borders, words and outlines are left of what a page draws ----

  const hasEdge = (each) => {
    const style = styleOf(each);
    const colour = style.borderBottomColor;
    const width = parseFloat(style.borderBottomWidth);
    return width >= 1 && style.borderBottomStyle !== "none" && contrast(colour, behind(each)) >= RING;
  };
  const edgeless = () => [
    ...pressed()
      .filter((each) => {
        const whole = (each.matches("[type=radio], [type=checkbox]") && each.closest("label")) || each;
        const isWords = each.matches("a:not(.btn), .plain, .linklike, details.fold > summary");
        return !(isWords || hasEdge(whole));
      })
      .map((each) => `${called(each)} has no edge`),
    ...[...document.querySelectorAll(".icon, .mark")]
      .filter((each) => each.checkVisibility())
      .filter((each) => contrast(styleOf(each).stroke, behind(each)) < RING)
      .map((each) => `an icon can’t be seen: ${called(each.parentElement)}`),
    ...[...document.querySelectorAll("[aria-pressed=true]")]
      .filter((each) => each.checkVisibility())
      .filter((each) => {
        const pressed = styleOf(each).borderBottomColor;
        each.ariaPressed = "false";
        const free = styleOf(each).borderBottomColor;
        each.ariaPressed = "true";
        return pressed === free;
      })
      .map((each) => `${called(each)} looks as if it weren’t pressed`),
  ];

  return {
    everyRule, places, waysDrawn, lookAt, colours, wholeHeight, twins, tooSmall, tooNear, reflow,
    broken, unringed, covered, arrivedAt, ringed, lost, edgeless, contrast,
  };
})();
