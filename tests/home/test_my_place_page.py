"""Where a member arrives."""

from community.core.actor import Staff
from tests.pages import send

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
