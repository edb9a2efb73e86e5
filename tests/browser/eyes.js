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

  // What axe can't decide is a fault too: then nobody has to remember to look.
  const ran = async (options) => {
    const found = await axe.run(document, {
      ...options, resultTypes: ["violations", "incomplete"],
    });
    return [...found.violations, ...found.incomplete].flatMap(({ id, nodes }) =>
      nodes.map((each) => `${id}: ${each.target} ${each.failureSummary.split("\n").at(-1).trim()}`)
    );
  };
  const everyRule = () =>
    ran({
      runOnly: { type: "tag", values: TAGS },
      rules: Object.fromEntries(MORE.map((rule) => [rule, { enabled: true }])),
    });
  const colours = () => ran({ runOnly: { type: "rule", values: COLOURS } });

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
  const ringed = (each) => {
    for (let round = each; round !== document.body; round = round.parentElement) {
      if (styleOf(round).outlineStyle !== "none") return round;
    }
    return null;
  };
  // A key must have been pressed on this page before.
  const unringed = () =>
    pressed().flatMap((each) => {
      each.focus();
      if (document.activeElement !== each) return [`${called(each)} takes no focus`];
      const round = ringed(each);
      if (!round) return [`${called(each)} shows no focus`];
      const { outlineWidth, outlineColor } = styleOf(round);
      const seen = contrast(outlineColor, behind(round));
      if (parseFloat(outlineWidth) >= RING && seen >= RING) return [];
      return [`${called(each)} shows ${outlineWidth} of focus at ${seen.toFixed(1)}:1`];
    });
  // Whatever has the focus can be seen whole: nothing sticky lies over it.
  const covered = () =>
    pressed()
      .filter((each) => {
        each.focus();
        const label = each.matches("[type=radio], [type=checkbox]") && each.closest("label");
        const place = label || each;
        const box = place.getClientRects()[0];
        const [left, right] = [box.left + 6, box.right - 6];
        // Of a large field the browser shows where one writes.
        const height = each.matches("textarea") ? Math.min(box.height, 48) : box.height;
        const [top, foot] = [box.top + 6, box.top + height - 6];
        const spots = [[left, top], [right, top], [left, foot], [right, foot]];
        return !spots.every(([x, y]) => {
          const hit = document.elementFromPoint(x, y);
          return hit !== null && (place.contains(hit) || hit.contains(each));
        });
      })
      .map(called);

  return { everyRule, colours, twins, tooSmall, tooNear, reflow, unringed, covered };
})();
