"""Hearing of threads as one chose it: on My place, in one letter a day, or not at all."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.post import newest
from community.groups import actions as groups_actions
from community.notifications.actions import choose, choose_mail
from community.notifications.rules import UNCHOSEN, News, Quiet
from community.safety.blocks import actions as blocks_actions
from community.threads import actions as threads_actions
from community.threads.following import actions, queries
from community.threads.following.jobs import tell_what_is_followed
from community.threads.following.rules import GOES_WITHIN, Level, is_time
from community.threads.mutes import actions as mutes_actions
from community.threads.queries import asked_to_hear, new_threads
from tests.pages import send

LIST = "/following"
TITLE = "The bus and the window seat"
SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture
def thread_id(cast, make):
    make.clock.instant = SATURDAY
    return make.thread(cast.group_id, cast.ana, title=TITLE)


@pytest.fixture
def follow(make):
    """Somebody chooses how they hear of a thread, or of a topic."""

    def chosen(who, level, thread_id=None, topic=None):
        now = make.clock.now()
        if thread_id:
            make.done(lambda: actions.follow_thread(who, thread_id, level, now=now))
        if topic:
            make.done(lambda: actions.follow_topic(who, topic, level, now=now))
        make.clock.pass_by(minutes=1)

    return chosen


@pytest.fixture
def told(app, clock):
    """Let days pass, the job running as it does; who was written to, and when."""

    def written(days=1):
        with app.app_context():
            clock.pass_by(minutes=30 - clock.now().minute % 30)
            for _ in range(days * 48):
                tell_what_is_followed(clock.now())
                clock.pass_by(minutes=30)
            of_these = select(OutboxLetter.address, OutboxLetter.due_at).where(
                OutboxLetter.kind == "threads/followed_news"
            )
            rows = db.session.execute(of_these.order_by(OutboxLetter.id))
            return [(to.partition("@")[0], at) for to, at in rows]

    return written


# ---- when ----


INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    INSTANTS,
    st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York", "Pacific/Apia"]),
)
def test_there_is_a_time_for_it_each_day_and_never_before_eight(at, zone):
    if is_time(at, zone, None):
        assert 8 <= at.astimezone(ZoneInfo(zone)).hour < 8 + GOES_WITHIN // timedelta(hours=1)
    day = at.astimezone(ZoneInfo(zone)).date()
    assert is_time(datetime.combine(day, time(8, 30), ZoneInfo(zone)), zone, None)


# ---- the page of a thread ----


@pytest.mark.holds("seed:10")
def test_one_press_chooses_and_the_page_says_what_is_in_use(cast, client_for, thread_id):
    ben, place = client_for(cast.ben), f"/threads/{thread_id}"
    assert 'value="place" aria-pressed="true"' in ben.get(place).text
    pressed = send(ben, place, f"{LIST}{place}", level="mail", back=place)
    assert pressed.location == place
    page = ben.get(place).text
    assert "you get one e-mail that says so" in page
    assert 'value="mail" aria-pressed="true"' in page
    assert 'value="mail" aria-pressed="true"' not in client_for(cast.hana).get(place).text
    send(ben, place, f"{LIST}{place}", level="usual")
    assert 'value="place" aria-pressed="true"' in ben.get(place).text


@pytest.mark.parametrize("level", ["", "loudly"])
def test_there_are_these_three_and_no_others(cast, client_for, thread_id, level):
    ben = client_for(cast.ben)
    assert send(ben, LIST, f"{LIST}/threads/{thread_id}", level=level).status_code == 404
    assert send(ben, LIST, f"{LIST}/topics", topic="cervical", level=level).status_code == 404


def test_nobody_follows_what_they_may_not_read_or_what_is_not_there(cast, client_for, thread_id):
    stranger = client_for(cast.stranger)
    to = f"{LIST}/threads/{thread_id}"
    assert send(stranger, LIST, to, level="mail").status_code == 404
    assert send(stranger, LIST, f"{LIST}/topics", topic="nowhere", level="mail").status_code == 404
    assert client_for(None).get(LIST).status_code == 302


def test_not_for_this_thread_rings_no_bell_and_is_not_among_whats_new(
    cast, make, client_for, thread_id, follow
):
    follow(cast.ana, Level.NONE, thread_id)
    follow(cast.ben, Level.NONE, thread_id)
    make.reply(thread_id, cast.hana)
    assert make.actor(cast.ana).news == 0
    ben = client_for(cast.ben)
    assert TITLE not in ben.get("/home").text
    assert TITLE in ben.get("/topics/cervical").text
    assert TITLE in ben.get(f"/threads/{thread_id}").text
    assert TITLE in client_for(cast.mori).get("/home").text


def test_not_for_this_topic_but_for_this_thread(cast, make, client_for, thread_id, follow):
    other = make.thread(cast.group_id, cast.hana, title="Another one")
    follow(cast.ben, Level.NONE, topic="cervical")
    ben = client_for(cast.ben)
    assert TITLE not in ben.get("/home").text
    assert 'value="none" aria-pressed="true"' in ben.get(f"/threads/{other}").text
    follow(cast.ben, Level.PLACE, thread_id)
    page = ben.get("/home").text
    assert TITLE in page
    assert "Another one" not in page


@pytest.mark.parametrize("level", [None, *Level])
def test_silence_about_a_topic_is_silence_about_its_threads_but_for_those_they_chose(
    cast, make, thread_id, follow, level
):
    follow(cast.ana, Level.NONE, topic="cervical")
    follow(cast.ana, Level.MAIL, topic="pain")  # of which this thread isn’t
    if level:
        follow(cast.ana, level, thread_id)
    make.reply(thread_id, cast.ben)
    assert make.actor(cast.ana).news == (level in {Level.PLACE, Level.MAIL})


@pytest.mark.parametrize("of_large", [None, *Level])
@pytest.mark.parametrize("of_small", [None, *Level])
@pytest.mark.parametrize("of_thread", [None, Level.MAIL, Level.NONE])
def test_what_was_chosen_for_a_large_topic_is_for_the_small_one_in_it_until_they_choose_there(
    cast, make, client_for, thread_id, follow, of_large, of_small, of_thread
):
    small = make.thread(cast.group_id, cast.ben, topic="meige", title="Among few")
    for level, where in (
        (of_large, {"topic": "blepharospasm"}),
        (of_small, {"topic": "meige"}),
        (of_thread, {"thread_id": small}),
        (Level.NONE, {"topic": "oromandibular"}),  # beside it, and not larger
    ):
        if level:
            follow(cast.ben, level, **where)
    make.reply(small, cast.ana)
    now, ben = make.clock.now(), make.actor(cast.ben)
    of_topic = of_small or of_large or Level.PLACE
    level = of_thread or of_topic
    assert ben.news == (level is not Level.NONE)
    fresh, new = make.done(lambda: (asked_to_hear(ben, now, untold=True), new_threads(ben, 9, now)))
    assert [each.id for each in fresh] == [small] * (level is Level.MAIL)
    assert (small in {each.id for each in new}) == (level is not Level.NONE)
    assert make.done(lambda: queries.level_of_topic(ben, "meige")) == of_topic
    assert make.done(lambda: queries.level_of_topic(ben, "blepharospasm")) == (
        of_large or Level.PLACE
    )


def test_one_thread_of_both_topics_is_told_of_once(cast, make, follow, told):
    make.clock.instant = SATURDAY
    small = make.thread(cast.group_id, cast.ana, topic="meige")
    for topic in ("blepharospasm", "meige"):
        follow(cast.ben, Level.MAIL, topic=topic)
    make.reply(small, cast.hana)
    assert told(3) == [("ben", SUNDAY)]


def test_the_topic_has_the_same_choice_and_no_address_says_which(cast, client_for):
    ben, place = client_for(cast.ben), "/topics/cervical"
    send(ben, place, f"{LIST}/topics", topic="cervical", level="none", back=place)
    assert 'value="none" aria-pressed="true"' in ben.get(place).text
    assert "Not for this topic" in ben.get(LIST).text
    send(ben, LIST, f"{LIST}/topics", topic="cervical", level="usual")
    assert 'value="none" aria-pressed="true"' not in ben.get(LIST).text


# ---- the list ----


def test_the_list_is_theirs_alone_and_each_can_be_changed_or_ended(
    cast, client_for, thread_id, follow
):
    follow(cast.ben, Level.MAIL, thread_id)
    ben = client_for(cast.ben)
    assert TITLE in ben.get(LIST).text
    assert TITLE not in client_for(cast.hana).get(LIST).text
    send(ben, LIST, f"{LIST}/threads/{thread_id}", level="none")
    assert 'value="none" aria-pressed="true"' in ben.get(LIST).text
    send(ben, LIST, f"{LIST}/threads/{thread_id}", level="usual")
    assert TITLE not in ben.get(LIST).text


def test_of_a_thread_that_is_gone_for_them_not_even_the_title_is_listed(
    cast, make, client_for, follow
):
    thread_id = make.thread(cast.group_id, cast.hana, title="Inside only")
    follow(cast.ben, Level.NONE, thread_id)
    make.done(lambda: groups_actions.leave(cast.ben, cast.group_id, now=make.clock.now()))
    ben = client_for(cast.ben)
    listed = ben.get(LIST).text
    assert "Inside only" not in listed
    assert "thread 1, A thread" in listed
    send(ben, LIST, f"{LIST}/threads/{thread_id}", level="usual")
    assert "thread 1, A thread" not in ben.get(LIST).text


def test_pressed_twice_it_is_kept_once(cast, make, follow, thread_id):
    for level in (Level.MAIL, Level.MAIL, Level.NONE):
        follow(cast.ben, level, thread_id, "cervical")
    found = make.done(lambda: queries.followed_by(cast.ben))
    assert [each.level for each in found] == [Level.NONE, Level.NONE]


def test_the_pages_cost_the_same_for_one_as_for_many(
    cast, make, client_for, cost, thread_id, follow
):
    ben = client_for(cast.ben)

    def statements() -> list[int]:
        counts = []
        for page in (LIST, f"/threads/{thread_id}", "/home", "/topics/cervical"):
            cost.statements.clear()
            assert ben.get(page).status_code == 200
            counts.append(int(cost))
        return counts

    follow(cast.ben, Level.MAIL, thread_id, "hand")
    make.reply(thread_id, cast.ana)
    statements()
    few = statements()
    for _ in range(6):
        more = make.thread(cast.group_id, cast.hana)
        follow(cast.ben, Level.MAIL, more, "cervical")
        make.reply(more, cast.ana)
    assert statements() == few


# ---- the letter ----


def test_one_letter_in_the_morning_after_and_none_when_nothing_is_new(
    cast, make, thread_id, follow, told
):
    follow(cast.ben, Level.MAIL, thread_id)
    follow(cast.hana, Level.PLACE, thread_id)
    assert told() == []
    make.reply(thread_id, cast.mori)
    make.reply(thread_id, cast.ana)
    assert told(3) == [("ben", SUNDAY + timedelta(days=1))]  # and no second one about the same
    make.reply(thread_id, cast.ana)
    assert len(told(2)) == 2


def test_the_letter_says_nothing_of_what_or_whom_and_the_page_does(
    app, cast, make, client_for, thread_id, follow, told
):
    follow(cast.ben, Level.MAIL, topic="cervical")
    make.reply(thread_id, cast.hana, "I could see the rain.")
    told()
    with app.app_context():
        (letter,) = newest(1)
    assert letter.subject == "Circles: new replies"
    for word in (TITLE, "Hana", "Ana", "rain", "Neck", "cervical"):
        assert word not in letter.body
    assert "http://localhost/following" in letter.body
    assert "/news/stop/" in letter.body
    assert TITLE in client_for(cast.ben).get(LIST).text


def test_what_was_read_meanwhile_is_not_news(cast, make, client_for, thread_id, follow, told):
    follow(cast.ben, Level.MAIL, thread_id)
    make.reply(thread_id, cast.mori)
    place = f"/threads/{thread_id}"
    send(client_for(cast.ben), place, f"{place}/place", number="2")
    assert told() == []


def test_what_was_there_before_one_asked_is_not_news(cast, make, thread_id, follow, told):
    make.reply(thread_id, cast.mori)
    make.clock.pass_by(minutes=1)
    follow(cast.ben, Level.MAIL, thread_id, "cervical")
    assert told() == []


def test_of_a_topic_by_letter_but_not_of_this_thread(cast, make, thread_id, follow, told):
    follow(cast.ben, Level.MAIL, topic="cervical")
    follow(cast.ben, Level.NONE, thread_id)
    make.reply(thread_id, cast.mori)
    assert told() == []
    make.thread(cast.group_id, cast.hana)
    assert len(told()) == 1


def test_one_s_own_words_are_no_news(cast, make, thread_id, follow, told):
    follow(cast.ben, Level.MAIL, thread_id)
    make.reply(thread_id, cast.ben)
    make.reply(thread_id, cast.ben, unnamed=True)
    assert told() == []


@pytest.mark.parametrize("how", ["apart", "muted", "left", "hidden"])
def test_it_is_only_about_what_they_may_read_now(cast, make, thread_id, follow, told, how):
    follow(cast.ben, Level.MAIL, thread_id)
    reply_id = make.reply(thread_id, cast.hana)
    now = make.clock.now()
    make.done(
        {
            "apart": lambda: blocks_actions.keep_apart(cast.ben, cast.hana.id, now=now),
            "muted": lambda: mutes_actions.mute_person(cast.ben, cast.hana.id, now=now),
            "left": lambda: groups_actions.leave(cast.ben, cast.group_id, now=make.clock.now()),
            "hidden": lambda: threads_actions.hide(reply_id, until=None),
        }[how]
    )
    assert told() == []


def test_words_without_a_name_are_news_whoever_wrote_them(cast, make, thread_id, follow, told):
    follow(cast.ben, Level.MAIL, thread_id)
    now = make.clock.now()
    make.done(lambda: mutes_actions.mute_person(cast.ben, cast.hana.id, now=now))
    make.reply(thread_id, cast.hana, unnamed=True)
    assert len(told()) == 1


def test_the_morning_is_their_own_and_after_their_night(cast, make, thread_id, follow, told):
    follow(cast.ben, Level.MAIL, thread_id)
    make.done(lambda: choose(cast.ben, UNCHOSEN, Quiet(time(1), time(10, 30))))
    make.reply(thread_id, cast.mori)
    assert told() == [("ben", SUNDAY.replace(hour=10, minute=30))]


def test_a_press_in_the_letter_stops_them_and_choosing_it_again_brings_them_back(
    cast, make, client_for, thread_id, follow, told
):
    follow(cast.ben, Level.MAIL, thread_id)
    make.done(lambda: choose_mail(cast.ben.id, News.FOLLOWED, by_mail=False))
    make.reply(thread_id, cast.mori)
    assert told() == []
    assert "These e-mails are stopped" in client_for(cast.ben).get(LIST).text
    follow(cast.ben, Level.MAIL, thread_id)
    make.reply(thread_id, cast.mori)
    assert len(told()) == 1
    assert "These e-mails are stopped" not in client_for(cast.ben).get(LIST).text
