"""Deleting my account: what stands in the way, the wait, the way back, and erasing at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from community.accounts.models import Account, SignedInBrowser
from community.accounts.sanctions.models import KeptAway, Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.calls.models import Call, Seat, Series
from community.calls.rules.call import CallState
from community.calls.rules.seats import SeatState
from community.core.actor import Actor, Role, Staff, Standing
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.sockets import socketio
from community.groups.models import Membership, RoleChange
from community.privacy.leaving import actions
from community.privacy.leaving.jobs import JOBS
from community.privacy.leaving.models import Leaving
from community.threads.models import Post
from community.threads.parting import actions as threads_parting
from community.threads.search.models import PostWords
from tests.house.test_doors import _doors
from tests.make import Make
from tests.pages import plain, send

ClientFor = Callable[..., FlaskClient]
ABOUT, SURE, WAITING = "/leave-for-good", "/leave-for-good/sure", "/leave-for-good/waiting"


def press(browser: FlaskClient, when: str = "later", words: str = "erased"):
    return send(browser, SURE, words=words, when=when)


def there(make: Make, model: type, key: object) -> object:
    with make.app.app_context():
        return db.session.get(model, key)


def standing(make: Make, person: Actor) -> Standing | None:
    row = there(make, Account, person.id)
    return row.standing if isinstance(row, Account) else None


def run_jobs(make: Make) -> None:
    with make.app.app_context():
        for job in JOBS:
            job.run(make.clock.now())


def kinds_to(make: Make, address: str) -> list[str]:
    query = select(OutboxLetter.kind).where(OutboxLetter.address == address)
    with make.app.app_context():
        return list(db.session.scalars(query.order_by(OutboxLetter.id)))


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


# ---- the pages ----


def test_the_first_page_says_what_goes_and_what_stays_and_does_nothing(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    browser = client_for(ana)
    words = plain(browser.get(ABOUT))
    assert "Nothing happens on this page." in words
    assert "under a number that means nobody any more" in words
    assert "locked copy" in words
    assert f'href="{SURE}"' in browser.get(ABOUT).text
    assert standing(make, ana) is Standing.ACTIVE


def test_my_settings_lead_there(client_for: ClientFor, ana: Actor) -> None:
    page = client_for(ana).get("/settings").text
    assert f'href="{ABOUT}"' in page
    assert 'href="/my-data"' in page
    assert 'href="/my-data"' in client_for(ana).get("/who-can-see").text


def test_a_guest_is_asked_to_sign_in(client_for: ClientFor) -> None:
    for path in (ABOUT, SURE, WAITING):
        assert "/sign-in" in client_for().get(path).headers["Location"]


def test_whoever_is_not_leaving_has_no_page_of_waiting(client_for: ClientFor, ana: Actor) -> None:
    browser = client_for(ana)
    assert browser.get(WAITING).status_code == 404
    for path in ("/leave-for-good/stay", "/leave-for-good/now"):
        assert send(browser, SURE, path).status_code == 404


@pytest.mark.holds("asvs:22")
def test_it_asks_for_a_fresh_sign_in(make: Make, client_for: ClientFor, clock, ana: Actor) -> None:
    browser = client_for(ana)
    clock.pass_by(minutes=16)
    assert "Sign out, come in again" in plain(browser.get(SURE))
    answer = press(browser)
    assert answer.status_code == 403
    assert standing(make, ana) is Standing.ACTIVE


def test_what_cannot_be_read_is_asked_again(client_for: ClientFor, ana: Actor) -> None:
    assert send(client_for(ana), SURE, words="loud", when="later").status_code == 422


# ---- the wait, and the way back ----


@pytest.mark.holds("asvs:19")
def test_from_the_press_on_i_am_signed_out_everywhere(
    app, make: Make, client_for: ClientFor, ana: Actor
) -> None:
    here, elsewhere = client_for(ana), client_for(ana)
    line = socketio.test_client(app, flask_test_client=elsewhere)
    assert line.is_connected()
    answer = press(here)
    assert answer.location == "/"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not line.is_connected()
    for browser in (here, elsewhere):
        assert "/sign-in" in browser.get("/home").headers["Location"]
    assert "until when you can undo it" in plain(here.get("/"))
    with make.app.app_context():
        assert db.session.scalars(select(SignedInBrowser)).all() == []
    assert kinds_to(make, "ana@example.org") == ["privacy/account_leaving"]


def test_while_i_wait_every_page_leads_to_the_way_back(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    press(client_for(ana))
    again = client_for(ana)
    assert again.get("/home").location == WAITING
    words = plain(again.get(WAITING))
    assert "I have changed my mind" in words
    assert "Friday 4 December" in words
    assert again.get("/my-data").status_code == 200
    assert again.get(SURE).location == WAITING


def test_one_press_undoes_it(make: Make, client_for: ClientFor, ana: Actor) -> None:
    thread_id = make.thread(make.everyone(), ana, title="Rain")
    press(client_for(ana))
    again = client_for(ana)
    answer = send(again, WAITING, "/leave-for-good/stay")
    assert answer.location == "/home"
    assert standing(make, ana) is Standing.ACTIVE
    assert there(make, Leaving, ana.id) is None
    assert again.get(f"/threads/{thread_id}").status_code == 200
    make.clock.pass_by(days=15)
    run_jobs(make)
    assert standing(make, ana) is Standing.ACTIVE


def test_erase_it_now_asks_once_more_who_i_am_and_does_it(
    make: Make, client_for: ClientFor, clock, ana: Actor
) -> None:
    press(client_for(ana))
    late, fresh = client_for(ana), client_for(ana)
    assert send(fresh, WAITING, "/leave-for-good/now").location == "/"
    assert standing(make, ana) is None
    assert "Your account is erased" in plain(fresh.get("/"))
    assert "/sign-in" in late.get(WAITING).headers["Location"]


def test_after_a_quarter_of_an_hour_it_isnt_done_at_once(
    make: Make, client_for: ClientFor, clock, ana: Actor
) -> None:
    press(client_for(ana))
    again = client_for(ana)
    clock.pass_by(minutes=16)
    assert send(again, WAITING, "/leave-for-good/now").status_code == 403
    assert standing(make, ana) is Standing.LEAVING


def test_at_once_and_after_the_wait_the_account_is_gone_and_a_letter_says_so(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    ben = make.member("Ben")
    press(client_for(ana), when="now")
    assert standing(make, ana) is None
    assert kinds_to(make, "ana@example.org") == ["privacy/account_erased"]
    press(client_for(ben))
    make.clock.pass_by(days=14)
    run_jobs(make)
    assert standing(make, ben) is None
    assert kinds_to(make, "ben@example.org") == ["privacy/account_erased"]


def test_news_stop_and_what_always_comes_still_does(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    ben = make.member("Ben")
    thread_id = make.thread(make.everyone(), ana)
    press(client_for(ana))
    make.reply(thread_id, ben)
    assert kinds_to(make, "ana@example.org") == ["privacy/account_leaving"]
    assert make.actor(ana).news == 0


@pytest.mark.holds("asvs:1")
def test_whoever_is_leaving_gets_through_no_other_door(
    app, make: Make, client_for: ClientFor, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(client_for(ana))
    again = client_for(ana)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    stays_open = {
        name for name, view in app.view_functions.items() if hasattr(view, "is_for_leaving")
    }
    assert stays_open == {
        "accounts.sign_out",
        "leaving.waiting",
        "leaving.stay",
        "leaving.hurry",
        "taking_out.mine",
        "taking_out.take",
    }
    for endpoint, method, path in _doors(app):
        if endpoint not in stays_open:
            answer = again.open(path, method=method)
            assert answer.location == WAITING, (endpoint, method)


# ---- what others see ----


def test_in_place_of_erased_words_stands_that_somebody_took_them_back(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    ben = make.member("Ben")
    thread_id = make.thread(make.everyone(), ben)
    make.reply(thread_id, ana, "I could see the weir.")
    press(client_for(ana), when="now")
    words = plain(client_for(ben).get(f"/threads/{thread_id}"))
    assert "weir" not in words
    assert "Someone who has left took this back." in words


def test_words_that_stay_are_read_without_a_name_and_found(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    ben = make.member("Ben")
    thread_id = make.thread(make.everyone(), ana, title="The weir", words="I could see it.")
    press(client_for(ana), when="now", words="stay")
    words = plain(client_for(ben).get(f"/threads/{thread_id}"))
    assert "I could see it." in words
    assert "Someone who has left" in words
    assert "Ana" not in words


def test_somebody_who_is_leaving_is_in_no_list_of_members(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    hana = make.member("Hana")
    group_id = make.group("Evenings", owner=hana, members=[ana])
    press(client_for(ana))
    assert "Ana" not in plain(client_for(hana).get(f"/groups/{group_id}/members"))


# ---- seats, calls, groups, the site ----


@pytest.mark.holds("promise:5")
def test_my_seat_goes_at_once_to_whoever_waits(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    hana, ben, noor = (make.member(name) for name in ("Hana", "Ben", "Noor"))
    group_id = make.group("Evenings", owner=hana, members=[ana, ben, noor])
    call_id = make.call(group_id, make.actor(hana), seats=2)
    for person in (ana, ben, noor):
        make.signed_up(call_id, make.actor(person))
    press(client_for(ana))
    assert seats(make, call_id)[noor.id] is SeatState.OFFERED
    assert seats(make, call_id)[ana.id] is SeatState.RELEASED
    make.clock.pass_by(days=14)
    run_jobs(make)
    with make.app.app_context():
        assert db.session.get_one(Call, call_id).taken in (1, 2)


def seats(make: Make, call_id: UUID) -> dict[UUID, SeatState]:
    with make.app.app_context():
        rows = db.session.scalars(select(Seat).where(Seat.call_id == call_id))
        return {row.account_id: row.state for row in rows}


def test_calls_that_i_hold_alone_wont_happen_and_the_page_says_so(
    make: Make, client_for: ClientFor
) -> None:
    hana, ben = make.member("Hana"), make.member("Ben")
    group_id = make.group("Evenings", owner=ben, facilitators=[hana])
    call_id = make.call(group_id, make.actor(hana), title="Rain circle")
    make.signed_up(call_id, make.actor(ben))
    browser = client_for(hana)
    assert "Rain circle" in plain(browser.get(ABOUT))
    press(browser)
    assert state(make, call_id) is CallState.CANCELLED
    assert "calls/call_cancelled" in kinds_to(make, "ben@example.org")


def test_calls_that_i_hold_with_somebody_are_theirs(make: Make, client_for: ClientFor) -> None:
    hana, ruth, owner = (make.member(name) for name in ("Hana", "Ruth", "Owner"))
    group_id = make.group("Evenings", owner=owner, facilitators=[hana, ruth])
    call_id = make.call(group_id, make.actor(hana))
    make.held_together(call_id, make.actor(hana), make.actor(ruth))
    press(client_for(hana))
    call = there(make, Call, call_id)
    assert isinstance(call, Call)
    assert (call.facilitator_id, call.co_facilitator_id) == (ruth.id, None)
    assert call.state is CallState.OPEN


def test_a_series_that_i_keep_ends_and_its_calls_are_cancelled_in_one_letter(
    make: Make, client_for: ClientFor
) -> None:
    hana, ben = make.member("Hana"), make.member("Ben")
    group_id = make.group("Evenings", owner=ben, facilitators=[hana])
    first, series_id = make.series(group_id, make.actor(hana))
    make.signed_up(first, make.actor(ben))
    press(client_for(hana))
    series = there(make, Series, series_id)
    assert isinstance(series, Series)
    assert series.last is not None
    with make.app.app_context():
        states = db.session.scalars(select(Call.state).where(Call.series_id == series_id)).all()
    assert set(states) == {CallState.CANCELLED}
    assert kinds_to(make, "ben@example.org").count("calls/call_cancelled") == 1


def state(make: Make, call_id: UUID) -> CallState:
    call = there(make, Call, call_id)
    assert isinstance(call, Call)
    return call.state


def test_not_while_i_hold_a_circle(make: Make, client_for: ClientFor) -> None:
    hana = make.member("Hana")
    group_id = make.group("Evenings", owner=make.member("Owner"), facilitators=[hana])
    call_id = make.call(group_id, make.actor(hana))

    def open_it() -> None:
        db.session.get_one(Call, call_id).state = CallState.LIVE

    make.done(open_it)
    browser = client_for(hana)
    assert "When it’s over" in plain(browser.get(SURE))
    assert "Delete my account</button>" not in browser.get(SURE).text
    assert press(browser).status_code == 409
    assert standing(make, hana) is Standing.ACTIVE


def test_the_only_owner_makes_somebody_else_one_first(make: Make, client_for: ClientFor) -> None:
    hana, ben = make.member("Hana"), make.member("Ben")
    group_id = make.group("Evenings", owner=hana, members=[ben])
    browser = client_for(hana)
    assert f'href="/groups/{group_id}/members"' in browser.get(ABOUT).text
    assert press(browser).status_code == 409
    make.appointed(group_id, make.actor(hana), ben, frozenset({Role.OWNER}))
    assert press(browser).location == "/"
    with make.app.app_context():
        row = db.session.get_one(Membership, (group_id, hana.id))
        assert (row.owns, row.facilitates, row.moderates) == (False, False, False)
        (change,) = db.session.scalars(select(RoleChange).where(RoleChange.account_id == hana.id))
        assert change.after == ["member"]


def test_the_only_admin_makes_somebody_else_one_first(make: Make, client_for: ClientFor) -> None:
    ellen = make.staff("Ellen", Staff.ADMIN)
    browser = client_for(ellen)
    assert "You’re the only admin." in plain(browser.get(ABOUT))
    assert press(browser).status_code == 409
    make.staff("Other", Staff.ADMIN)
    assert press(browser).location == "/"
    assert make.actor(ellen).staff == frozenset()


# ---- suspended, and on the way in ----


@pytest.mark.holds("moderation:16")
def test_somebody_suspended_deletes_their_account_and_stays_away_as_long_as_before(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    make.held_back(ana, SanctionKind.SUSPEND)
    browser = client_for(ana)
    assert f'href="{ABOUT}"' in browser.get("/in-force").text
    assert "a mark of your e-mail address" in plain(browser.get(ABOUT))
    press(browser, when="now")
    assert standing(make, ana) is None
    with make.app.app_context():
        (kept,) = db.session.scalars(select(KeptAway))
        assert "@" not in kept.email
    again = make.member("Ana", agreed=False)
    assert make.actor(again).is_suspended
    with make.app.app_context():
        (held,) = db.session.scalars(select(Sanction))
        assert (held.account_id, held.ends_at) == (again.id, kept.until)
        assert db.session.scalars(select(KeptAway)).all() == []
    assert not make.actor(make.member("Ben")).is_suspended


def test_the_mark_of_their_address_goes_when_it_would_have_ended(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    make.held_back(ana, SanctionKind.SUSPEND)
    press(client_for(ana), when="now")
    make.clock.pass_by(days=8)
    assert not make.actor(make.member("Ana")).is_suspended
    run_jobs(make)
    with make.app.app_context():
        assert db.session.scalars(select(KeptAway)).all() == []


def test_whoever_changes_their_mind_is_suspended_as_before(
    make: Make, client_for: ClientFor, ana: Actor
) -> None:
    make.held_back(ana, SanctionKind.SUSPEND)
    press(client_for(ana))
    again = client_for(ana)
    send(again, WAITING, "/leave-for-good/stay")
    assert make.actor(ana).is_suspended


def test_somebody_on_the_way_in_can_go_again(make: Make, client_for: ClientFor) -> None:
    new = make.arriving("new@example.org")
    press(client_for(new), when="now")
    assert standing(make, new) is None


def test_the_wait_is_fourteen_days(make: Make, client_for: ClientFor, ana: Actor) -> None:
    press(client_for(ana))
    row = there(make, Leaving, ana.id)
    assert isinstance(row, Leaving)
    assert row.erase_at - row.asked_at == timedelta(days=14)


@pytest.mark.holds("moderation:16")
def test_whoever_cannot_hand_a_group_over_is_not_kept_by_it(
    make: Make, client_for: ClientFor
) -> None:
    """Somebody who looks after it already owns it from then on, and is told."""
    hana, ben, mori = (make.member(name) for name in ("Hana", "Ben", "Mori"))
    group_id = make.group("Evenings", owner=hana, members=[ben], moderators=[mori])
    make.held_back(hana, SanctionKind.SUSPEND)
    press(client_for(hana), when="now")
    assert standing(make, hana) is None
    assert make.owner(group_id).id == mori.id
    assert kinds_to(make, "mori@example.org") == ["groups/roles_changed"]


def test_one_that_cannot_be_erased_stops_nobody_else(
    make: Make, client_for: ClientFor, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = make.member("Ben")
    for one in (ana, ben):
        press(client_for(one))
    erase = actions.erase

    def fails(account_id: UUID, **when: datetime) -> bool:
        if account_id == ana.id:
            raise RuntimeError
        return erase(account_id, **when)

    monkeypatch.setattr(actions, "erase", fails)
    make.clock.pass_by(days=14)
    run_jobs(make)
    assert (standing(make, ana), standing(make, ben)) == (Standing.LEAVING, None)


def test_however_many_posts_it_is_a_piece_at_a_time(
    make: Make, client_for: ClientFor, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads_parting, "_AT_ONCE", 2)
    thread_id = make.thread(make.everyone(), ana)
    for number in range(4):
        make.reply(thread_id, ana, f"Rain {number}.")
    press(client_for(ana), when="now")
    with make.app.app_context():
        assert set(db.session.scalars(select(Post.text))) == {""}
        assert set(db.session.scalars(select(PostWords.words))) == {""}


def test_the_first_page_asks_the_database_as_often_for_one_group_as_for_many(
    make: Make, client_for: ClientFor, cost
) -> None:
    hana = make.member("Hana")

    def asked() -> int:
        browser = client_for(hana)
        cost.statements.clear()
        assert browser.get(ABOUT).status_code == 200
        return int(cost)

    def opened(name: str) -> None:
        group_id = make.group(name, owner=hana, members=[make.member(f"Friend of {name}")])
        make.call(group_id, make.actor(hana), title=name)

    opened("First")
    one = asked()
    for number in range(3):
        opened(f"Group {number}")
    assert asked() == one
