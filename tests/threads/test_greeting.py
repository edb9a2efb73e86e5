"""Who meets new members of a group: asked, answering, greeting, and nobody any more."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.verdict import Refused
from community.groups import actions as groups_actions
from community.groups.rules import HoldPolicy
from community.moderation.models import AuditEvent
from community.privacy.leaving import actions as leaving
from community.privacy.taking_out import queries as taking_out
from community.threads import actions as threads_actions
from community.threads.greeting import actions
from community.threads.greeting.models import Greeter
from community.threads.greeting.rules import READ_FIRST, USUAL_WORDS, WORDS_MOST
from community.threads.parting.rules import Words
from tests.pages import ALERT, plain, send

WORDS = "Hello. I’m here most evenings."
GREETS = "Ana greets new members"


@pytest.fixture
def page(cast) -> str:
    return f"/groups/{cast.group_id}"


@pytest.fixture
def owner(make, cast):
    return make.owner(cast.group_id)


@pytest.fixture
def asked(make, cast, owner, clock):
    """Ana is asked whether she’d greet."""
    make.done(lambda: actions.ask(owner, cast.group_id, cast.ana.id, now=clock.now()))


@pytest.fixture
def greets(make, cast, asked, clock):
    """She has said yes, and has words of her own."""
    ana = make.actor(cast.ana)
    make.done(lambda: actions.accept(ana, cast.group_id, now=clock.now()))
    what = {"hears": False, "now": clock.now()}
    make.done(lambda: actions.write(ana, cast.group_id, WORDS, None, **what))


@pytest.fixture
def row(make):
    """Who greets, or is asked to, in each group."""
    return lambda: make.done(lambda: db.session.scalars(select(Greeter.account_id)).all())


@pytest.fixture
def written(make):
    """Which letters there are, by kind, to whom."""

    def kinds() -> list[tuple[str, str]]:
        query = select(OutboxLetter.kind, OutboxLetter.address).order_by(OutboxLetter.id)
        return make.done(
            lambda: [(row.kind, row.address.partition("@")[0]) for row in db.session.execute(query)]
        )

    return kinds


# ---- being asked ----


@pytest.mark.holds("F:F39")
def test_an_owner_asks_a_member_who_says_yes_and_new_members_meet_them(
    cast, client_for, make, owner, page, row, written
) -> None:
    owners, one = client_for(owner), f"{page}/roles/{cast.ana.id}"
    assert "Ask Ana to greet" in owners.get(one).text
    went = send(owners, one, f"{page}/greeter/ask/{cast.ana.id}")
    assert went.location == f"{page}/greeter"
    assert written() == [("threads/greeter_asked", "ana")]
    assert "Ana is asked, and hasn’t answered yet." in plain(owners.get(f"{page}/greeter"))
    assert GREETS not in client_for(cast.ben).get(page).text
    anas = client_for(cast.ana)
    assert "Would you greet new members here?" in anas.get(page).text
    went = send(anas, f"{page}/greeter", f"{page}/greeter/accept")
    assert went.location == f"{page}/greeter/yours"
    shown = plain(client_for(cast.ben).get(page))
    assert GREETS in shown
    assert USUAL_WORDS in shown
    assert row() == [cast.ana.id]


def test_a_no_is_a_no_and_nobody_is_asked_why(cast, client_for, asked, page, row, written) -> None:
    before = written()
    went = send(client_for(cast.ana), f"{page}/greeter", f"{page}/greeter/decline")
    assert went.location == page
    assert row() == []
    assert written() == before


def test_a_second_press_asks_nobody_again(
    cast, client_for, owner, greets, page, row, written
) -> None:
    before, owners = written(), client_for(owner)
    send(owners, f"{page}/roles", f"{page}/greeter/ask/{cast.ana.id}")
    assert "They greet here already, or are asked to." in owners.get(page).text
    assert GREETS in client_for(cast.ben).get(page).text
    assert written() == before
    assert row() == [cast.ana.id]


def test_naming_another_or_nobody_ends_it_and_says_so(
    cast, client_for, make, owner, greets, page, row, written
) -> None:
    send(client_for(owner), f"{page}/roles", f"{page}/greeter/ask/{cast.ben.id}")
    assert row() == [cast.ben.id]
    assert written()[-2:] == [("threads/greeting_ended", "ana"), ("threads/greeter_asked", "ben")]
    assert GREETS not in client_for(cast.ben).get(page).text
    for _ in range(2):
        went = send(client_for(owner), f"{page}/greeter", f"{page}/greeter/nobody")
        assert went.location == f"{page}/greeter"
    assert row() == []
    assert written()[-1] == ("threads/greeter_asked", "ben")  # he never said yes


def test_an_owner_can_greet_themself_and_is_not_asked(
    cast, client_for, owner, page, row, written
) -> None:
    before, one = written(), f"{page}/roles/{owner.id}"
    browser = client_for(owner)
    assert "Greet new members myself" in browser.get(one).text
    assert send(browser, one, f"{page}/greeter/ask/{owner.id}").location == f"{page}/greeter/yours"
    assert row() == [owner.id]
    assert written() == before


@pytest.mark.holds("asvs:2", "asvs:4")
def test_nobody_but_owners_names_and_nobody_answers_for_another(
    cast, client_for, asked, page, row
) -> None:
    for person in (cast.ana, cast.mori, cast.hana, cast.ben):
        browser = client_for(person)
        for press in (f"ask/{cast.ben.id}", "nobody"):
            assert send(browser, "/comfort", f"{page}/greeter/{press}").status_code == 403
    for press in ("accept", "decline", "step-down"):
        assert send(client_for(cast.ben), "/comfort", f"{page}/greeter/{press}").status_code == 404
    assert client_for(cast.ben).get(f"{page}/greeter/yours").status_code == 404
    assert client_for(cast.ben).get(f"{page}/first-words").status_code == 404
    stranger = client_for(cast.stranger)
    assert stranger.get(f"{page}/greeter").status_code == 404
    assert send(stranger, "/comfort", f"{page}/greeter/words-away").status_code == 404
    assert row() == [cast.ana.id]


def test_only_a_member_can_be_asked(cast, client_for, owner, page, row) -> None:
    went = send(client_for(owner), f"{page}/roles", f"{page}/greeter/ask/{cast.stranger.id}")
    assert went.status_code == 404
    assert row() == []


def test_of_everybodys_group_an_admin_says_who_greets(client_for, make) -> None:
    admin, ana, everyone = make.staff("Lee", Staff.ADMIN), make.member("Ana"), make.everyone()
    page = f"/groups/{everyone}"
    browser = client_for(admin)
    one = f"{page}/roles/{ana.id}"
    assert send(browser, one, f"{page}/greeter/ask/{ana.id}").location == f"{page}/greeter"
    send(client_for(make.actor(ana)), f"{page}/greeter", f"{page}/greeter/accept")
    assert GREETS in client_for(make.member("Ben")).get(page).text
    assert "facilitator" not in client_for(make.actor(ana)).get(page).text


# ---- what new members read ----


@pytest.mark.holds("F:F39")
def test_members_meet_the_greeter_for_thirty_days_after_they_come_in(
    cast, client_for, make, owner, greets, page, clock
) -> None:
    clock.pass_by(hours=29 * 24)
    late = make.member("Late")
    make.joined(cast.group_id, late, owner)
    assert WORDS in client_for(cast.ben).get(page).text
    clock.pass_by(hours=25)
    assert WORDS not in client_for(cast.ben).get(page).text
    assert WORDS in client_for(make.actor(late)).get(page).text
    assert WORDS in client_for(cast.ben).get(f"{page}/greeter").text  # it is no secret


def test_in_everybodys_group_a_role_makes_nobody_new_again(client_for, make, clock) -> None:
    admin, ana, ben = make.staff("Lee", Staff.ADMIN), make.member("Ana"), make.member("Ben")
    everyone = make.everyone()
    clock.pass_by(hours=31 * 24)
    make.done(lambda: actions.ask(make.actor(admin), everyone, ana.id, now=clock.now()))
    make.done(lambda: actions.accept(make.actor(ana), everyone, now=clock.now()))
    make.appointed(everyone, admin, ben, frozenset({"facilitator"}))
    assert GREETS not in client_for(make.actor(ben)).get(f"/groups/{everyone}").text


def test_the_greeter_writes_plain_words_and_they_stand_as_they_are(
    cast, client_for, greets, page
) -> None:
    browser, yours = client_for(cast.ana), f"{page}/greeter/yours"
    assert WORDS in browser.get(yours).text
    harm = "<b>Hello</b>\nsecond line"
    assert send(browser, yours, words=harm, thread="").location == f"{page}/greeter"
    shown = client_for(cast.ben).get(page).text
    assert "&lt;b&gt;Hello&lt;/b&gt;" in shown
    refused = send(browser, yours, words="x" * (WORDS_MOST + 1), thread="")
    assert refused.status_code == 422
    assert ALERT in refused.text
    send(browser, yours, words=" ", thread="")
    assert USUAL_WORDS in plain(client_for(cast.ben).get(page))


def test_words_that_a_moderator_would_read_first_are_not_taken_and_stay_in_their_field(
    cast, client_for, make, greets, page
) -> None:
    make.holds(cast.group_id, HoldPolicy.ALL)
    browser, yours = client_for(cast.ana), f"{page}/greeter/yours"
    refused = send(browser, yours, words="Come and see my shop.", thread="")
    assert refused.status_code == 422
    assert READ_FIRST.text in plain(refused)
    assert "Come and see my shop." in refused.text
    assert WORDS in client_for(cast.ben).get(page).text
    kept = send(browser, yours, words=WORDS, thread="", hears="y")  # words that stand there stay
    assert kept.status_code == 302


def test_newcomers_say_hello_in_the_thread_that_the_greeter_keeps(
    cast, client_for, make, greets, page
) -> None:
    assert f"/threads/new?group={cast.group_id}" in client_for(cast.ben).get(page).text
    assert "Say hello in a thread of your own" in client_for(cast.ben).get(page).text
    hello = make.thread(cast.group_id, cast.ana, title="Hello to each other")
    browser, yours = client_for(cast.ana), f"{page}/greeter/yours"
    send(browser, yours, words=WORDS, thread=str(hello))
    assert "Say hello in “Hello to each other”" in plain(client_for(cast.ben).get(page))
    assert f'<option selected value="{hello}">' in browser.get(yours).text
    opening = make.opening(hello)
    make.done(lambda: threads_actions.remove(opening))
    assert "Say hello in a thread of your own" in client_for(cast.ben).get(page).text


@pytest.mark.holds("moderation:22")
def test_only_signed_threads_of_their_own_can_be_where_people_say_hello(
    cast, client_for, make, greets, page, clock
) -> None:
    unnamed = make.thread(cast.group_id, cast.ana, title="Unsigned", unnamed=True)
    bens = make.thread(cast.group_id, cast.ben, title="Of Ben")
    elsewhere = make.thread(make.everyone(), cast.ana, title="Elsewhere")
    browser, yours = client_for(cast.ana), f"{page}/greeter/yours"
    offered = browser.get(yours).text
    ana, what = make.actor(cast.ana), {"hears": False, "now": clock.now()}
    for thread_id, title in ((unnamed, "Unsigned"), (bens, "Of Ben"), (elsewhere, "Elsewhere")):
        assert title not in offered
        assert send(browser, yours, words="", thread=str(thread_id)).status_code == 422
        with pytest.raises(Refused):
            make.done(lambda it=thread_id: actions.write(ana, cast.group_id, "", it, **what))


@pytest.mark.holds("F:F39", "promise:10")
def test_who_keeps_apart_from_the_greeter_meets_nobody(
    cast, client_for, make, greets, page
) -> None:
    make.kept_apart(cast.ben, cast.ana)
    bens = client_for(cast.ben)
    for where in (page, f"{page}/greeter"):
        shown = bens.get(where).text
        assert "Ana" not in shown
        assert WORDS not in shown
    assert "Nobody greets new members here at the moment." in bens.get(f"{page}/greeter").text


@pytest.mark.parametrize(
    "kind", [SanctionKind.MUTE, SanctionKind.BAN, SanctionKind.LIMIT, SanctionKind.SUSPEND]
)
def test_whoever_may_not_write_greets_nobody_until_it_is_over(
    cast, client_for, make, greets, page, clock, kind
) -> None:
    make.held_back(cast.ana, kind, cast.group_id)
    for where in (page, f"{page}/greeter"):
        assert "Ana" not in plain(client_for(cast.ben).get(where))
    assert client_for(make.actor(cast.ana)).get(f"{page}/first-words").status_code != 200
    clock.pass_by(hours=7 * 24)
    assert WORDS in client_for(cast.ben).get(page).text


# ---- nobody any more ----


def test_one_press_steps_down(cast, client_for, greets, page, row) -> None:
    browser = client_for(cast.ana)
    assert "Greet no longer" in browser.get(f"{page}/greeter").text
    assert send(browser, f"{page}/greeter", f"{page}/greeter/step-down").location == page
    assert row() == []
    assert send(browser, "/comfort", f"{page}/greeter/step-down").status_code == 404


def test_whoever_leaves_greets_nobody_and_coming_back_does_not_change_it(
    cast, make, greets, row, clock
) -> None:
    ana = make.actor(cast.ana)
    left = clock.now()
    make.done(lambda: groups_actions.leave(ana, cast.group_id, now=left))
    assert row() == []
    out = make.actor(cast.ana)
    make.done(lambda: groups_actions.come_back(out, cast.group_id, left_at=left, now=clock.now()))
    assert row() == []


def test_whoever_goes_for_good_greets_nobody_from_that_press_on(
    cast, make, greets, row, clock
) -> None:
    ana = replace(make.actor(cast.ana), signed_in_at=clock.now())
    make.done(lambda: leaving.leave(ana, next(iter(Words)), now=clock.now()))
    assert row() == []


@pytest.mark.holds("promise:10")
def test_what_they_take_out_has_their_words_and_erasing_them_leaves_none(
    cast, make, greets, clock
) -> None:
    ana, bens = make.actor(cast.ana), make.actor(cast.ben)
    entry = taking_out.REGISTER["greeter"]
    (mine,) = make.done(lambda: list(taking_out.rows_of(entry, ana)))
    assert mine["words"] == WORDS
    assert mine["group"] == "Neck, evenings"
    assert make.done(lambda: list(taking_out.rows_of(entry, bens))) == []
    just_in = replace(ana, signed_in_at=clock.now())
    make.done(lambda: leaving.leave(just_in, next(iter(Words)), at_once=True, now=clock.now()))
    make.done(lambda: leaving.erase(ana.id, now=clock.now()))
    assert make.done(lambda: db.session.scalars(select(Greeter.words)).all()) == []


# ---- no power ----


@pytest.mark.holds("F:F39", "asvs:2")
def test_a_greeter_is_to_every_rule_the_member_that_they_were(
    cast, make, owner, clock, client_for, page
) -> None:
    before = make.actor(cast.ana)
    make.done(lambda: actions.ask(owner, cast.group_id, cast.ana.id, now=clock.now()))
    make.done(lambda: actions.accept(make.actor(cast.ana), cast.group_id, now=clock.now()))
    after = make.actor(cast.ana)
    assert after.roles == before.roles
    assert (after.staff, after.bounds, after.apart) == (before.staff, before.bounds, before.apart)
    everyone = make.everyone()
    admin, plain_member = make.staff("Lee", Staff.ADMIN), make.actor(cast.ben)
    make.done(lambda: actions.ask(make.actor(admin), everyone, cast.ben.id, now=clock.now()))
    assert make.actor(cast.ben).roles == plain_member.roles


# ---- their words ----


def test_moderators_take_the_words_away_once_and_the_greeter_is_told(
    cast, client_for, make, greets, page, written
) -> None:
    away, greeter = f"{page}/greeter/words-away", f"{page}/greeter"
    assert "Take these words away" not in client_for(cast.ben).get(greeter).text
    assert send(client_for(cast.ben), "/comfort", away).status_code == 403
    mori = client_for(cast.mori)
    assert "Take these words away" in mori.get(greeter).text
    for _ in range(2):
        assert send(mori, greeter, away).location == greeter
    shown = plain(client_for(cast.ben).get(page))
    assert WORDS not in shown
    assert USUAL_WORDS in shown
    assert written().count(("threads/greeting_taken_away", "ana")) == 1
    events = select(AuditEvent.actor_id, AuditEvent.item_id, AuditEvent.group_id).where(
        AuditEvent.action == "greeting-taken"
    )
    kept = make.done(lambda: [tuple(row) for row in db.session.execute(events)])
    assert kept == [(cast.mori.id, cast.ana.id, cast.group_id)]


def test_the_words_can_be_reported_by_whoever_reads_them(cast, client_for, greets, page) -> None:
    report = f"{page}/members/{cast.ana.id}/report"
    bens = client_for(cast.ben)
    assert report in bens.get(f"{page}/greeter").text
    assert bens.get(report).status_code == 200
    assert report not in client_for(cast.ana).get(f"{page}/greeter").text


def test_in_everybodys_group_moderators_of_the_site_take_them_away(client_for, make) -> None:
    admin, ana, everyone = make.staff("Lee", Staff.ADMIN), make.member("Ana"), make.everyone()
    pat, now = make.staff("Pat", Staff.PLATFORM_MODERATOR), make.clock.now()
    make.done(lambda: actions.ask(make.actor(admin), everyone, ana.id, now=now))
    make.done(lambda: actions.accept(make.actor(ana), everyone, now=now))
    what = {"hears": False, "now": now}
    make.done(lambda: actions.write(make.actor(ana), everyone, WORDS, None, **what))
    page = f"/groups/{everyone}/greeter"
    browser = client_for(pat)
    assert f"/groups/{everyone}/members/{ana.id}/report" in browser.get(page).text
    assert browser.get(f"/groups/{everyone}/members/{ana.id}/report").status_code == 200
    assert send(browser, page, f"{page}/words-away").location == page
    assert WORDS not in client_for(make.member("Ben")).get(page).text


def test_the_groups_page_asks_no_more_of_the_store_for_a_greeter(
    cast, client_for, make, page, owner, clock, cost
) -> None:
    def asked_of() -> int:
        browser = client_for(cast.ben)
        browser.get(page)
        cost.statements.clear()
        browser.get(page)
        return int(cost)

    without = asked_of()
    make.done(lambda: actions.ask(owner, cast.group_id, cast.ana.id, now=clock.now()))
    make.done(lambda: actions.accept(make.actor(cast.ana), cast.group_id, now=clock.now()))
    assert asked_of() == without
