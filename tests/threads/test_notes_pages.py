"""Content notes on the pages of threads: written, met, suggested, added."""

import re
from uuid import UUID

import pytest

from community.core.db import db
from community.threads.models import Post
from community.threads.notes import actions
from community.threads.notes.models import NoteSuggestion
from community.threads.notes.rules import NO_NOTES, NoteKind, Notes, Showing
from tests.pages import again_typed, plain, send

WORDS = "They put the needle in here."
NOTED = "Content note: Surgery or needles"
SURGERY, PAIN = NoteKind.SURGERY, NoteKind.PAIN


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana, words="I looked at the rain.")


@pytest.fixture
def reply_id(make, cast, thread_id) -> UUID:
    return make.reply(thread_id, cast.ben, WORDS)


@pytest.fixture
def notes_of(app):
    def read(post_id) -> Notes:
        with app.app_context():
            return db.session.get_one(Post, post_id).notes

    return read


def noted(make, post_id, *kinds) -> None:
    def write() -> None:
        post = db.session.get_one(Post, post_id)
        post.notes = post.notes.with_own(kinds)

    make.done(write)


def chosen(make, person, **how) -> None:
    choices = {NoteKind(kind): Showing(way) for kind, way in how.items()}
    make.done(lambda: actions.choose(person, choices))


def article(page: str, post_id: UUID) -> str:
    found = re.search(rf'id="post-{post_id}".*?</article>', page, re.DOTALL)
    assert found
    return found[0]


# ---- whoever writes ----


def test_notes_are_chosen_with_a_reply_and_stand_before_its_words(
    cast, client_for, thread_id, notes_of
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    answer = send(browser, page, f"{page}/replies", words=WORDS, notes=["surgery", "pain"])
    assert answer.status_code == 302
    assert "needle" not in answer.location
    assert "surgery" not in answer.location
    met = client_for(cast.ana).get(page).text
    folded = re.search(r"<details class=\"fold\">(?:(?!</details>).)*needle", met, re.DOTALL)
    assert folded
    assert "Content note: Surgery or needles, Pain. Show the words" in folded[0]


def test_a_thread_has_notes_too_and_no_title_of_a_page_says_them(
    cast, client_for, make, thread_id, notes_of
):
    browser = client_for(cast.ana)
    answer = send(
        browser, "/threads/new", group=str(cast.group_id), topic="cervical", title="Thursday",
        wish="ideas", words=WORDS, notes=["surgery"],
    )  # fmt: skip
    assert answer.status_code == 302
    met = client_for(cast.ben).get(answer.location).text
    assert "Surgery or needles" in met
    assert "urgery" not in re.findall(r"<title>.*?</title>", met)[0]
    assert NOTED in client_for(cast.ben).get(f"/groups/{cast.group_id}").text


def test_a_form_with_something_missing_keeps_what_was_ticked(cast, client_for, thread_id):
    page = f"/threads/{thread_id}"
    answer = send(client_for(cast.ben), page, f"{page}/replies", words=" ", notes=["loss"])
    assert answer.status_code == 422
    assert re.search(r'<input checked[^>]*value="loss"', answer.text)


def test_a_note_that_there_isn_t_is_refused_and_nothing_is_lost(cast, client_for, thread_id):
    page = f"/threads/{thread_id}"
    answer = send(client_for(cast.ben), page, f"{page}/replies", words=WORDS, notes=["spiders"])
    assert answer.status_code == 422
    assert WORDS in answer.text


def test_a_draft_keeps_the_notes(cast, client_for, thread_id):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    assert (
        send(browser, page, f"{page}/draft", words="They put", notes=["surgery"]).status_code == 302
    )
    assert re.search(r'<input checked[^>]*value="surgery"', browser.get(page).text)


def test_they_are_changed_with_ones_words_and_without(
    cast, client_for, make, thread_id, reply_id, notes_of
):
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/edit"
    send(browser, page, words=WORDS, version="1", notes=["surgery"])
    assert notes_of(reply_id) == Notes(frozenset({SURGERY}))
    assert re.search(r'<input checked[^>]*value="surgery"', browser.get(page).text)
    send(browser, page, words="It was over soon.", version="1")
    assert notes_of(reply_id) == NO_NOTES


def test_what_is_taken_back_has_no_note_left(cast, client_for, make, reply_id, notes_of, app):
    noted(make, reply_id, SURGERY)
    make.done(lambda: actions.suggest(cast.ana, reply_id, {PAIN}, now=make.clock.now()))
    send(client_for(cast.ben), f"/posts/{reply_id}/take-back")
    assert notes_of(reply_id) == NO_NOTES
    with app.app_context():
        assert db.session.query(NoteSuggestion).count() == 0


# ---- whoever reads ----


@pytest.mark.parametrize("way", list(Showing))
def test_each_reader_meets_them_in_the_way_they_chose(
    cast, client_for, make, thread_id, reply_id, way
):
    noted(make, reply_id, SURGERY)
    chosen(make, cast.ana, surgery=way)
    met = article(client_for(cast.ana).get(f"/threads/{thread_id}").text, reply_id)
    before, _, _ = met.partition(WORDS)
    assert ("<details" in before) is (way is not Showing.SHOW)
    assert ("Hidden by your choice. Show it" in before) is (way is Showing.HIDE)
    summary = re.findall(r"<summary>.*?</summary>", met, re.DOTALL)
    assert ("Surgery" in "".join(summary)) is (way is Showing.COLLAPSE)
    own = article(client_for(cast.ben).get(f"/threads/{thread_id}").text, reply_id)
    assert "<details" not in own
    assert NOTED in own


def test_where_notes_stand_one_link_leads_to_how_they_are_met(
    cast, client_for, make, thread_id, reply_id
):
    page = f"/threads/{thread_id}"
    assert 'href="/content-notes"' not in client_for(cast.ana).get(page).text
    for post_id in (reply_id, make.reply(thread_id, cast.ben)):
        noted(make, post_id, SURGERY)
    assert client_for(cast.ana).get(page).text.count('href="/content-notes"') == 1


def test_a_note_is_suggested_from_the_post_and_nothing_is_reported_by_it(
    cast, client_for, make, thread_id, reply_id
):
    ana = client_for(cast.ana)
    way = re.search(rf'href="(/posts/{reply_id}/report)"[^>]*>Report Ben’s post, or suggest a note',
                    ana.get(f"/threads/{thread_id}").text)  # fmt: skip
    assert f"/posts/{reply_id}/notes/suggest" in ana.get(way[1]).text
    assert str(reply_id) not in client_for(cast.mori).get("/moderation").text


def test_out_of_sight_a_thread_has_no_title_in_lists_nor_above_it(
    cast, client_for, make, thread_id
):
    noted(make, make.opening(thread_id), SURGERY)
    chosen(make, cast.ben, surgery="hide")
    browser = client_for(cast.ben)
    for page in ("/home", f"/groups/{cast.group_id}", "/topics/cervical"):
        met = browser.get(page).text
        assert "A thread hidden by your choice" in met, page
        assert "The bus" not in met, page
        assert "urgery" not in met, page
    met = browser.get(f"/threads/{thread_id}").text
    assert "The bus" not in met.partition("Hidden by your choice")[0]
    assert "The bus" in met.partition("Hidden by your choice")[2]
    assert "The bus" in client_for(cast.ana).get("/home").text


def test_the_way_is_chosen_on_a_page_of_its_own_and_kept(cast, client_for):
    browser = client_for(cast.ana)
    assert "/content-notes" in browser.get("/comfort").text
    ways = {kind.value: "collapse" for kind in NoteKind} | {"pain": "show", "loss": "hide"}
    assert send(browser, "/content-notes", **ways).status_code == 302
    page = browser.get("/content-notes").text
    on = dict(re.findall(r'<input checked[^>]*name="(\w+)"[^>]*value="(\w+)"', page))
    assert on == ways
    settings = plain(browser.get("/settings"))
    assert "Loss Out of sight" in settings
    assert "Pain Show it" in settings
    assert "/sign-in" in client_for().get("/content-notes").location


def test_a_way_that_there_isn_t_changes_nothing(cast, client_for, app):
    browser = client_for(cast.ana)
    answer = send(browser, "/content-notes", **dict.fromkeys(NoteKind, "louder"))
    assert answer.status_code == 422


def test_what_somebody_wrote_before_stands_behind_its_notes_for_moderators(
    cast, client_for, make, reply_id
):
    send(
        client_for(cast.ben),
        f"/posts/{reply_id}/edit",
        words="Over.",
        version="1",
        notes=["surgery"],
    )
    page = client_for(cast.mori).get(f"/posts/{reply_id}/versions").text
    assert "<summary>" in page.partition(WORDS)[0]


def test_a_page_asks_no_more_for_twenty_notes_than_for_one(cast, client_for, make, thread_id, cost):
    browser, page = client_for(cast.ana), f"/threads/{thread_id}"

    def asked() -> int:
        browser.get(page)
        cost.statements.clear()
        browser.get(page)
        return int(cost)

    noted(make, make.reply(thread_id, cast.ben), SURGERY)
    one = asked()
    for _ in range(19):
        noted(make, make.reply(thread_id, cast.ben), PAIN)
    assert asked() == one


# ---- suggesting ----


def test_whoever_reads_suggests_and_its_author_alone_is_told_and_not_by_whom(
    cast, client_for, make, thread_id, reply_id, letters, app
):
    browser, page = client_for(cast.ana), f"/posts/{reply_id}/notes/suggest"
    assert page in browser.get(f"/posts/{reply_id}/report").text
    assert send(browser, page, kinds=["surgery"]).status_code == 302
    told = client_for(cast.ben)
    assert "could use a content note" in told.get("/news").text
    assert "Ana" not in plain(told.get("/news"))
    assert "This could use a content note:" in told.get(f"/threads/{thread_id}").text
    for person in (cast.ana, cast.mori):
        assert "This could use" not in client_for(person).get(f"/threads/{thread_id}").text
    assert str(reply_id) not in client_for(cast.mori).get("/moderation").text
    with app.app_context():
        row = db.session.query(NoteSuggestion).one()
        assert str(cast.ana.id) not in str(vars(row))


@pytest.mark.parametrize(("press", "after"), [("take-up", {SURGERY}), ("leave", set())])
def test_its_author_adds_it_by_one_press_or_leaves_it_and_is_not_asked_again(
    cast, client_for, make, thread_id, reply_id, notes_of, press, after
):
    for _ in range(2):
        make.done(lambda: actions.suggest(cast.ana, reply_id, {SURGERY}, now=make.clock.now()))
    browser = client_for(cast.ben)
    send(browser, f"/threads/{thread_id}", f"/posts/{reply_id}/notes/{press}")
    assert notes_of(reply_id).own == after
    make.done(lambda: actions.suggest(cast.mori, reply_id, {SURGERY}, now=make.clock.now()))
    assert "This could use" not in browser.get(f"/threads/{thread_id}").text


def test_nobody_else_answers_for_them(cast, client_for, make, thread_id, reply_id, notes_of):
    make.done(lambda: actions.suggest(cast.ana, reply_id, {SURGERY}, now=make.clock.now()))
    for person in (cast.ana, cast.mori, cast.stranger):
        for press in ("take-up", "leave"):
            answer = send(client_for(person), "/comfort", f"/posts/{reply_id}/notes/{press}")
            assert answer.status_code == 404
    assert notes_of(reply_id) == NO_NOTES


def test_suggesting_asks_what_it_is_about(cast, client_for, reply_id):
    answer = send(client_for(cast.ana), f"/posts/{reply_id}/notes/suggest")
    assert answer.status_code == 422
    assert "Tick what it is about." in answer.text


@pytest.mark.holds("moderation:23")
def test_strangers_guests_and_the_author_find_nothing_to_suggest(cast, client_for, reply_id):
    page = f"/posts/{reply_id}/notes/suggest"
    for person in (cast.stranger, cast.ben):
        assert client_for(person).get(page).status_code == 404
    assert "/sign-in" in client_for().get(page).location


def test_what_somebody_keeps_apart_from_can_t_be_suggested_for(cast, client_for, make, reply_id):
    make.kept_apart(cast.ana, cast.ben)
    assert client_for(cast.ana).get(f"/posts/{reply_id}/notes/suggest").status_code == 404


# ---- moderators ----


def typed(**more):
    return {
        "kinds": ["surgery"],
        "rule": "wishes",
        "why": "Some read this in bed.",
        "version": "1",
        **more,
    }


def test_a_moderator_adds_a_note_which_stays_and_its_author_reads_why(
    cast, client_for, thread_id, reply_id, notes_of, letters, app
):
    browser, page = client_for(cast.mori), f"/posts/{reply_id}/notes"
    assert page in browser.get(f"/threads/{thread_id}").text
    assert send(browser, page, **typed(seen="")).status_code == 302
    assert notes_of(reply_id) == Notes(added=frozenset({SURGERY}))
    assert letters()[-1] == ("Ben", "notes_added")
    edit = client_for(cast.ben).get(f"/posts/{reply_id}/edit").text
    assert "A moderator has added: Surgery or needles. That stays." in edit
    send(client_for(cast.ben), f"/posts/{reply_id}/edit", words=WORDS, version="1")
    assert notes_of(reply_id).added == {SURGERY}


def test_a_moderator_takes_away_what_moderators_added(
    cast, client_for, make, reply_id, notes_of, letters
):
    make.done(lambda: actions.put(reply_id, {SURGERY}))
    noted(make, reply_id, PAIN)
    page = f"/posts/{reply_id}/notes"
    send(client_for(cast.mori), page, **typed(kinds=[], seen="pain +surgery"))
    assert notes_of(reply_id) == Notes(frozenset({PAIN}))
    assert letters()[-1] == ("Ben", "notes_added")


def test_of_two_moderators_the_second_reads_what_the_first_did_and_keeps_what_they_typed(
    cast, client_for, make, reply_id, notes_of
):
    browser, page = client_for(cast.marta), f"/posts/{reply_id}/notes"
    browser.get(page)
    make.done(lambda: actions.put(reply_id, {PAIN}))
    answer = send(browser, page, **typed(seen=""))
    assert answer.status_code == 409
    assert "Some read this in bed." in answer.text
    assert notes_of(reply_id).added == {PAIN}
    assert again_typed(answer)["seen"] == "+pain"
    send(browser, page, **typed(seen="+pain"))
    assert notes_of(reply_id).added == {SURGERY}


@pytest.mark.holds("moderation:3")
def test_words_that_changed_meanwhile_are_read_before_a_note_is_put(
    cast, client_for, reply_id, notes_of
):
    browser, page = client_for(cast.mori), f"/posts/{reply_id}/notes"
    assert again_typed(browser.get(page))["version"] == "1"
    changed = {"words": "It was over soon.", "version": "1"}
    send(client_for(cast.ben), f"/posts/{reply_id}/edit", **changed)
    answer = send(browser, page, **typed(seen=""))
    assert answer.status_code == 409
    assert "It was over soon." in answer.text
    assert "Some read this in bed." in answer.text
    assert notes_of(reply_id) == NO_NOTES
    assert again_typed(answer)["version"] == "2"
    assert send(browser, page, **typed(seen="", version="2")).status_code == 302
    assert notes_of(reply_id).added == {SURGERY}


@pytest.mark.holds("moderation:3")
@pytest.mark.parametrize("missing", ["seen", "version"])
@pytest.mark.parametrize("there", [frozenset(), frozenset({PAIN})])
def test_a_note_says_what_was_seen_before_it_is_put(
    cast, client_for, make, reply_id, notes_of, missing, there
):
    make.done(lambda: actions.put(reply_id, there))
    sent = typed(seen="+pain" if there else "")
    del sent[missing]
    answer = send(client_for(cast.mori), f"/posts/{reply_id}/notes", **sent)
    assert answer.status_code == 422
    assert "Some read this in bed." in answer.text
    assert notes_of(reply_id).added == there


@pytest.mark.holds("moderation:6")
def test_a_note_has_a_guideline_and_a_reason(cast, client_for, reply_id, notes_of, letters):
    browser, page = client_for(cast.mori), f"/posts/{reply_id}/notes"
    answer = send(browser, page, **typed(seen="", why=" ", rule=""))
    assert answer.status_code == 422
    assert re.search(r'<input checked[^>]*value="surgery"', answer.text)
    assert send(browser, page, **typed(seen="", rule="none")).status_code == 422
    assert notes_of(reply_id) == NO_NOTES


@pytest.mark.holds("moderation:1", "moderation:11")
def test_for_whoever_may_not_the_page_does_not_exist(cast, client_for, make, thread_id, reply_id):
    page = f"/posts/{reply_id}/notes"
    for person in (cast.ana, cast.ben, cast.hana, cast.stranger, cast.pat):
        assert client_for(person).get(page).status_code == 404
        assert send(client_for(person), "/comfort", page, **typed(seen="")).status_code == 404
    of_mori = make.reply(thread_id, cast.mori, WORDS)
    assert client_for(cast.mori).get(f"/posts/{of_mori}/notes").status_code == 404
    assert "/sign-in" in client_for().get(page).location
