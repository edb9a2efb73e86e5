"""Where a member arrives."""

from community.core.actor import Staff
from tests.pages import plain, send

PAGE = "/home"


def test_it_greets_and_rushes_nobody(client_for, make) -> None:
    page = client_for(make.member("Ana")).get(PAGE).text
    assert "Hello, Ana" in page
    assert "Nothing here is urgent." in page
    assert "Before you take part" not in page


def test_who_has_not_agreed_is_shown_the_guidelines(client_for, make) -> None:
    page = client_for(make.member("Noor", agreed=False)).get(PAGE).text
    assert "Before you take part" in page


def test_it_leads_to_my_groups(client_for, make) -> None:
    ana, stranger = make.member("Ana"), make.member("Stranger")
    group_id = make.group("Quiet evenings", members=[ana])
    assert f"/groups/{group_id}" in client_for(ana).get(PAGE).text
    assert f"/groups/{group_id}" not in client_for(stranger).get(PAGE).text


def test_an_owner_is_told_who_asks_to_join(client_for, make) -> None:
    hana, ana = make.member("Hana"), make.member("Ana")
    group_id = make.group("Quiet evenings", owner=hana)
    assert "What you look after" not in client_for(hana).get(PAGE).text
    send(client_for(ana), f"/groups/{group_id}/join", answer="Hello")
    assert "Quiet evenings: 1 person asks to join" in client_for(hana).get(PAGE).text


def test_staff_find_what_they_look_after(client_for, make) -> None:
    assert "/groups/openings" in client_for(make.staff("Lee", Staff.SAFETY_LEAD)).get(PAGE).text
    assert "/admin/staff" in client_for(make.staff("Ada", Staff.ADMIN)).get(PAGE).text


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert client_for().get(PAGE).headers["Location"] == "/sign-in?next=/home"


def test_what_isnt_read_comes_first_and_it_says_when_all_of_it_is(client_for, make) -> None:
    ana, ben = make.actor(make.member("Ana")), make.actor(make.member("Ben"))
    group_id = make.group("Neck, evenings", members=[ana, ben])
    unread = make.thread(group_id, ana, title="Not read yet")
    for title in ("Read before", "Read as well"):
        make.clock.pass_by(minutes=1)
        make.thread(group_id, ben, title=title)
    browser = client_for(ben)
    page = plain(browser.get("/home"))
    assert "Latest in your groups" in page
    assert page.index("Not read yet") < page.index("Read as well") < page.index("Read before")
    assert "You’ve read all of these." not in page
    send(browser, f"/threads/{unread}", f"/threads/{unread}/place", number="1")
    page = plain(browser.get("/home"))
    assert page.index("Read as well") < page.index("Read before") < page.index("Not read yet")
    assert "You’ve read all of these. Rest, or look around." in page
