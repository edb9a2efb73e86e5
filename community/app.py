"""The one file that knows every domain: it puts the app together."""

import logging
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from flask import Flask
from flask_babel import Babel
from jinja2 import StrictUndefined
from whitenoise import WhiteNoise

from community.accounts import views as accounts_views
from community.accounts.check_in import jobs as check_in_jobs
from community.accounts.check_in import views as check_in_views
from community.accounts.identity import comfort, init_login, who_asks
from community.accounts.rules import LIFE
from community.admin import commands as admin_commands
from community.admin import views as admin_views
from community.calls import jobs as calls_jobs
from community.calls import views as calls_views
from community.calls.calendars import views as calendars_views
from community.calls.listing import views as listing_views
from community.calls.series import views as series_views
from community.core import post
from community.core.addresses import init_addresses
from community.core.clock import SystemClock
from community.core.db import db, engine_options, migrate
from community.core.doorstep import doorstep
from community.core.drawing import seat_path, table
from community.core.drawn import Templates, init_drawn
from community.core.lines import SharedLines
from community.core.locked import open_with
from community.core.log import init_log
from community.core.mail import NoMailer, SmtpMailer
from community.core.ports import Mailer, Media, NoPusher, Ports
from community.core.push import WebPusher
from community.core.sentences import init_sentences
from community.core.sockets import Sessions, socketio
from community.core.web import current_actor, headers_of_static, init_web, now
from community.core.when import init_words
from community.demo.views import init_demo
from community.groups import jobs as groups_jobs
from community.groups import views as groups_views
from community.groups.claims import visit
from community.groups.guidelines import views as group_guidelines_views
from community.home import jobs as home_jobs
from community.home import offline_views
from community.home import views as home_views
from community.home.search import views as search_views
from community.live import events as live_events
from community.live import jobs as live_jobs
from community.live import relay as live_relay
from community.live import views as live_views
from community.live.after import views as after_views
from community.live.livekit import LiveKit
from community.live.mesh import Mesh
from community.moderation import jobs as moderation_jobs
from community.moderation import views as moderation_views
from community.moderation.about import views as about_views
from community.moderation.agreements import views as agreements_views
from community.moderation.appeals import views as appeals_views
from community.moderation.called_back import actions as called_back
from community.moderation.care import views as care_views
from community.moderation.claims import views as claims_views
from community.moderation.duty import views as duty_views
from community.moderation.handbook import views as handbook_views
from community.moderation.help import views as help_views
from community.moderation.numbers import views as numbers_views
from community.moderation.openness import views as openness_views
from community.moderation.opinions import views as opinions_views
from community.moderation.own import actions as own_actions
from community.moderation.own import views as own_views
from community.moderation.paces import views as paces_views
from community.moderation.pictures import views as case_pictures_views
from community.moderation.police import views as police_views
from community.moderation.queue import queries as queue_queries
from community.moderation.record import actions as record_actions
from community.moderation.reports import views as reports_views
from community.moderation.rules.case import may_see_queue
from community.moderation.sanctions import views as sanctions_views
from community.moderation.sent_out import actions as sent_out_actions
from community.moderation.sent_out import views as sent_out_views
from community.moderation.talk import views as talk_views
from community.moderation.topics import views as tag_topics_views
from community.moderation.unmasking import views as unmasking_views
from community.notifications import jobs as notifications_jobs
from community.notifications import publish as notifications_publish
from community.notifications import views as notifications_views
from community.notifications.push import jobs as push_jobs
from community.notifications.push import views as push_views
from community.notifications.quiet_days import views as quiet_days_views
from community.privacy.leaving import jobs as leaving_jobs
from community.privacy.leaving import views as leaving_views
from community.privacy.taking_back import views as taking_back_views
from community.privacy.taking_out import views as taking_out_views
from community.safety import views as safety_views
from community.safety.blocks import views as blocks_views
from community.safety.words import views as words_views
from community.threads import events as threads_events
from community.threads import jobs as threads_jobs
from community.threads import views as threads_views
from community.threads.bookmarks import views as bookmarks_views
from community.threads.feeds import views as feeds_views
from community.threads.following import jobs as following_jobs
from community.threads.following import views as following_views
from community.threads.gathering import views as gathering_views
from community.threads.greeting import jobs as greeting_jobs
from community.threads.greeting import views as greeting_views
from community.threads.heading import views as heading_views
from community.threads.hints import views as hints_views
from community.threads.mutes import views as mutes_views
from community.threads.notes import views as notes_views
from community.threads.pace import views as pace_views
from community.threads.pictures import views as pictures_views
from community.threads.reading import views as reading_views
from community.threads.resonance import views as resonance_views
from community.threads.search import jobs as search_jobs
from community.threads.search import keeping
from community.threads.summary import views as summary_views
from community.threads.taken_back import views as taken_back_views
from community.threads.thrown_away import views as thrown_away_views
from config import ROOT, Settings

BLUEPRINTS = (
    accounts_views.bp,
    check_in_views.bp,
    safety_views.bp,
    blocks_views.bp,
    words_views.bp,
    agreements_views.bp,
    appeals_views.bp,
    care_views.bp,
    claims_views.bp,
    numbers_views.bp,
    openness_views.bp,
    own_views.bp,
    paces_views.bp,
    case_pictures_views.bp,
    unmasking_views.bp,
    opinions_views.bp,
    about_views.bp,
    reports_views.bp,
    notifications_views.bp,
    push_views.bp,
    quiet_days_views.bp,
    groups_views.bp,
    group_guidelines_views.bp,
    threads_views.bp,
    following_views.bp,
    greeting_views.bp,
    feeds_views.bp,
    bookmarks_views.bp,
    reading_views.bp,
    gathering_views.bp,
    heading_views.bp,
    hints_views.bp,
    mutes_views.bp,
    notes_views.bp,
    pace_views.bp,
    pictures_views.bp,
    resonance_views.bp,
    summary_views.bp,
    taken_back_views.bp,
    thrown_away_views.bp,
    calls_views.bp,
    series_views.bp,
    calendars_views.bp,
    listing_views.bp,
    live_views.bp,
    after_views.bp,
    moderation_views.bp,
    sanctions_views.bp,
    sent_out_views.bp,
    talk_views.bp,
    tag_topics_views.bp,
    duty_views.bp,
    handbook_views.bp,
    help_views.bp,
    police_views.bp,
    home_views.bp,
    search_views.bp,
    offline_views.bp,
    taking_back_views.bp,
    taking_out_views.bp,
    leaving_views.bp,
    admin_views.bp,
)
LISTENERS = (
    live_events,
    live_relay,
    notifications_publish,
    called_back,
    own_actions,
    record_actions,
    sent_out_actions,
    threads_events,
    keeping,
)  # importing them is what makes them hear
JOBS = (
    *post.JOBS,
    *check_in_jobs.JOBS,
    *notifications_jobs.JOBS,
    *push_jobs.JOBS,
    *groups_jobs.JOBS,
    *calls_jobs.JOBS,
    *threads_jobs.JOBS,
    *search_jobs.JOBS,
    *following_jobs.JOBS,
    *greeting_jobs.JOBS,
    *live_jobs.JOBS,
    *moderation_jobs.JOBS,
    *home_jobs.JOBS,
    *leaving_jobs.JOBS,
)  # of several processes, one does them
OF_EACH_PROCESS = (*groups_jobs.OF_EACH_PROCESS, *live_jobs.OF_EACH_PROCESS)


def create_app(settings: Settings, ports: Ports | None = None) -> Flask:
    """The whole site, ready to answer. Tests pass their own ports."""
    init_log()
    app = Flask(
        "community",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
        static_url_path=f"/static/{settings.release}",
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        CASE_KEY=settings.case_key,
        # Links in letters: no browser asks for those, so nobody else says where this site is.
        SERVER_NAME=urlsplit(settings.base_url).netloc,
        PREFERRED_URL_SCHEME=urlsplit(settings.base_url).scheme,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_NAME="__Host-circles" if settings.is_https else "circles",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=LIFE,
        SESSION_REFRESH_EACH_REQUEST=False,  # but whenever a visit is noted (accounts/identity)
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open all day; its token ends with the session
        WTF_CSRF_SSL_STRICT=False,  # the page that a link opens sends no referrer, and has a token
        MAX_CONTENT_LENGTH=256 * 1024,
        BABEL_DEFAULT_LOCALE=Locale("en", "GB"),  # no text, for which its files are looked up again
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
    )
    app.extensions["settings"] = settings
    app.extensions["ports"] = ports or real_ports(settings)
    app.session_interface = Sessions()
    app.jinja_environment = Templates
    app.jinja_options = {"cache_size": -1}  # all of them: what is found by turns is looked for
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(seat_path=seat_path, table_drawing=table)
    app.url_map.strict_slashes = False
    db.init_app(app)
    with app.app_context():
        open_with(db.engine, settings.case_key)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    Babel(app)
    init_login(app, visit)
    init_web(app, who_asks)
    init_words(app)
    init_sentences(app)
    init_addresses(app)
    init_drawn(app)
    app.context_processor(_whose_page)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(admin_commands.admin)
    if settings.demo:
        init_demo(app)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=ROOT / "static",
        prefix=f"static/{settings.release}/",
        immutable_file_test=".",  # all of them: their address says which release they are of
        allow_all_origins=False,
        add_headers_function=headers_of_static,
    )
    shared = SharedLines(settings.message_queue) if settings.message_queue else None
    socketio.init_app(
        app,
        client_manager=shared,
        async_mode=settings.async_mode,
        async_handlers=False,  # one line's events one after the other: order, and a flood waits
        manage_session=False,
        transports=["websocket"],
        # Pages of this site only. The demo has three names, so there it is whichever was asked for.
        cors_allowed_origins=None if settings.demo else settings.base_url,
        max_http_buffer_size=64 * 1024,
        # Named, or they would write to the console by themselves, and addresses with it.
        logger=logging.getLogger("socketio.server"),
        engineio_logger=logging.getLogger("engineio.server"),
    )
    app.wsgi_app = doorstep(  # type: ignore[assignment, method-assign]
        shared.door(app.wsgi_app) if shared else app.wsgi_app,
        # The demo has three names; it sees to them itself.
        name=None if settings.demo else settings.host_name,
        proxies=settings.trusted_proxies,
    )
    return app


def real_ports(settings: Settings) -> Ports:
    """The doors to the outside, as these settings say."""
    mailer: Mailer = (
        SmtpMailer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_user,
            settings.smtp_password,
            settings.smtp_starttls,
        )
        if settings.smtp_host
        else NoMailer()
    )
    key = settings.vapid_private_key
    return Ports(
        clock=SystemClock(),
        mailer=mailer,
        media=_media(settings),
        pusher=WebPusher(key, settings.contact) if key else NoPusher(),
    )


def _media(settings: Settings) -> Media:
    mesh = Mesh(settings.stun_urls, settings.turn_urls, settings.turn_secret)
    if not settings.livekit_url:
        return mesh
    key, secret = settings.livekit_key, settings.livekit_secret
    return LiveKit(settings.livekit_url, key, secret, SystemClock(), mesh)


def _whose_page() -> dict[str, Any]:
    """What every page shows of its reader: comfort settings, whether moderation is theirs, and how
    much waits for them there. Only a page that says it asks for that."""
    me = current_actor()
    return {
        "comfort": comfort(),
        "shows_moderation": bool(may_see_queue(me)),
        "how_many_wait": cache(lambda: queue_queries.how_many_wait(me, now())),
    }
