"""Taking out what is mine: everything of mine, and nothing of others."""

import random

import pytest

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor
from community.moderation.rules.case import Outcome
from community.privacy.taking_out import queries
from tests.pages import plain, send
from tests.privacy.planted import Planted, Scene, keep_apart, plant, scene_of
from tests.privacy.taken import Taken

PAGE = "/my-data"


@pytest.fixture
def site(make) -> Scene:
    return scene_of(make)


def take_out(browser) -> Taken:
    return Taken(send(browser, PAGE))


@pytest.mark.holds("promise:10", "moderation:7", "moderation:22")
@pytest.mark.parametrize("seed", range(4))
def test_it_holds_every_word_of_mine_and_none_of_anybody_elses(
    make, client_for, site: Scene, seed: int
) -> None:
    chance = random.Random(seed)
    people = [plant(site, tag) for tag in chance.sample(["quince", "medlar", "sorrel"], 3)]
    for one in people:
        others = [each for each in people if each is not one]
        _meet(make, one, others, chance)
    if chance.random() < 0.5:
        keep_apart(site, *chance.sample(people, 2))
    for one in people:
        taken = take_out(client_for(one.person))
        missing = [word for word in one.words + one.plans if word not in taken.text]
        assert missing == []
        for text in (taken.text, taken.page):
            for other in people:
                if other is not one:
                    assert [word for word in other.words[2:] if word in text] == []
        assert [word for word in one.words if word not in taken.page] == []


def _meet(make, one: Planted, others: list[Planted], chance: random.Random) -> None:
    """What people do to one another, by chance."""
    assert one.thread_id is not None
    for other in others:
        if chance.random() < 0.5:
            make.reply(one.thread_id, other.person, other.new(), unnamed=chance.random() < 0.5)
        if chance.random() < 0.5:
            make.report(make.opening(one.thread_id), other.person, "disbelief", other.new())


def test_what_was_decided_about_me_is_in_it_and_who_did_and_what_is_open_is_not(
    make, client_for, site: Scene
) -> None:
    ana, ben = make.member("Ana"), make.member("Ben")
    for one in (ana, ben):
        make.joined(site.group_id, one, site.hana)
    first, second = (make.reply(site.thread_id, ana, f"Tablets {n}.") for n in range(2))
    item_id = make.report(first, ben, "stop_treatment")
    assert item_id is not None
    make.report(second, ben, "stop_treatment")
    make.decision(item_id, site.hana, Outcome.REMOVE, why="Only a prescriber can say that.")
    taken = take_out(client_for(ana))
    (decision,) = taken.tables["decision"]
    assert decision["why"] == "Only a prescriber can say that."
    assert set(decision) & {"decided_by", "note", "item_id"} == set()
    assert str(site.hana.id) not in taken.text
    assert str(ben.id) not in taken.text
    assert "review_item" not in taken.tables


def test_how_many_answers_in_a_word_mine_got_is_in_it_and_not_whose(
    make, client_for, site: Scene
) -> None:
    plant(site, "quince")
    taken = take_out(client_for(site.hana))
    counts = {each["text"]: each["words_given_to_it"] for each in taken.tables["post"]}
    assert counts["It rains."] == 1
    assert "quincename" not in taken.text


@pytest.mark.holds("asvs:22")
def test_the_page_says_what_is_in_it_and_asks_for_a_fresh_sign_in(make, client_for, clock) -> None:
    ana = make.member("Ana")
    browser = client_for(ana)
    assert "Others’ words, and who they are." in plain(browser.get(PAGE))
    clock.pass_by(minutes=16)
    assert "Take out my file" not in browser.get(PAGE).text
    answer = send(browser, PAGE)
    assert answer.status_code == 403
    assert "Sign out, come in again" in plain(answer)


def test_once_a_day_is_enough(make, client_for, clock) -> None:
    ana = make.member("Ana")
    browser = client_for(ana)
    take_out(browser)
    again = send(browser, PAGE)
    assert again.status_code == 409
    assert "From tomorrow" in plain(again)
    assert "Take out my file" not in browser.get(PAGE).text
    clock.pass_by(days=1)
    taken = take_out(client_for(ana))
    assert taken.tables["data_taken"]


@pytest.mark.holds("moderation:16")
def test_somebody_suspended_takes_out_what_is_theirs(make, client_for) -> None:
    ana = make.member("Ana")
    make.held_back(ana, SanctionKind.SUSPEND)
    browser = client_for(ana)
    page = browser.get("/in-force")
    assert f'href="{PAGE}"' in page.text
    taken = take_out(browser)
    assert taken.tables["account"][0]["name"] == "Ana"
    assert taken.tables["sanction"][0]["kind"] == "suspend"


def test_somebody_on_the_way_in_does_too(make, client_for) -> None:
    new = make.arriving("new@example.org")
    assert take_out(client_for(new)).tables["account"][0]["email"] == "new@example.org"


def test_a_guest_is_asked_to_sign_in(client_for) -> None:
    assert "/sign-in" in client_for().get(PAGE).headers["Location"]


def test_it_asks_for_nothing_from_anywhere_and_says_nothing_in_its_name(make, client_for) -> None:
    ana = make.member("Ana")
    answer = send(client_for(ana), PAGE)
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-data.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    page = Taken(answer).page
    assert "src=" not in page
    assert "href=" not in page


def test_many_rows_are_read_a_piece_at_a_time(
    make, inside, cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(actor: Actor) -> list[object]:
        cost.statements.clear()
        return [row for section in queries.sections(actor) for row in section.rows]

    ana = make.member("Ana")
    thread_id = make.thread(make.everyone(), ana)
    taken(ana)
    few = int(cost)
    for number in range(6):
        make.reply(thread_id, ana, f"Rain {number}.")
    rows = taken(ana)
    assert int(cost) == few
    monkeypatch.setattr(queries, "PIECE", 3)
    assert taken(ana) == rows
    assert int(cost) > few
