"""What somebody is told on a page: by their screen reader, by their device's voice, by a sound.

Headless Chromium has no voices, so the device's voice is invented: it keeps what it was given.
"""

from typing import Any

from playwright.sync_api import BrowserContext, Page

VOICES = """
(() => {
  window.spoken = [];
  const voices = [
    { name: "Far", lang: "en-GB", localService: false },
    { name: "Near", lang: "en-GB", localService: true },
  ];
  window.SpeechSynthesisUtterance = class {
    constructor(text) { this.text = text; }
  };
  const speechSynthesis = {
    getVoices: () => voices,
    speak(said) {
      const { text: words, voice, rate, volume } = said;
      window.spoken.push({ words, voice: voice?.name, rate, volume });
      setTimeout(() => said.onend?.());
    },
    cancel() {},
    addEventListener() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speechSynthesis });
})()
"""

# Every word that a live region says, when and how; and every time that the focus moves.
RECORDER = """
window.heardWords = [];
window.focused = [];
document.addEventListener("readystatechange", () => {
  if (document.readyState !== "interactive") return; // before the page’s own scripts
  const regions = "[role=status], [role=log], [role=alert], [aria-live]";
  for (const region of document.querySelectorAll(regions)) {
    new MutationObserver(() => {
      const words = region.textContent.trim();
      if (!words) return;
      window.heardWords.push({ at: performance.now(), role: region.getAttribute("role"), words });
    }).observe(region, { childList: true, characterData: true, subtree: true });
  }
  document.addEventListener("focusin", ({ target }) => window.focused.push(target.outerHTML));
});
"""

# The names of the cues are as good as the sounds: each note's pitch is kept when it is started.
SOUNDS = """
(() => {
  window.sounded = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    window.sounded.push(Math.round(this.frequency.value));
    return start.call(this, when);
  };
})()
"""


def give_ears(context: BrowserContext) -> None:
    """From now on every page of this window keeps what is told on it."""
    for script in (VOICES, RECORDER, SOUNDS):
        context.add_init_script(script)


def told(page: Page, role: str = "status") -> list[str]:
    """What a screen reader was told, in order."""
    heard: list[dict[str, Any]] = page.evaluate("heardWords")
    return [each["words"] for each in heard if each["role"] == role]


def spoken(page: Page) -> list[str]:
    """What the device's own voice said, in order."""
    said: list[dict[str, Any]] = page.evaluate("window.spoken")
    assert {each["voice"] for each in said} <= {"Near"}, "words went to a voice from elsewhere"
    return [each["words"] for each in said]


def expect_told(page: Page, words: str, role: str = "status") -> None:
    """Wait until a screen reader has been told something with these words in it."""
    page.wait_for_function(
        """([role, words]) =>
        heardWords.some((each) => each.role === role && each.words.includes(words))""",
        arg=[role, words],
    )


def expect_spoken(page: Page, words: str) -> None:
    """Wait until the device's own voice has said something with these words in it."""
    page.wait_for_function(
        "(words) => spoken.some((each) => each.words.includes(words))", arg=words
    )


def expect_sound(page: Page, *hertz: int) -> None:
    """Wait until these notes were played, one after the other."""
    page.wait_for_function("(notes) => sounded.join().includes(notes.join())", arg=list(hertz))
