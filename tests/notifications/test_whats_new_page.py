"""What's new: everything somebody was told, in words that wait."""

import pytest
from sqlalchemy import select, update

from community.core.db import db, transaction
from community.core.jobs import run
from community.groups import actions as groups_actions
from community.groups.rules import GroupDeclined, JoiningApproved
from community.notifications.actions import tell
from community.notifications.jobs import JOBS
from community.notifications.models import Notice
from tests.pages import send

PAGE = "/news/"


@pytest.fixture
def ana(make):
    return make.member("Ana")


@pytest.fixture
def told(app, make, clock):
    """Tell somebody that a group of this name isn't opened."""

    def say(person, *names):
        with app.app_context(), transaction():
            for name in names:
                tell(person.id, GroupDeclined(name, "Not now."), now=clock.now())

    return say


def ids(app, person):
    with app.app_context():
        query = select(Notice.id).where(Notice.account_id == person.id).order_by(Notice.id.desc())
        return list(db.session.scalars(query))


def test_news_comes_newest_first_and_the_bell_says_how_many_in_words(client_for, ana, told) -> None:
    browser = client_for(ana)
    assert "Nothing new. Rest, or look around." in browser.get(PAGE).text
    assert " new)</span>" not in browser.get("/home").text
    told(ana, "Mornings", "Evenings")
    page = browser.get(PAGE).text
    assert page.index("“Evenings” won’t open") < page.index("“Mornings” won’t open")
    assert "(2 new)</span>" in browser.get("/home").text


def test_looking_changes_nothing_and_the_button_does(client_for, ana, told, app) -> None:
    told(ana, "Mornings")
    browser = client_for(ana)
    for _ in range(2):
        assert "(1 new)" in browser.get(PAGE).text
    (newest,) = ids(app, ana)
    told(ana, "Evenings")  # while she reads
    assert send(browser, PAGE, "/news/seen", newest=newest).location == PAGE
    page = browser.get(PAGE).text
    assert "(1 new)" in page
    assert "Mornings" in page
    assert send(browser, PAGE, "/news/seen", newest=ids(app, ana)[0]).location == PAGE
    assert "I’ve seen these" not in browser.get(PAGE).text


@pytest.mark.parametrize("newest", ["", "x", "7"])
def test_nonsense_is_not_found(client_for, ana, told, newest) -> None:
    told(ana, "Mornings")
    assert send(client_for(ana), PAGE, "/news/seen", newest=newest).status_code == 404


def test_opening_leads_to_the_thing_and_what_can_not_be_seen_any_more_is_said_there(
    client_for, make, ana, app
) -> None:
    hana = make.member("Hana")
    group_id = make.group("Quiet evenings", owner=hana)
    make.joined(group_id, ana, make.actor(hana))
    browser = client_for(ana)
    (notice_id,) = ids(app, ana)
    opened = send(browser, PAGE, f"/news/{notice_id}/open")
    assert opened.location == f"http://localhost/groups/{group_id}"
    assert browser.get(opened.location).status_code == 200
    assert "(1 new)" not in browser.get(PAGE).text
    make.done(lambda: groups_actions.leave(make.actor(ana), group_id, now=make.clock.now()))
    opened = send(browser, "/comfort", f"/news/{notice_id}/open")
    assert browser.get(opened.location).status_code == 404
    assert "You’re now a member of “Quiet evenings”." in browser.get(PAGE).text


def test_nobody_reads_or_opens_anothers_news(client_for, make, ana, told, app) -> None:
    told(ana, "Mornings")
    ben = client_for(make.member("Ben"))
    assert "Mornings" not in ben.get(PAGE).text
    (notice_id,) = ids(app, ana)
    assert send(ben, "/comfort", f"/news/{notice_id}/open").status_code == 404
    send(ben, "/comfort", "/news/seen", newest=notice_id)
    assert "(1 new)" in client_for(ana).get(PAGE).text
    assert client_for().get(PAGE).location == "/sign-in?next=/news/"


def test_a_page_costs_the_same_for_one_and_for_many(client_for, ana, told, cost) -> None:
    browser = client_for(ana)
    told(ana, "Number 0")
    cost.statements.clear()
    browser.get(PAGE)
    assert int(cost) == 2
    told(ana, *(f"Number {number}" for number in range(1, 46)))
    cost.statements.clear()
    page = browser.get(PAGE).text
    assert int(cost) == 2
    seen = []
    while True:
        seen += [n for n in range(46) if f"“Number {n}”" in page]
        older = page.partition('href="/news/?older=')[2].partition('"')[0]
        if not older:
            break
        page = browser.get(f"{PAGE}?older={older}").text
    assert sorted(seen) == list(range(46))


def test_words_of_people_are_only_words(client_for, ana, told) -> None:
    told(ana, "<b>Bold</b> & “quiet”")
    assert "“&lt;b&gt;Bold&lt;/b&gt; &amp; “quiet”” won’t open" in client_for(ana).get(PAGE).text


def test_news_that_can_not_be_worded_any_more_hides_none_of_the_rest(
    app, client_for, ana, told
) -> None:
    told(ana, "Mornings", "Evenings")
    with app.app_context(), transaction():
        broken = ids(app, ana)[0]
        db.session.execute(update(Notice).where(Notice.id == broken).values(facts={}))
    page = client_for(ana).get(PAGE)
    assert page.status_code == 200
    assert "Mornings" in page.text


def test_it_is_forgotten_after_ninety_days(app, clock, client_for, make, ana, told) -> None:
    told(ana, "Mornings")
    clock.pass_by(days=1)
    told(ana, "Evenings")
    clock.pass_by(days=90)
    (job,) = JOBS
    run(app, job)
    page = client_for(ana).get(PAGE).text
    assert "Mornings" not in page
    assert "Evenings" in page


def test_what_is_said_once_is_said_once(app, clock, ana) -> None:
    with app.app_context():
        for _ in range(2):
            with transaction():
                letter = JoiningApproved(ana.id, "Mornings", "Welcome.")
                tell(ana.id, letter, now=clock.now(), once="answer:1")
    assert len(ids(app, ana)) == 1
