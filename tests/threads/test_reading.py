"""Reading a thread in other ways: what is new is marked, posts are found, a sheet for paper."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.safety.blocks import actions as blocks_actions
from community.threads import actions as threads_actions
from community.threads.answers.rules import Chosen, sentences
from community.threads.mutes import actions as mutes_actions
from community.threads.notes.rules import NoteKind
from community.threads.reading import queries
from community.threads.reading.rules import FOUND_A_PAGE, Sought, Writer, span_of
from tests.pages import plain, send

TITLE = "The bus and the window seat"
NEW = "New since you were here"
ZONES = st.sampled_from(["Europe/London", "Asia/Kolkata", "America/New_York", "Pacific/Apia"])


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana, title=TITLE)


# ---- what is new ----


def test_a_line_in_words_stands_before_the_first_post_that_is_new(
    cast, make, client_for, thread_id
):
    make.reply(thread_id, cast.mori, "The first reply.")
    ben, place = client_for(cast.ben), f"/threads/{thread_id}"
    assert NEW not in ben.get(place).text
    send(ben, place, f"{place}/place", number="2")
    assert NEW not in ben.get(place).text
    make.reply(thread_id, cast.hana, "The second reply.")
    make.reply(thread_id, cast.mori, "The third reply.")
    page = ben.get(place).text
    assert page.count(NEW) == 1
    parts = [page.index(words) for words in ("The first reply.", NEW, "The second reply.")]
    assert parts == sorted(parts)
    assert NEW not in client_for(cast.hana).get(place).text.partition("The second reply.")[0]


# ---- by writer and by day ----


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), ZONES)
def test_days_follow_one_another_without_a_gap(day, zone):
    begins, ends = span_of(day, zone)
    assert span_of(day + timedelta(days=1), zone)[0] == ends
    if begins < ends:
        assert begins.astimezone(ZoneInfo(zone)).date() == day


def test_by_who_wrote_it(cast, make, client_for, thread_id):
    make.reply(thread_id, cast.mori, "Mori saw the rain.")
    make.reply(thread_id, cast.hana, "Hana saw the snow.")
    page = f"/threads/{thread_id}/find"
    ben = client_for(cast.ben)
    begun = ben.get(page)
    assert begun.text.count("<option") == 4
    assert "Mori saw the rain." not in begun.text
    found = ben.get(f"{page}?writer={cast.mori.id}").text
    assert "Mori saw the rain." in found
    assert "Hana saw the snow." not in found
    assert client_for(cast.stranger).get(page).status_code == 404
    assert client_for(None).get(page).status_code == 302


def test_by_the_day_on_one_s_own_clocks(cast, make, client_for, thread_id):
    make.clock.pass_by(days=1)
    make.reply(thread_id, cast.mori, "On the day after.")
    ben, page = client_for(cast.ben), f"/threads/{thread_id}/find"
    after = make.clock.now().astimezone(ZoneInfo(cast.ben.zone)).date()
    found = ben.get(f"{page}?day={after}").text
    assert "On the day after." in found
    assert "Today I looked at the rain" not in found
    none = ben.get(f"{page}?day={after + timedelta(days=1)}")
    assert "Nothing was written here then." in none.text
    for odd in ("2026-13-45", "tomorrow", "0001-01-01", "9999-12-31"):
        assert ben.get(f"{page}?day={odd}").status_code == 200


def test_whoever_wrote_without_a_name_is_found_by_that_name_and_no_other(
    cast, make, client_for, thread_id
):
    make.reply(thread_id, cast.hana, "Signed words.")
    make.reply(thread_id, cast.hana, "Words without a name.", unnamed=True)
    ben, page = client_for(cast.ben), f"/threads/{thread_id}/find"
    assert "Words without a name." not in ben.get(f"{page}?writer={cast.hana.id}").text
    writers = make.done(lambda: queries.writers(cast.ben, thread_id, make.clock.now()))
    (unnamed,) = (each for each in writers if each.account_id is None)
    assert str(cast.hana.id) not in str(unnamed)
    found = ben.get(f"{page}?writer={unnamed.key_in(thread_id)}").text
    assert "Words without a name." in found
    assert "Signed words." not in found
    assert f"seat-{cast.hana.id}" not in found


@pytest.mark.parametrize("how", ["apart", "hidden"])
def test_what_is_not_shown_is_not_found_and_its_writer_is_not_offered(
    cast, make, client_for, thread_id, how
):
    reply_id = make.reply(thread_id, cast.hana, "I could see the snow.")
    now = make.clock.now()
    make.done(
        {
            "apart": lambda: blocks_actions.keep_apart(cast.ben, cast.hana.id, now=now),
            "hidden": lambda: threads_actions.hide(reply_id, until=None),
        }[how]
    )
    found = client_for(cast.ben).get(f"/threads/{thread_id}/find?writer={cast.hana.id}").text
    assert "Hana" not in found
    assert "I could see the snow." not in found


def test_what_is_folded_stays_folded(cast, make, client_for, thread_id):
    make.reply(thread_id, cast.hana, "I could see the snow.")
    make.done(lambda: mutes_actions.mute_person(cast.ben, cast.hana.id, now=make.clock.now()))
    found = client_for(cast.ben).get(f"/threads/{thread_id}/find?writer={cast.hana.id}").text
    assert "Folded: you’d rather not read Hana" in found


def test_a_page_of_it_and_then_the_next_and_each_costs_the_same(
    cast, make, client_for, cost, thread_id
):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}/find?writer={cast.mori.id}"

    def statements() -> int:
        cost.statements.clear()
        assert ben.get(page).status_code == 200
        return int(cost)

    make.reply(thread_id, cast.mori)
    statements()
    few = statements()
    for number in range(FOUND_A_PAGE + 1):
        make.reply(thread_id, cast.mori, f"Number {number}.")
    assert statements() == few
    assert "Show later posts" in ben.get(page).text
    mori, now = Sought(Writer("Mori", cast.mori.id)), make.clock.now()
    more = {"after": 0, "most": FOUND_A_PAGE}
    first = make.done(lambda: queries.part(cast.ben, thread_id, mori, now, **more))
    more["after"] = first.later
    rest = make.done(lambda: queries.part(cast.ben, thread_id, mori, now, **more))
    assert [len(first.posts), len(rest.posts), rest.later] == [FOUND_A_PAGE, 2, None]


# ---- on paper ----


def test_a_sheet_has_the_whole_thread_as_its_reader_has_it_and_no_controls(
    cast, make, client_for, thread_id
):
    for number in range(30):
        make.reply(thread_id, cast.mori, f"Number {number} said this.")
    now, what = make.clock.now(), (make.actor(cast.hana), thread_id, "About needles.")
    make.done(lambda: threads_actions.reply(*what, notes={NoteKind.HOSPITAL}, now=now))
    make.done(lambda: mutes_actions.mute_person(cast.ana, cast.mori.id, now=now))
    sheet = client_for(cast.ben).get(f"/threads/{thread_id}/print")
    assert "Number 29 said this." in sheet.text
    assert "Today I looked at the rain" in sheet.text
    assert "About needles." not in sheet.text
    assert "It isn’t on this page." in plain(sheet)
    assert "Report" not in sheet.text
    folded = client_for(cast.ana).get(f"/threads/{thread_id}/print").text
    assert "Number 29 said this." not in folded
    assert client_for(cast.stranger).get(f"/threads/{thread_id}/print").status_code == 404


@pytest.mark.parametrize("page", ["print", "find?day={day}"])
def test_to_whom_a_reply_is_and_its_quoted_sentence_are_read_there_too(
    cast, make, client_for, thread_id, page
):
    to_id, now = make.opening(thread_id), make.clock.now()
    mark = next(iter(sentences(to_id, "<p>Today I looked at the rain for forty minutes.</p>")))
    what, how = (make.actor(cast.hana), thread_id, "So did I."), {"answer": Chosen(to_id, mark)}
    make.done(lambda: threads_actions.reply(*what, **how, now=now))
    day = now.astimezone(ZoneInfo(cast.ben.zone)).date()
    place = f"/threads/{thread_id}/{page.format(day=day)}"
    for person, name in ((cast.ben, "to Ana"), (cast.ana, "to you")):
        shown = client_for(person).get(place)
        assert f", {name}</h" in shown.text
        assert "“Today I looked at the rain for forty minutes.”" in shown.text
    make.kept_apart(cast.ben, cast.ana)
    apart = client_for(cast.ben).get(place).text
    assert "So did I." in apart
    assert "Ana" not in apart
    assert "forty minutes" not in apart


def test_a_long_thread_goes_on_with_the_next_sheet(cast, make, client_for, thread_id, monkeypatch):
    monkeypatch.setattr("community.threads.reading.views.SHEET_MOST", 2)
    for number in range(3):
        make.reply(thread_id, cast.mori, f"Number {number} said this.")
    ben, page = client_for(cast.ben), f"/threads/{thread_id}/print"
    assert f"{page}?after=2" in ben.get(page).text
    rest = ben.get(f"{page}?after=2").text
    assert "Number 0 said this." not in rest
    assert "Number 2 said this." in rest
    assert "The next part" not in rest
