"""What a device keeps of this site, so that it can be put on a home screen and opened offline:
the offline page, “Get help now” and an empty card for hard days, as a guest sees them. Nothing that
anybody wrote.
"""

import hashlib
import json
from functools import lru_cache

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.web import public
from config import ROOT

bp = Blueprint("offline", __name__)

# What those pages are made of, beside their own words.
FILES = (
    "css/site.css",
    "css/pages.css",
    "img/icons.svg",
    "js/core/forms.js",
    "js/safety/card.js",
)
WORKER = ROOT / "static" / "js" / "core" / "worker.js"

SAFETY = ROOT / "community" / "safety"  # the helplines are in here

PAPER = "#FBF7F0"  # as in site.css, by day
ICON_SIZES = (192, 512)


@bp.get("/offline")
@public
def page() -> ResponseReturnValue:
    """What is shown in place of a page that can’t be reached."""
    return render_template("home/offline.html")


@bp.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """How the site looks on a home screen. Others may look at it: the discreet name, no other."""
    name = current_app.extensions["settings"].discreet_name
    told = {
        "id": "/",
        "name": name,
        "short_name": name,
        "start_url": url_for("home.welcome"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [_icon(size) for size in ICON_SIZES],
        "shortcuts": [{"name": _("Get help now"), "url": url_for("safety.help_now")}],
    }
    return _checked_each_time(json.dumps(told), "application/manifest+json")


@bp.get("/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker, told what to keep. From here it may see to every address of the site."""
    settings = current_app.extensions["settings"]
    kept = {
        "edition": _edition(settings.release),
        "page": url_for(".page"),
        "help": url_for("safety.help_now"),
        "card": url_for("safety.card"),
        "files": [url_for("static", filename=name) for name in FILES],
        "unsent": _(
            "We couldn’t send that: you’re offline. This page stays as it is, with your words. "
            "Press again when you’re back."
        ),
        "news": {
            "title": settings.discreet_name,
            "body": _("There is something new"),
            "icon": _icon(ICON_SIZES[0])["src"],
            "place": url_for("notifications.index"),
        },
    }
    script = f"const kept = {json.dumps(kept)};\n{WORKER.read_text()}"
    response = _checked_each_time(script, "text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


def _icon(size: int) -> dict[str, str]:
    return {
        "src": url_for("static", filename=f"img/app-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any maskable",
    }


def _checked_each_time(body: str, kind: str) -> Response:
    """A browser asks each time whether there is a newer one; if not, nothing is sent."""
    response = make_response(body)
    response.mimetype = kind
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache
def _edition(release: str) -> str:
    """A name for what is kept. Whatever changes in a page or a helpline makes it another one, and
    devices fetch it anew: an old number for help would be worse than none."""
    digest = hashlib.sha256(release.encode())
    for path in (*sorted((ROOT / "templates").rglob("*.html")), *sorted(SAFETY.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
