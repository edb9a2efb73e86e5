"""What needs a decision, for whoever may make it."""

import pytest

from tests.pages import send


@pytest.fixture
def items(cast, make):
    thread_id = make.thread(cast.group_id, cast.ben, title="First injections next week")
    return {
        reason: make.report(make.reply(thread_id, cast.ana), cast.ben, reason)
        for reason in ("spam", "stop_treatment")
    }


@pytest.mark.holds("moderation:25")
def test_it_counts_and_shows_what_this_moderator_can_decide(cast, make, client_for, items):
    page = client_for(cast.mori).get("/moderation").text
    assert "2 items you can decide." in page
    assert page.index("Pressure to stop") < page.index("Spam")
    assert "A reply in “First injections next week”" in page
    assert "One member reported it." in page
    assert all(f"/moderation/{item_id}" in page for item_id in items.values())


@pytest.mark.holds("moderation:1", "moderation:25")
def test_their_own_reports_wait_on_others(cast, make, client_for, reply_id):
    make.report(reply_id, cast.mori)
    page = client_for(cast.mori).get("/moderation").text
    assert "Nothing waits for you." in page
    assert "One item waits on others: you reported it." in page


@pytest.mark.holds("moderation:11")
def test_the_platform_sees_its_own_items_and_moderators_elsewhere_none(cast, client_for, items):
    platform = client_for(cast.pat).get("/moderation").text
    assert "One item you can decide." in platform
    assert "Pressure to stop" in platform  # the platform shares what is dangerous
    assert "Nothing waits for you." in client_for(cast.stranger).get("/moderation").text


@pytest.mark.holds("moderation:4", "moderation:25")
def test_what_somebody_else_is_looking_at_is_counted_and_shown_as_before(
    cast, make, client_for, items
):
    item_id = items["spam"]
    send(client_for(cast.marta), f"/moderation/{item_id}", f"/moderation/{item_id}/claim")
    for person, words in (
        (cast.mori, "Marta is looking at it."),
        (cast.marta, "You’re looking at it."),
    ):
        page = client_for(person).get("/moderation").text
        assert "2 items you can decide." in page
        assert f"/moderation/{item_id}" in page
        assert words in page


@pytest.mark.holds("asvs:2")
def test_it_does_not_exist_for_members_and_guests(cast, client_for, items):
    for person in (cast.ana, cast.hana):
        assert client_for(person).get("/moderation").status_code == 404
    assert "/sign-in" in client_for().get("/moderation").location


def test_a_long_queue_costs_no_more_statements_than_a_short_one(
    cast, make, client_for, cost, items
):
    browser = client_for(cast.mori)

    def statements() -> int:
        cost.statements.clear()
        browser.get("/moderation")
        return len(cost.statements)

    statements()
    short = statements()
    thread_id = make.thread(cast.group_id, cast.ben)
    for _ in range(10):
        make.report(make.reply(thread_id, cast.ana), cast.ben)
    assert statements() == short <= 16


@pytest.mark.parametrize(("page", "statements"), [("/calls", 12), ("/moderation", 15)])
def test_what_there_is_none_of_is_not_asked_for(cast, client_for, cost, items, page, statements):
    """An item waits, and neither another look nor an answer, nor anybody for a moderator."""
    mori = client_for(cast.mori)
    mori.get(page)
    cost.statements.clear()
    mori.get(page)
    assert int(cost) == statements
