"""What staff can see of somebody, each time they looked; and the record, for admins."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.models import AuditEvent, Decision
from community.moderation.rules.case import Outcome
from community.moderation.sanctions.models import SanctionProposal
from community.privacy.taking_out.queries import REGISTER
from community.threads import actions as threads_actions
from community.threads.pictures import actions as picture_actions
from community.threads.pictures.redrawing import redraw
from community.threads.rules.drafts import Place
from tests.pages import plain, send
from tests.threads.drawn import picture

MINE, RECORD = "/who-can-see", "/moderation/record"
LOOK = AuditEvent.__table__
NOBODY = "Nobody has, as far as we can tell you."


@pytest.fixture
def item_id(cast, make, reply_id):
    """Ana’s reply; the site looks after it too."""
    return make.report(reply_id, cast.ben, "stop_treatment")


@pytest.fixture
def ada(make):
    return make.staff("Ada", Staff.ADMIN)


@pytest.mark.holds("asvs:38", "moderation:7")
def test_each_look_of_the_site_is_told_once_something_was_decided_and_not_before(
    cast, make, client_for, item_id
) -> None:
    ana, pat = client_for(cast.ana), client_for(cast.pat)
    assert NOBODY in ana.get(MINE).text
    pat.get(f"/moderation/{item_id}")
    assert NOBODY in ana.get(MINE).text  # it would tell her of a report
    client_for(cast.mori).get(f"/moderation/{item_id}")  # who is in the group
    make.decision(item_id, cast.pat, Outcome.REMOVE)
    seen = plain(ana.get(MINE))
    assert seen.count("a moderator of the site") == 1
    assert seen.count("a moderator of “Neck, evenings”") == 1
    assert not {"Pat", "Mori"} & set(seen.split())
    for other in (cast.ben, cast.mori):
        assert NOBODY in client_for(other).get(MINE).text


@pytest.mark.holds("asvs:38")
def test_every_look_however_many_is_found_page_by_page_and_taken_out(
    app, cast, make, client_for, item_id, clock, cost
) -> None:
    ana, pat = client_for(cast.ana), client_for(cast.pat)
    pat.get(f"/moderation/{item_id}")
    make.decision(item_id, cast.pat, Outcome.REMOVE)
    cost.statements.clear()
    ana.get(MINE)
    spent = int(cost)
    with app.app_context():
        [seen] = db.session.execute(select(LOOK).where(LOOK.c.action == "looked")).mappings()
        for minute in range(1, 60):
            later = {"id": uuid7(), "at": clock.now() + timedelta(minutes=minute)}
            db.session.execute(insert(LOOK).values(**{**seen, **later}))
        db.session.commit()
    cost.statements.clear()
    first = ana.get(MINE)
    assert int(cost) == spent
    assert first.text.count("a moderator of the site") == 50
    [older] = re.findall(rf'href="({MINE}\?older=[^"#]+)', first.text)
    rest = ana.get(older).text
    assert rest.count("a moderator of the site") == 10
    assert "older=" not in rest
    with app.app_context():
        assert len(list(REGISTER["audit_event"].rows(make.actor(cast.ana)))) == 60


@pytest.mark.holds("moderation:7")
def test_where_nothing_came_of_it_no_look_is_told(cast, make, client_for, item_id) -> None:
    client_for(cast.pat).get(f"/moderation/{item_id}")
    make.decision(item_id, cast.pat, Outcome.KEEP)
    assert NOBODY in client_for(cast.ana).get(MINE).text


@pytest.fixture
def looks(app, clock):
    """Who opened words of this item, as whom; some hours apart."""

    def written(item_id):
        clock.pass_by(hours=2)
        with app.app_context():
            seen = LOOK.c.actor_id, LOOK.c.acted_for
            query = select(*seen).where(LOOK.c.action.in_(("looked", "read")))
            rows = db.session.execute(query.where(LOOK.c.item_id == item_id).order_by(LOOK.c.id))
            return [(row.actor_id, row.acted_for) for row in rows]

    return written


@pytest.mark.holds("asvs:38")
def test_whoever_is_asked_to_agree_is_written_down_as_well(
    cast, make, client_for, item_id, looks
) -> None:
    make.sanction(item_id, cast.pat, SanctionKind.SUSPEND, 365)
    petra = make.staff("Petra", Staff.PLATFORM_MODERATOR)
    proposal = make.done(lambda: db.session.scalars(select(SanctionProposal.id)).one())
    page = f"/moderation/proposed/{proposal}"
    assert client_for(cast.mori).get(page).status_code == 404
    assert looks(item_id) == []
    assert "Just stop the tablets now." in plain(client_for(petra).get(page))
    assert looks(item_id) == [(petra.id, "platform")]
    make.decision(item_id, petra, Outcome.REMOVE, version=2)
    assert "Just stop the tablets now." not in plain(client_for(cast.pat).get(page))
    assert len(looks(item_id)) == 1  # no words stand there any more
    assert plain(client_for(cast.ana).get(MINE)).count("a moderator of the site") == 1


def test_an_owner_who_is_asked_to_agree_is_written_down_for_the_group(
    cast, make, client_for, item_id, looks
) -> None:
    owner = make.owner(cast.group_id)
    make.sanction(item_id, cast.mori, SanctionKind.BAN, 90)
    proposal = make.done(lambda: db.session.scalars(select(SanctionProposal.id)).one())
    assert "tablets" in plain(client_for(owner).get(f"/moderation/proposed/{proposal}"))
    assert looks(item_id) == [(owner.id, "group")]


@pytest.fixture
def pictured(cast, make, clock):
    """Ana shows a cat, and Ben reports it: the item, and where its picture is."""
    thread_id = make.thread(cast.group_id, cast.ben)
    cat = (cast.ana, Place(thread_id), redraw(picture()), "A grey cat.")
    picture_id = make.done(lambda: picture_actions.take(*cat, now=clock.now()))
    mine = (cast.ana, thread_id, "My cat.")
    put = {"pictures": [picture_id], "now": clock.now()}
    post_id = make.done(lambda: threads_actions.reply(*mine, **put).post_id)
    item = make.report(post_id, cast.ben, "stop_treatment")
    return item, f"/moderation/{item}/pictures/{picture_id}"


@pytest.mark.holds("asvs:38")
def test_a_picture_asked_for_directly_is_a_look(cast, client_for, pictured, looks) -> None:
    item, cat = pictured
    assert client_for(cast.stranger).get(cat).status_code == 404
    assert looks(item) == []
    pat, mori = client_for(cast.pat), client_for(cast.mori)
    assert pat.get(cat).status_code == 200
    assert looks(item) == [(cast.pat.id, "platform")]
    assert mori.get(cat).status_code == 200
    assert looks(item)[1:] == [(cast.mori.id, "group")]
    pat.get(cat)
    assert len(looks(item)) == 3


def test_a_picture_on_a_page_that_was_opened_is_the_same_look(
    cast, make, client_for, pictured, looks
) -> None:
    item, cat = pictured
    for browser in map(client_for, (cast.pat, cast.mori)):
        browser.get(f"/moderation/{item}")
        for _ in range(2):
            assert browser.get(cat).status_code == 200
    assert len(looks(item)) == 2
    make.decision(item, cast.mori, Outcome.KEEP)
    assert client_for(cast.mori).get(cat).status_code == 200  # as on its page: nothing is open
    assert len(looks(item)) == 2


@pytest.mark.holds("asvs:38")
def test_so_is_one_that_whoever_looks_again_asks_for(
    cast, make, client_for, clock, pictured, looks
) -> None:
    item, cat = pictured
    make.decision(item, cast.mori, Outcome.HIDE)
    decision = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    make.done(lambda: appeals.ask(cast.ana, decision, "It’s my cat.", now=clock.now()))
    appeal = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    again = f"/moderation/appeals/{appeal}/pictures/{cat.rpartition('/')[2]}"
    assert client_for(cast.mori).get(again).status_code == 404
    assert client_for(cast.marta).get(again).status_code == 200
    assert looks(item) == [(cast.marta.id, "group")]


def test_what_each_role_can_see_is_said_for_owners_and_safety_leads_too(cast, client_for) -> None:
    page = client_for(cast.ana).get(MINE).text
    told = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)</dd>", page))
    owners, leads = told["Owners of a group"], told["Safety leads of the site"]
    for words in ("moderate too", "reported", "earlier versions", "notes about you", "in force"):
        assert words in owners
    for words in ("under 18", "who work for the site", "how something was decided"):
        assert words in leads


def test_it_is_found_from_the_settings_and_asks_for_signing_in(cast, client_for) -> None:
    assert f'href="{MINE}"' in client_for(cast.ana).get("/comfort").text
    for path in (MINE, RECORD):
        assert "/sign-in" in client_for(None).get(path).location


@pytest.mark.holds("moderation:12", "promise:8")
def test_admins_find_who_did_what_and_no_word_of_it(
    cast, make, client_for, item_id, ada, reply_id
) -> None:
    make.decision(item_id, cast.mori, Outcome.REMOVE, why="Secret reasons.")
    other = make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben, "spam"
    )
    make.decision(other, cast.marta, Outcome.KEEP)
    admin = client_for(ada)
    assert f'href="{RECORD}"' in admin.get("/home").text
    seen = plain(admin.get(RECORD))
    for words in ("Removed it", "Left as it is", "Mori", "Marta", str(item_id), str(other)):
        assert words in seen
    for words in ("Secret reasons.", "Just stop the tablets now.", "Ben", "Ana"):
        assert words not in seen
    for query, found, not_found in (
        ("action=remove", "Mori", "Marta"),
        ("name=marta", "Marta", "Mori"),
        (f"item={other}", "Marta", "Mori"),
    ):
        rows = plain(admin.get(f"{RECORD}?{query}"))
        assert found in rows
        assert not_found not in rows
    assert "Nothing like that was done." in admin.get(f"{RECORD}?name=nobody").text


@pytest.mark.holds("moderation:7", "moderation:10")
def test_names_of_members_and_what_is_about_an_admin_are_not_in_it(
    cast, make, client_for, ada
) -> None:
    everyone = make.everyone()
    thread = make.thread(everyone, ada)
    about_ada = make.report(make.reply(thread, ada), cast.ben, "spam")
    make.decision(about_ada, cast.pat, Outcome.REMOVE)
    seen = client_for(ada).get(RECORD).text
    assert str(about_ada) not in seen
    assert "Pat" not in seen
    bea = make.staff("Bea", Staff.ADMIN)
    assert str(about_ada) in client_for(bea).get(RECORD).text


def test_what_is_no_number_is_said_and_stays_typed(client_for, ada) -> None:
    answer = client_for(ada).get(f"{RECORD}?item=seven&name=Mori")
    assert answer.status_code == 422
    for words in ("Copy the number from this page, whole.", 'value="seven"', 'value="Mori"'):
        assert words in answer.text
    assert client_for(ada).get(f"{RECORD}?action=shout").status_code == 422


@pytest.mark.holds("moderation:11", "promise:10")
def test_nobody_but_admins_finds_the_record(cast, client_for) -> None:
    for who in (cast.ana, cast.mori, cast.pat, cast.hana):
        assert client_for(who).get(RECORD).status_code == 404


def test_a_long_record_comes_in_pages_at_the_same_price(
    cast, make, client_for, ada, cost, clock
) -> None:
    admin = client_for(ada)
    spent = []
    for more in (1, 55):
        for _ in range(more):
            item = make.report(
                make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben, "spam"
            )
            make.decision(item, cast.mori, Outcome.KEEP)
            clock.instant += timedelta(minutes=1)
        cost.statements.clear()
        page = admin.get(RECORD)
        spent.append(int(cost))
    assert spent[0] == spent[1]
    assert page.text.count("Left as it is</strong>") == 50
    older = page.text.split("older=")[1].split("&")[0].split('"')[0]
    assert admin.get(f"{RECORD}?older={older}").text.count("Left as it is</strong>") == 6
    assert send(admin, "/calls", RECORD).status_code == 405
