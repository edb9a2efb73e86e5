"""Tags that become topics: who makes them, when, with which words, and what is there afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.core.actor import GUEST, Staff
from community.core.db import db
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.dystonia.tags import TAGS, Family, tag
from community.dystonia.topics import ALIASES, Catalogue, Kind, Topic, all_topics, learn, topic
from community.groups.jobs import know_the_topics
from community.groups.topics.queries import keep_up
from community.moderation.models import AuditEvent
from community.moderation.topics import actions, queries
from community.moderation.topics.rules import (
    AUTHORS,
    BEGINS,
    CLAIMS_TOO_MUCH,
    IS_TOPIC,
    NAME_MOST,
    NO_SIGNS,
    NOT_ITS_SHAPE,
    SYNONYMS_MOST,
    TAKEN,
    THREADS,
    TOO_LITTLE,
    WITHIN,
    WORDS_MOST,
    Carried,
    Ripe,
    Use,
    can_be_topic,
    listed,
    may_carry,
    may_promote,
)
from community.threads import listed as lists
from community.threads.gathering import actions as gathering_actions
from community.threads.gathering.rules import PinPlace
from community.threads.search.rules import read
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import again_typed, plain, send

PAGE = "/moderation/topics"
DBS, PHYSIO, GENE = (tag(slug) for slug in ("dbs", "physio", "dyt-tor1a"))
WORDS = Carried("Deep brain stimulation", "Living with it.", Kind.LIVING, ("brain pacemaker",))
TYPED = {
    "name": "Brain stimulation",
    "words": "Before it, with it, and what changed.",
    "kind": "living",
    "synonyms": "brain pacemaker\n\nDBS surgery\nbrain pacemaker",
}


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What this process learnt goes with the rows."""
    yield
    learn(Catalogue())


@pytest.fixture
def people(make):
    return [make.member(f"Writer {number}") for number in range(AUTHORS)]


@pytest.fixture
def group_id(make, people):
    return make.group("Everything", members=people)


@pytest.fixture
def written(make, group_id, people):
    """So many threads with a tag, by so many."""

    def write(count: int, slug: str = "dbs", by: int = AUTHORS, **more) -> list:
        return [
            make.thread(
                group_id, people[number % by], title=f"Thread {number}", tags=[slug], **more
            )
            for number in range(count)
        ]

    return write


@pytest.fixture
def promoted(cast, make, written, clock):
    """The tag is a topic; its threads stand elsewhere."""
    threads = written(THREADS)
    make.done(lambda: actions.promote(cast.pat, DBS.id, WORDS, now=clock.now()))
    return threads


def in_the_topic(page) -> str:
    """Its own list, without what is near."""
    return page.text.split('id="near-h"')[0]


# ---- rules ----


def test_much_is_fifteen_threads_by_eight_people_in_sixty_days():
    assert Use(15, 8).ripe is Ripe.YES
    assert Use(14, 8).ripe is Use(15, 7).ripe is Ripe.NOT_YET
    assert timedelta(days=60) == WITHIN


@given(st.integers(0, 40), st.integers(0, 40))
def test_much_has_to_be_written_by_many(threads, authors):
    ripe = Use(threads, authors).ripe
    assert (ripe is Ripe.YES) == (threads >= THREADS and authors >= AUTHORS)
    assert (ripe is None) == (threads < BEGINS or authors < BEGINS)


@given(st.dictionaries(st.sampled_from([one.slug for one in TAGS]), st.just(Use(99, 99))))
def test_no_gene_and_no_slug_that_leads_somewhere_is_ever_listed(uses):
    found = listed(uses, set())
    slugs = {one.slug for one in found[Ripe.YES]}
    assert slugs == {slug for slug in uses if can_be_topic(tag(slug))}
    assert not any(tag(slug).family is Family.GENE for slug in slugs)
    assert not any(topic(slug) or slug in ALIASES for slug in slugs)


def test_only_staff_of_the_site_make_topics(cast, make):
    enough, admin = Use(THREADS, AUTHORS), make.staff("Ada", Staff.ADMIN)
    lead = make.staff("Lea", Staff.SAFETY_LEAD)
    for actor in (cast.pat, admin, lead):
        assert may_promote(actor, DBS, enough)
        assert may_promote(actor, DBS, Use(THREADS, AUTHORS - 1)).reason is TOO_LITTLE
        assert may_promote(actor, GENE, Use(99, 99)).reason is NOT_FOUND
    for actor in (cast.ana, cast.mori, GUEST):
        assert may_promote(actor, DBS, enough).reason is NOT_FOUND


@pytest.mark.holds("promise:9")
@pytest.mark.parametrize(
    ("carried", "reason"),
    [
        (WORDS, None),
        (Carried("", "x", Kind.TYPE), NOT_ITS_SHAPE),
        (Carried("x", "", Kind.TYPE), NOT_ITS_SHAPE),
        (Carried("x" * (NAME_MOST + 1), "x", Kind.TYPE), NOT_ITS_SHAPE),
        (Carried("x", "x" * (WORDS_MOST + 1), Kind.TYPE), NOT_ITS_SHAPE),
        (Carried("x", "x", Kind.TYPE, ("y",) * (SYNONYMS_MOST + 1)), NOT_ITS_SHAPE),
        (Carried("What heals us", "x", Kind.TYPE), CLAIMS_TOO_MUCH),
        (Carried("x", "The cure that is proven to work.", Kind.TYPE), CLAIMS_TOO_MUCH),
        (Carried("x", "x", Kind.TYPE, ("root cause",)), CLAIMS_TOO_MUCH),
        (Carried("100 %(x)s", "x", Kind.TYPE), NO_SIGNS),
        (Carried("neck", "x", Kind.TYPE), TAKEN),
    ],
)
def test_what_a_topic_says_of_itself(carried, reason):
    assert may_carry("dbs", carried).reason is reason


# ---- how much is written ----


def test_only_what_everybody_sees_counts_and_only_lately(make, people, written, clock, inside):
    written(3, by=2)
    written(2, "dyt-tor1a")  # of which only its writer knows
    taken = make.opening(written(1)[0])
    writer = make.actor(people[0])
    make.done(lambda: taken_back_actions.take_back(writer, taken, now=clock.now()))
    assert queries.uses(clock.now())["dbs"] == Use(3, 2)
    assert "dyt-tor1a" not in queries.uses(clock.now())
    assert "dbs" not in queries.uses(clock.now() + WITHIN + timedelta(days=1))


# ---- pages ----


@pytest.mark.holds("promise:9")
def test_staff_make_a_topic_in_two_steps(cast, make, client_for, written, clock):
    written(THREADS)
    pat = client_for(cast.pat)
    assert f"{PAGE}/{DBS.id}" in pat.get(PAGE).text
    page = f"{PAGE}/{DBS.id}"
    assert 'value="Deep brain stimulation"' in pat.get(page).text
    wrong = send(pat, page, **{**TYPED, "words": "The cure."})
    assert wrong.status_code == 422
    assert "reads like a promise" in wrong.text
    looked = send(pat, page, **TYPED)
    assert looked.status_code == 200
    assert "How the topic will look" in looked.text
    assert "brain pacemaker, DBS surgery" in plain(looked)
    assert client_for().get("/topics/dbs").status_code == 404  # nothing has happened yet
    typed = again_typed(looked)
    changed = pat.post(page, data={**typed, "step": "change"})
    assert 'value="Brain stimulation"' in changed.text
    made = pat.post(page, data={**typed, "step": "sure"})
    assert made.location == PAGE
    assert client_for().get("/topics/dbs").status_code == 200
    assert "Brain stimulation" in plain(pat.get(PAGE))
    assert pat.post(page, data={**typed, "step": "sure"}).location == PAGE  # the first again
    other = {**typed, "step": "sure", "words": "Before it and after it."}
    for again in (pat.get(page), pat.post(page, data=other)):
        assert again.status_code == 409
    acts = make.done(lambda: list(db.session.scalars(select(AuditEvent.action))))
    assert acts.count("promoted") == 1


def test_nobody_else_finds_the_pages(cast, client_for, promoted):
    pages = (PAGE, f"{PAGE}/{PHYSIO.id}", f"{PAGE}/{DBS.id}/words")
    for page in pages:
        for person in (cast.ana, cast.mori):
            assert client_for(person).get(page).status_code == 404
        assert "/sign-in" in client_for().get(page).location
    pat = client_for(cast.pat)
    assert pat.get(f"{PAGE}/{GENE.id}").status_code == 404
    assert pat.get(f"{PAGE}/{cast.ana.id}").status_code == 404
    assert pat.get(f"{PAGE}/{PHYSIO.id}/words").status_code == 404
    assert pat.get(f"{PAGE}/{PHYSIO.id}").status_code == 409  # not enough


def test_a_tag_on_its_way_is_named_without_a_number_and_fewer_not_at_all(cast, client_for, written):
    pat = client_for(cast.pat)
    written(BEGINS - 1, "physio", by=4)
    assert "Physiotherapy" not in pat.get(PAGE).text
    written(BEGINS, "dbs", by=BEGINS)
    page = plain(pat.get(PAGE))
    assert "Deep brain stimulation" in page
    assert f"{PAGE}/{DBS.id}" not in pat.get(PAGE).text
    assert not any(character.isdigit() for character in page.split("Not yet")[1].split("Topics")[0])


def test_the_way_there_is_shown_to_staff_only(cast, client_for):
    assert PAGE in client_for(cast.pat).get("/home").text
    assert PAGE not in client_for(cast.mori).get("/home").text


# ---- afterwards ----


@pytest.mark.parametrize("many", [0, lists.MANY])
def test_it_is_a_topic_like_any_other(
    cast, make, client_for, promoted, group_id, people, monkeypatch, many
):
    """However many threads bear the tag."""
    monkeypatch.setattr(lists, "MANY", many)
    reader = client_for(people[0])
    for browser in (reader, client_for()):
        assert 'href="/topics/dbs"' in browser.get("/topics").text
        assert "brain pacemaker" in browser.get("/topics/dbs").text
    page = reader.get("/topics/dbs")
    assert "Thread 14" in page.text  # they bear the tag, and stand where they stood
    assert "Thread 14" in reader.get("/topics/cervical").text
    assert 'value="dbs"' in reader.get("/threads/new").text
    started = send(
        reader,
        "/threads/new",
        topic="dbs",
        group=str(group_id),
        title="A new one",
        words="Words.",
        wish="just_listening",
    )
    assert started.status_code == 302
    assert "A new one" in reader.get("/topics/dbs").text
    assert "A new one" not in in_the_topic(reader.get("/topics/cervical"))
    followed = send(reader, "/topics/dbs", "/following/topics", topic="dbs", level="mail")
    assert followed.status_code == 302
    assert "Deep brain stimulation" in reader.get("/following").text
    found = plain(reader.get(send(reader, "/search", words="brain pacemaker").location))
    assert "Places that go by this name Deep brain stimulation" in found
    assert 'value="dbs"' in reader.get("/search").text
    assert 'value="dbs"' in reader.get("/calls").text


def test_what_is_listed_stands_there_once(client_for, promoted, people):
    page = plain(client_for(people[0]).get("/topics/dbs"))
    assert all(page.count(f"Thread {number} Writer") == 1 for number in range(THREADS))
    assert "Those that are listed for their tag keep to their own topic." in page


def test_the_roll_up_widens_nothing(cast, make, client_for, promoted, clock):
    """Another group’s threads, and those on which only their writer sees the tag, stay away."""
    assert "Thread 14" not in in_the_topic(client_for(cast.ana).get("/topics/dbs"))
    everyone = make.everyone()
    make.thread(everyone, cast.ben, title="With a tag", tags=["dbs"])
    make.thread(everyone, cast.ben, title="With a gene", tags=["dyt-tor1a"])
    page = in_the_topic(client_for(cast.ana).get("/topics/dbs"))
    assert "With a tag" in page
    assert "With a gene" not in page


def test_who_searches_in_it_finds_what_is_listed_there(client_for, promoted, people):
    reader = client_for(people[0])

    def found(**where: str) -> str:
        asked = send(reader, "/search", words="Thread", **where)
        return plain(reader.get(asked.location)).split("What people wrote")[1]

    assert all(f"Thread {number} number" in found(topic="dbs") for number in range(THREADS))
    assert "About: Neck" in found(topic="dbs")
    assert "Nothing was found." in found(topic="mood")


def test_what_is_pinned_in_its_own_topic_isnt_in_another(cast, make, promoted, client_for, clock):
    thread_id = make.thread(cast.group_id, cast.ben, title="Pinned", tags=["dbs"])
    place, at = PinPlace.TOPIC, clock.now()
    make.done(lambda: gathering_actions.pin(cast.mori, thread_id, place, now=at))
    ana = client_for(cast.ana)
    assert plain(ana.get("/topics/cervical")).count("Pinned by a moderator") == 1
    page = plain(ana.get("/topics/dbs"))
    assert "Pinned" in page
    assert "Pinned by a moderator" not in page


def test_what_is_built_in_lists_nothing_by_its_tag(cast, make, client_for):
    make.thread(make.everyone(), cast.ben, topic="pain", title="A sore hand", tags=["hand"])
    assert "A sore hand" not in in_the_topic(client_for(cast.ana).get("/topics/hand"))


def test_its_other_names_lead_to_it_also_for_guests_and_hide_no_topic(
    cast, make, client_for, promoted
):
    for browser in (client_for(cast.ana), client_for()):
        answer = browser.get("/topics/brain-pacemaker")
        assert (answer.status_code, answer.location) == (302, "/topics/dbs")
    learn(Catalogue())  # a process that has heard of nothing yet
    assert client_for().get("/topics/brain-pacemaker").location == "/topics/dbs"
    assert client_for().get("/topics/torticollis").location == "/topics/cervical"


@pytest.mark.parametrize("name", ["Pain", "hand", "Torticollis", "writer’s cramp", "Neck"])
def test_another_name_for_it_is_no_other_topic_s(cast, make, client_for, promoted, name):
    assert may_carry("dbs", replace(WORDS, synonyms=(name,))).reason is TAKEN
    typed = {**TYPED, "synonyms": name, "version": "1"}
    answer = send(client_for(cast.pat), f"{PAGE}/{DBS.id}/words", **typed)
    assert answer.status_code == 422
    assert TAKEN.text in answer.text


def test_what_is_near_it_is_chosen_and_fills_a_quiet_room(cast, make, client_for, written):
    written(THREADS)
    pat, page = client_for(cast.pat), f"{PAGE}/{DBS.id}"
    typed = {**TYPED, "near": ["tardive", "mood"]}
    sure = send(pat, page, **typed)
    assert sure.text.count('name="near"') == 2
    assert send(pat, page, **typed, step="sure").status_code == 302
    make.thread(cast.group_id, cast.ana, title="Beside", topic="mood")
    shown = client_for(cast.ben).get("/topics/dbs")
    assert topic("dbs").near == ("tardive", "mood")
    assert 'href="/topics/tardive"' in shown.text
    assert "Beside" in shown.text
    assert 'value="mood" checked' in pat.get(f"{page}/words").text or (
        'checked id="near-' in pat.get(f"{page}/words").text
    )
    many = {**typed, "near": ["tardive", "mood", "pain", "hand"], "version": "1"}
    assert send(pat, f"{page}/words", **many).status_code == 422


@pytest.mark.parametrize("near", [("dbs",), ("hats",), ("mood", "pain", "hand", "family")])
def test_near_it_are_other_topics_and_few(near):
    assert may_carry("dbs", replace(WORDS, near=near)).reason is NOT_ITS_SHAPE


def test_its_words_change_unless_somebody_was_first(cast, make, client_for, promoted, clock):
    pat, page = client_for(cast.pat), f"{PAGE}/{DBS.id}/words"
    form = pat.get(page)
    assert "brain pacemaker" in form.text
    for _ in range(2):  # the second press is the first again
        assert send(pat, page, **TYPED, version="1").status_code == 302
    assert "Brain stimulation" in client_for(cast.ana).get("/topics/dbs").text
    assert read("DBS surgery").topics == (topic("dbs"),)
    other = {**TYPED, "words": "Before it and after it.", "version": "1"}
    assert send(pat, page, **other).status_code == 409
    assert send(pat, page, **{**TYPED, "name": "Neck"}, version="2").status_code == 422
    acts = select(AuditEvent.action, AuditEvent.before, AuditEvent.after, AuditEvent.item_id)
    written = make.done(lambda: db.session.execute(acts.order_by(AuditEvent.id)).all())
    assert [tuple(row) for row in written] == [
        ("promoted", "tag", "topic", DBS.id),
        ("reworded", "1", "2", DBS.id),
    ]
    ada = client_for(make.staff("Ada", Staff.ADMIN))
    assert "Made a topic of a tag" in plain(ada.get("/moderation/record"))


def test_it_is_promoted_once(cast, make, promoted, clock, inside):
    other = replace(WORDS, words="Before it and after it.")
    with pytest.raises(Refused) as refused:
        actions.promote(cast.pat, DBS.id, other, now=clock.now())
    assert refused.value.reason is IS_TOPIC
    with pytest.raises(Refused) as refused:
        actions.reword(cast.pat, DBS.id, other, 7, now=clock.now())
    assert refused.value.reason is STALE


def test_a_process_that_knew_less_learns_it_from_whoever_asks_and_by_the_clock(
    cast, client_for, promoted, clock, app
):
    reader = client_for(cast.ana)
    learn(Catalogue())  # as in another process
    assert reader.get("/topics/dbs").status_code == 200
    guest = client_for()
    learn(Catalogue())
    assert guest.get("/topics/dbs").status_code == 200
    learn(Catalogue(99, (Topic("physio", "Physio", Kind.LIVING, "Of a row that was undone."),)))
    assert "/topics/dbs" not in guest.get("/topics").text
    with app.app_context():
        know_the_topics(clock.now())
    assert "/topics/dbs" in guest.get("/topics").text
    assert guest.get("/topics/physio").status_code == 404


def test_no_page_asks_more_for_it(cast, make, client_for, promoted, cost):
    reader = client_for(cast.ana)
    pages = ("/topics", "/topics/pain", "/home", "/threads/new")
    before = {}
    for known in (False, True):
        for page in pages:
            reader.get(page)
            cost.statements.clear()
            reader.get(page)
            assert before.setdefault(page, int(cost)) == int(cost)
        if not known:
            make.done(lambda: keep_up(1))
    assert not any("FROM promoted_topic ORDER" in each for each in cost.statements)
    assert len(all_topics()) == 27
