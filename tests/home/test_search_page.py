"""The search page: its form, its address by chance, what it shows, and whom it turns away."""

import re
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from community.safety.blocks.actions import keep_apart
from community.threads import actions
from community.threads.notes.models import NoteChoice
from community.threads.notes.rules import NoteKind, Showing
from community.threads.search import queries
from community.threads.taken_back.actions import take_back
from tests.pages import plain, send, token

PAGE = "/search"


@pytest.fixture
def thread_id(cast, make):
    thread_id = make.thread(cast.group_id, cast.ana, title="The bus", words="Rain and tea.")
    make.reply(thread_id, cast.ben, "Tea is fine, <b>really</b> & always.")
    return thread_id


def looked_for(browser, words, **more):
    """The page that the form leads to."""
    sent = send(browser, PAGE, words=words, **more)
    assert sent.status_code == 302, sent.text
    return browser.get(sent.location)


def test_somebody_finds_what_was_written_with_the_words_marked(cast, client_for, thread_id):
    page = looked_for(client_for(cast.ben), "TEA")
    assert page.status_code == 200
    assert "<mark>Tea</mark> is fine, &lt;b&gt;really&lt;/b&gt; &amp; always." in page.text
    assert page.text.index("<mark>Tea</mark>") < page.text.index("<mark>tea</mark>")
    link = re.search(r'class="go" href="(/posts/[^"]+)"', page.text)[1]
    led_to = client_for(cast.ben).get(link).location
    assert led_to.startswith(f"/threads/{thread_id}")


@pytest.mark.holds("promise:10")
def test_the_address_says_nothing_of_what_is_looked_for_and_goes_back_to_the_same(
    cast, client_for, thread_id
):
    ben = client_for(cast.ben)
    first = send(ben, PAGE, words="tea").location
    second = send(ben, PAGE, words="rain", topic="cervical", by="Ana").location
    assert re.fullmatch(r"/search/[0-9a-f-]{36}", first)
    assert first != second
    assert 'value="tea"' in ben.get(first).text
    again = ben.get(second).text
    assert 'value="rain"' in again
    assert 'value="Ana"' in again
    theirs = client_for(cast.ana).get(first)
    assert theirs.status_code == 404
    assert "tea" not in plain(theirs).partition("Ways to look")[0]
    for word in ("a", "b", "c", "d", "e"):
        send(ben, PAGE, words=word)
    assert "That search isn’t kept any more." in ben.get(first).text


@pytest.mark.holds("promise:10")
def test_nothing_of_it_is_written_down(cast, client_for, thread_id, capsys):
    looked_for(client_for(cast.ben), "zebrafinch", by="Wren")
    said = capsys.readouterr()
    assert "zebrafinch" not in said.out + said.err
    assert "Wren" not in said.out + said.err


def test_another_name_leads_to_its_topic_first_and_is_looked_for_too(cast, make, client_for):
    make.thread(cast.group_id, cast.ana, words="They said cervical dystonia.")
    page = looked_for(client_for(cast.ben), "torticollis")
    shown = plain(page)
    assert shown.index("Places that go by this name") < shown.index("What people wrote")
    assert 'href="/topics/cervical"' in page.text
    assert "Looked for as well: cervical dystonia" in shown
    assert "<mark>cervical dystonia</mark>" in page.text
    assert "Nothing was found." in plain(looked_for(client_for(cast.ben), '"torticollis"'))


def test_what_needs_urgent_help_is_said_beside_the_place_it_leads_to(cast, client_for):
    shown = plain(looked_for(client_for(cast.ben), "acute dystonic reaction"))
    assert "Linked to medicines" in shown
    assert "Sudden strong spasms soon after a new medicine are different" in shown


def test_each_says_what_it_is_about_also_where_a_small_topic_is_listed_in_a_larger_one(
    cast, make, client_for, thread_id
):
    make.thread(cast.group_id, cast.ana, topic="one-side", words="Tea with one arm.")
    ben = client_for(cast.ben)
    assert "About: Neck" in plain(looked_for(ben, "tea"))
    larger = plain(looked_for(ben, "tea", topic="several-areas"))
    assert "About: One side of the body" in larger
    assert "About: Neck" not in larger


def test_a_tag_is_offered_by_its_own_address(cast, client_for):
    page = looked_for(client_for(cast.ben), "dbs")
    assert re.search(r'href="/tags/[0-9a-f-]{36}">The tag Deep brain stimulation', page.text)


@pytest.mark.parametrize("typed", ["", "   ", "a" * 201])
def test_nothing_and_too_much_are_asked_for_again(cast, client_for, typed):
    page = send(client_for(cast.ben), PAGE, words=typed)
    assert page.status_code == 422
    assert "There is a problem" in page.text


@pytest.mark.parametrize("typed", ['"', "***", "\0 a", "' OR 1=1 --", "NEAR(", "🙂", "\u202eאבג"])
def test_whatever_is_typed_is_answered(cast, client_for, thread_id, typed):
    page = looked_for(client_for(cast.ben), typed, by=typed)
    assert page.status_code == 200
    assert "Nothing was found." in plain(page)


def test_a_topic_that_there_isnt_and_a_nonsense_page_change_nothing(cast, client_for, thread_id):
    ben = client_for(cast.ben)
    assert send(ben, PAGE, words="tea", topic="nonsense").status_code == 422
    place = send(ben, PAGE, words="tea").location
    assert "is fine" in ben.get(f"{place}?before=nonsense").text


def test_a_guest_is_asked_to_sign_in_and_keeps_no_search(client_for):
    guest = client_for(None)
    assert guest.get(PAGE).location.startswith("/sign-in")
    assert guest.post(PAGE, data={"words": "tea"}).status_code in {400, 403}


def test_a_stranger_finds_nothing_of_a_group_that_isnt_theirs(cast, client_for, thread_id):
    assert "Nothing was found." in plain(looked_for(client_for(cast.stranger), "tea"))
    assert "Nothing was found." in plain(looked_for(client_for(cast.stranger), "tea", by="Ben"))


def test_whoever_finds_nothing_in_one_place_can_look_everywhere_or_ask(cast, client_for, thread_id):
    ben, everywhere = client_for(cast.ben), "Look in all topics, whoever wrote it"
    for narrow in ({"by": "Wren"}, {"topic": "hand"}):
        page = looked_for(ben, "tea", **narrow).text
        [form] = [each for each in page.split("</form>") if everywhere in each]
        assert 'name="words" value="tea"' in form.rpartition("<form")[2]
    asks = "you can also ask"
    nowhere = looked_for(ben, "zebra").text
    assert everywhere not in nowhere
    assert 'href="/threads/new"' in nowhere.split(asks)[1]
    assert asks not in looked_for(ben, "tea").text


@pytest.mark.holds("moderation:22")
def test_a_page_holds_no_id_of_whoever_wrote(cast, make, client_for, thread_id):
    make.reply(thread_id, cast.hana, "Tea without a name.", unnamed=True)
    page = looked_for(client_for(cast.ben), "tea").text
    for person in (cast.ana, cast.ben, cast.hana):
        assert str(person.id) not in page
    assert "Hana" not in page


def test_words_behind_a_note_are_not_shown_and_words_out_of_sight_not_found(
    cast, make, client_for, thread_id
):
    now = make.clock.now()
    what = (make.actor(cast.hana), thread_id, "Tea and a zebra.")
    make.done(lambda: actions.reply(*what, notes=frozenset({NoteKind.PAIN}), now=now))
    ben = client_for(cast.ben)
    shown = looked_for(ben, "zebra")
    assert "Content note: Pain" in plain(shown)
    assert "<mark>zebra" not in shown.text
    make.done(lambda: queries.db.session.add(
        NoteChoice(account_id=cast.ben.id, kind=NoteKind.PAIN, showing=Showing.HIDE)
    ))  # fmt: skip
    assert "Nothing was found." in plain(looked_for(ben, "zebra"))


def test_pages_lead_to_older_words_and_back(cast, make, client_for, thread_id, monkeypatch):
    monkeypatch.setattr(queries, "A_PAGE", 1)
    ben = client_for(cast.ben)
    first = looked_for(ben, "tea").text
    assert "is fine" in first
    older = re.search(r'href="([^"]+)"[^>]*>Show older words', first)[1]
    second = ben.get(older.replace("&amp;", "&")).text
    assert "Rain and" in second
    assert "is fine" not in second
    assert "Show the newest words" in second
    assert "Show older words" not in second


def test_no_two_ways_on_a_page_have_one_name(cast, make, client_for, thread_id):
    for _ in range(3):
        make.reply(thread_id, cast.ben, "Tea again.")
        make.thread(cast.group_id, cast.ben, title="The bus", words="Tea.")
    page = looked_for(client_for(cast.ana), "tea").text
    names = [
        " ".join(re.sub(r"<[^>]+>", "", name).split())
        for name in re.findall(r'<a class="go"[^>]*>(.*?)</a>', page)
    ]
    assert len(names) == 8
    assert len(set(names)) == len(names)


def test_it_is_where_somebody_would_look(cast, client_for):
    for page in ("/topics", "/home"):
        assert 'href="/search"' in client_for(cast.ben).get(page).text
    assert 'href="/search"' not in client_for(None).get("/topics").text


def test_two_hundred_cost_no_more_statements_than_one(cast, make, client_for, cost, thread_id):
    ben = client_for(cast.ben)
    place = send(ben, PAGE, words="tea").location

    def statements() -> int:
        cost.statements.clear()
        assert ben.get(place).status_code == 200
        return int(cost)

    few = statements()
    for number in range(30):
        make.reply(thread_id, cast.ana, f"Tea {number}.")
    assert statements() == few <= 5


REPLY = "Tea is fine"
LEFT = {
    "removed": (lambda world: actions.remove(world.reply), [REPLY]),
    "hidden": (lambda world: actions.hide(world.reply, until=None), [REPLY]),
    "taken back": (lambda world: take_back(world.ben, world.reply, now=world.now), [REPLY]),
    "kept apart": (lambda world: keep_apart(world.hana, world.ben.id, now=world.now), [REPLY]),
    "begun no more": (lambda world: actions.remove(world.opening), [REPLY, "Rain and"]),
    "nothing": (lambda world: None, []),
}


@pytest.mark.holds("promise:8")
@pytest.mark.parametrize("way", LEFT)
def test_an_open_page_hears_which_of_its_results_nobody_would_find_any_more(
    cast, make, client_for, thread_id, way
):
    hana, opening = client_for(cast.hana), make.opening(thread_id)
    place = send(hana, PAGE, words="tea").location
    before = results(hana.get(place))
    [reply] = before.keys() - {str(opening)}
    assert REPLY in before[reply]
    happens, words = LEFT[way]
    world = SimpleNamespace(
        ben=cast.ben, hana=cast.hana, reply=UUID(reply), opening=opening, now=make.clock.now()
    )
    make.done(lambda: happens(world))
    gone = {post for post, said in before.items() if any(each in said for each in words)}
    assert still_found(hana, *before) == gone
    assert results(hana.get(place)).keys() == before.keys() - gone


def test_whoever_may_not_read_words_learns_nothing_of_whether_they_are_there(
    cast, make, client_for, thread_id
):
    opening, nobody_s = str(make.opening(thread_id)), str(uuid4())
    assert still_found(client_for(cast.stranger), opening, nobody_s) == {opening, nobody_s}
    assert still_found(client_for(cast.ana), opening, nobody_s, "nonsense") == {nobody_s}


def test_a_page_of_results_asks_for_all_of_them_at_once_and_for_no_more_than_it_can_have(
    cast, make, client_for, thread_id, cost
):
    ana = client_for(cast.ana)
    posts = [str(make.reply(thread_id, cast.ben, f"Tea {number}.")) for number in range(25)]

    def statements(*asked) -> int:
        sent = {"csrf_token": token(ana, PAGE), "posts": list(asked)}
        cost.statements.clear()
        assert ana.post(f"{PAGE}/still-found", data=sent).status_code == 200
        return int(cost)

    assert statements(posts[0]) == statements(*posts)
    make.done(lambda: [actions.remove(UUID(each)) for each in posts])
    assert still_found(ana, *posts) == set(posts[: queries.A_PAGE])


def results(page):
    """What each result says, by the post that it is."""
    found = re.findall(r'<li data-post="([^"]+)">(.*?)</li>', page.text, re.DOTALL)
    return {post: re.sub(r"</?mark>", "", words) for post, words in found}


def still_found(browser, *posts):
    """Those of these posts that are found no more."""
    answer = send(browser, PAGE, to=f"{PAGE}/still-found", posts=list(posts))
    assert answer.status_code == 200
    return set(answer.json["gone"])
