"""Everybody has a voice of their own: a tone. What a page plays can so be told apart.

Only the microphone is invented: an oscillator in its place. Everything from the track on is real.
"""

import os
from collections.abc import Iterable

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tools import programs

CHROMIUM = programs.CHROMIUM.find()
HEADLESS = programs.HEADLESS.find() or CHROMIUM

# Without the last three, pages that aren't in front are slowed down by seconds.
LAUNCH = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
]

NEAR = 20  # Hz: two bins of the analyser and a little; tones in tests lie further apart

VOICE = """
(hertz) => {
  const camera = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (!camera) return; // no page of ours yet
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (wanted.video) return camera(wanted);
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: hertz });
    const microphone = context.createMediaStreamDestination();
    window.voice = new GainNode(context, { gain: 0.5 });
    tone.connect(window.voice).connect(microphone);
    tone.start();
    return microphone.stream;
  };
}
"""

# Every connection that a page makes, for whoever wants to know how it is.
CONNECTIONS = """
window.connections = []
const Connection = window.RTCPeerConnection
window.RTCPeerConnection = class extends Connection {
  constructor(...rest) {
    super(...rest)
    connections.push(this)
  }
}
"""

# `ears()` is what comes out of the page's loudspeakers now: {person: hertz}, 0 for silence.
EARS = """
(() => {
  const SILENCE = 0.01; // a tone is near 0.35, what is left of an old one far below this
  const context = new AudioContext();
  const analysers = new WeakMap();

  const analyser = (stream) => {
    if (!analysers.has(stream)) {
      const node = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      context.createMediaStreamSource(stream).connect(node);
      analysers.set(stream, node);
    }
    return analysers.get(stream);
  };

  const loudest = (node) => {
    const wave = new Float32Array(node.fftSize);
    node.getFloatTimeDomainData(wave);
    const latest = wave.subarray(-2048); // about 40 ms, so that the end of a turn is heard at once
    if (Math.hypot(...latest) / Math.sqrt(latest.length) < SILENCE) return 0;
    const bins = new Float32Array(node.frequencyBinCount);
    node.getFloatFrequencyData(bins);
    return Math.round((bins.indexOf(Math.max(...bins)) * context.sampleRate) / node.fftSize);
  };

  window.ears = () => {
    const heard = {};
    for (const audio of document.querySelectorAll("audio[data-person]")) {
      const stream = audio.srcObject;
      const hertz = stream?.getAudioTracks().length ? loudest(analyser(stream)) : 0;
      heard[audio.dataset.person] = audio.muted || audio.paused || !audio.volume ? 0 : hertz;
    }
    return heard;
  };
})();
"""

HEARS = """
([expected, near]) => {
  const heard = Object.entries(ears()).filter(([person, hertz]) => hertz);
  return heard.length === Object.keys(expected).length && heard.every(
    ([person, hertz]) => Math.abs(hertz - expected[person]) <= near
  );
}
"""

# Begins to collect everything that comes out: {person: [hertz, …]}, silence left out.
LISTEN = """
(milliseconds) => {
  const all = {};
  window.listened = (async () => {
    for (const end = performance.now() + milliseconds; performance.now() < end; ) {
      for (const [person, hertz] of Object.entries(ears())) {
        if (hertz) (all[person] ??= []).push(hertz);
      }
      await new Promise((next) => setTimeout(next, 20));
    }
    return all;
  })();
}
"""


def give_voice(context: BrowserContext, hertz: int) -> None:
    """From its next page on, this context's microphone is a tone, and its pages have ears."""
    context.add_init_script(f"({VOICE})({hertz})")
    context.add_init_script(EARS)


def expect_to_hear(page: Page, expected: dict[str, int], within: float = 30) -> None:
    """Wait until the page plays exactly these people, each at their hertz, and nobody else."""
    try:
        page.wait_for_function(HEARS, arg=[expected, NEAR], timeout=within * 1000, polling=20)
    except PlaywrightTimeout as error:
        raise AssertionError(f"expected {expected}, heard {page.evaluate('ears()')}") from error


def listen(pages: Iterable[Page], milliseconds: int = 300) -> list[dict[str, list[int]]]:
    """Everything that these pages play in the same while: the hertz of whoever can be heard."""
    pages = list(pages)
    for page in pages:
        page.evaluate(LISTEN, milliseconds)
    return [page.evaluate("listened") for page in pages]
