"""Changing one's own words, and taking them back."""

from functools import partial

import pytest

from community.threads import actions
from tests.pages import send


@pytest.fixture
def post_id(make, cast):
    return make.opening(make.thread(cast.group_id, cast.ana, words="I looked at the rain."))


def test_words_are_changed_and_the_page_says_so(cast, client_for, post_id):
    browser = client_for(cast.ana)
    answer = send(browser, f"/posts/{post_id}/edit", words="I looked at the snow.", version="1")
    assert answer.status_code == 302
    after = browser.get(answer.location).text
    assert "I looked at the snow." in after
    assert "changed today at" in after


def test_words_changed_elsewhere_are_shown_and_what_was_typed_stays(
    cast, make, client_for, clock, post_id
):
    edit = partial(actions.edit, cast.ana, post_id, "From my phone.", 1, now=clock.now())
    make.done(edit)
    browser, page = client_for(cast.ana), f"/posts/{post_id}/edit"
    stale = send(browser, page, words="From my desk.", version="1")
    assert stale.status_code == 409
    assert "From my phone." in stale.text
    assert "From my desk.</textarea>" in stale.text.replace("\r\n", "")
    assert 'name="version" value="2"' in stale.text
    assert send(browser, page, words="From my desk.", version="2").status_code == 302


def test_a_change_without_its_version_or_words_is_not_taken(cast, client_for, post_id):
    browser = client_for(cast.ana)
    for typed in ({"words": "Snow."}, {"words": "", "version": "1"}):
        assert send(browser, f"/posts/{post_id}/edit", **typed).status_code == 422


def test_taking_back_is_asked_once_and_leaves_a_line(cast, client_for, post_id):
    browser = client_for(cast.ana)
    page = f"/posts/{post_id}/take-back"
    assert "You can put them back for 30 days" in browser.get(page).text
    answer = send(browser, page)
    assert answer.status_code == 302
    after = browser.get(answer.location, follow_redirects=True).text
    assert "Ana took this back." in after
    assert "I looked at the rain." not in after
    assert browser.get(page).status_code == 409
    again = send(browser, "/comfort", page)  # a second press
    assert (again.status_code, again.location) == (302, answer.location)
    assert send(client_for(cast.ben), "/comfort", page).status_code == 403


@pytest.mark.holds("asvs:4")
def test_other_people_s_words_are_not_theirs_to_touch(cast, client_for, post_id):
    for person, status in ((cast.ben, 403), (cast.stranger, 404)):
        for what in ("edit", "take-back"):
            answer = client_for(person).get(f"/posts/{post_id}/{what}")
            assert answer.status_code == status
    assert "/sign-in" in client_for().get(f"/posts/{post_id}/edit").location
