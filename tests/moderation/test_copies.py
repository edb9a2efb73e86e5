"""Copies of what was reported: locked in the files, and erased half a year after the decision."""

from datetime import timedelta

import pytest
from sqlalchemy import LargeBinary, select, text, type_coerce
from sqlalchemy.exc import IntegrityError

from community.core.db import db
from community.core.locked import open_with
from community.moderation.jobs import erase_reported_words
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome
from community.threads.models import Post
from tests.pages import plain, send

WORDS = "You need to stop those tablets."


@pytest.fixture
def item_id(cast, make):
    """Ana wrote it, and Ben reports it."""
    reply_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana, WORDS)
    return make.report(reply_id, cast.ben, "stop_treatment")


def copies(app) -> list[str | None]:
    with app.app_context():
        return list(db.session.scalars(select(ReviewItem.reported_html)))


@pytest.mark.holds("asvs:37", "moderation:20")
def test_the_table_gives_nobody_a_word_of_it_without_the_key(app, item_id) -> None:
    raw = type_coerce(ReviewItem.reported_html, LargeBinary)
    with app.app_context():
        kept = db.session.scalars(select(raw)).one()
        assert WORDS.encode() not in kept
        assert WORDS in (db.session.scalars(select(ReviewItem.reported_html)).one() or "")
        open_with(db.engine, "a key that somebody else would have to guess")
        assert db.session.scalars(select(ReviewItem.reported_html)).one() is None
        open_with(db.engine, app.config["CASE_KEY"])


@pytest.mark.holds("moderation:20")
def test_it_is_erased_half_a_year_after_the_decision_and_the_decision_stays(
    app, cast, make, clock, client_for, item_id
) -> None:
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    clock.instant += APPEAL - timedelta(hours=1)
    with app.app_context():
        erase_reported_words(clock.now())
    assert copies(app) != [None]
    clock.pass_by(hours=2)
    with app.app_context():
        erase_reported_words(clock.now())
    assert copies(app) == [None]
    page = client_for(cast.mori).get(f"/moderation/{item_id}")
    assert page.status_code == 200
    assert "The copy of these words is erased" in plain(page)
    assert "Removed" in plain(page)


@pytest.mark.holds("moderation:9", "moderation:20")
def test_while_somebody_looks_at_it_again_it_stays(
    app, cast, make, clock, client_for, item_id
) -> None:
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    with app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    clock.instant += APPEAL - timedelta(hours=1)
    send(client_for(cast.ana), f"/decisions/{decision_id}/another-look", words="I meant my own.")
    clock.pass_by(days=40)
    with app.app_context():
        erase_reported_words(clock.now())
    assert copies(app) != [None]


def test_what_is_open_keeps_it_however_long(app, clock, item_id) -> None:
    clock.pass_by(days=400)
    with app.app_context():
        erase_reported_words(clock.now())
        assert db.session.scalars(select(Post.text)).all()
    assert copies(app) != [None]
    with app.app_context(), pytest.raises(IntegrityError):
        db.session.execute(text("UPDATE review_item SET reported_html = NULL"))
