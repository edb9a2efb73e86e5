"""Copies what browsers need from node_modules to static/vendor, each with its licence.

A library that pages use is one line here and one in package.json.
"""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FONT = "@fontsource-variable/atkinson-hyperlegible-next"

COPIES = {
    f"{FONT}/LICENSE": "atkinson-hyperlegible-next.LICENSE.txt",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2": (
        "atkinson-hyperlegible-next.woff2"
    ),
    "livekit-client/LICENSE": "livekit-client.LICENSE.txt",
    "livekit-client/dist/livekit-client.umd.js": "livekit-client.umd.js",
    "socket.io-client/LICENSE": "socket.io.LICENSE.txt",
    "socket.io-client/dist/socket.io.esm.min.js": "socket.io.esm.min.js",
}

vendor = ROOT / "static" / "vendor"
vendor.mkdir(parents=True, exist_ok=True)
for source, name in COPIES.items():
    shutil.copyfile(ROOT / "node_modules" / source, vendor / name)
