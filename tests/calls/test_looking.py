"""Looking for a call: by topic, by time of day, with a free seat; as a list and as a month."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

PAGES = ("/calls", "/calls/month")
NOON = timedelta(days=4)  # the clock stands at noon in UTC, and so do Ana’s


@pytest.fixture(params=PAGES)
def place(request) -> str:
    return request.param


@pytest.fixture
def found(cast, client_for, place):
    """Which of these calls somebody finds."""

    def looked(who=cast.ana, **asked) -> set[str]:
        text = client_for(who).get(place, query_string=asked).text
        return set(re.findall(r"(Circle \w+)<span", text))

    return looked


def test_by_topic(make, cast, found):
    make.call(cast.neck, cast.hana, title="Circle neck", topic="cervical")
    make.call(cast.neck, cast.hana, title="Circle eyes", topic="blepharospasm")
    make.call(cast.neck, cast.hana, title="Circle open")
    assert found(topic="cervical") == {"Circle neck"}
    assert found(topic="") == found() == {"Circle neck", "Circle eyes", "Circle open"}


def test_by_the_time_of_day_on_my_own_clocks(make, cast, found):
    for name, hours in (("noon", 0), ("evening", 6), ("night", 11), ("morning", 18)):
        starts_in = NOON + timedelta(hours=hours)
        make.call(cast.neck, cast.hana, title=f"Circle {name}", starts_in=starts_in)
    assert found(time="afternoon") == {"Circle noon"}
    assert found(time="evening") == {"Circle evening"}
    assert found(time="night") == {"Circle night"}
    assert found(time="morning") == {"Circle morning"}
    ella = make.member("Ella", zone="Asia/Tokyo")  # nine hours later
    make.joined(cast.neck, ella, cast.owner)
    assert found(make.actor(ella), time="evening") == {"Circle noon"}


def test_only_with_a_free_seat(make, cast, found):
    make.call(cast.neck, cast.hana, title="Circle free", seats=2, seated=[cast.ben])
    make.call(cast.neck, cast.hana, title="Circle full", seats=2, seated=[cast.ben, cast.mori])
    assert found(free="y") == {"Circle free"}
    assert found() == {"Circle free", "Circle full"}


def test_a_wish_that_it_does_not_know_is_none(make, cast, found):
    make.call(cast.neck, cast.hana, title="Circle one")
    assert found(topic="nowhere", time="teatime", month="soon") == {"Circle one"}


def test_the_form_shows_what_was_asked(cast, client_for, place):
    asked = {"topic": "cervical", "time": "evening", "free": "y"}
    text = client_for(cast.ana).get(place, query_string=asked).text
    assert 'selected value="cervical"' in text
    assert 'selected value="evening"' in text
    assert re.search(r"<input[^>]* checked[^>]* name=\"free\"", text)
    both = re.findall(r'href="(/calls(?:/month)?\?topic=cervical&amp;[^"]+)"', text)
    assert {"/calls", "/calls/month"} <= {link.partition("?")[0] for link in both}


def test_no_wish_hides_a_seat_that_is_held_for_me_or_my_next_call(make, cast, client_for):
    held = make.call(
        cast.neck,
        cast.hana,
        title="Held circle",
        seats=2,
        seated=[cast.ben, cast.mori],
        waiting=[cast.ana],
    )
    make.call(cast.neck, cast.hana, title="My circle", seated=[cast.ana])
    make.gave_up(held, cast.ben)
    text = client_for(cast.ana).get("/calls?topic=blepharospasm&time=night&free=y").text
    assert text.index("Waiting for your answer") < text.index("Held circle")
    assert text.index("Next for you") < text.index("My circle")
    assert "Nothing to come fits that just now." in text


def test_my_next_call_stands_above_the_weeks_and_only_there(make, cast, client_for):
    make.call(cast.neck, cast.hana, title="Sooner circle", starts_in=timedelta(days=3))
    make.call(cast.neck, cast.hana, title="My circle", seated=[cast.ana])
    text = client_for(cast.ana).get("/calls").text
    assert text.index("My circle<span") < text.index("Sooner circle<span")
    assert text.count("My circle<span") == 1


def test_the_next_page_is_about_the_same_wish(make, cast, client_for):
    for number in range(22):
        starts_in = NOON + timedelta(minutes=number)
        make.call(cast.neck, cast.hana, title=f"Circle {number}", starts_in=starts_in)
        make.call(cast.neck, cast.hana, title="Evening", starts_in=NOON + timedelta(hours=6))
    ana = client_for(cast.ana)
    first = ana.get("/calls?time=afternoon").text
    link = re.search(r'href="(/calls\?[^"]+)"[^>]* rel="next"', first)
    assert link
    second = ana.get(link[1].replace("&amp;", "&")).text
    titles = re.findall(r"(Circle \d+|Evening)<span", first + second)
    assert titles == [f"Circle {number}" for number in range(22)]


class Table(HTMLParser):
    """The words in the cells of a table, and its column heads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.heads: list[str] = []
        self.cells: list[str] = []
        self.caption = ""
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("td", "th", "caption"):
            self._in = tag
            if tag == "td":
                self.cells.append("")
            if tag == "th":
                assert ("scope", "col") in attrs
                self.heads.append("")

    def handle_endtag(self, tag):
        if tag == self._in:
            self._in = ""

    def handle_data(self, data):
        match self._in:
            case "td":
                self.cells[-1] = " ".join([*self.cells[-1].split(), *data.split()])
            case "th":
                self.heads[-1] += data
            case "caption":
                self.caption += data


def test_a_month_is_a_table_with_a_caption_and_its_days_under_their_names(make, cast, client_for):
    make.call(cast.neck, cast.hana, title="Circle one", seated=[cast.ana])
    text = client_for(cast.ana).get("/calls/month").text
    table = Table(text)
    assert table.caption == "Calls in November 2026"
    assert table.heads[0] == "Monday"
    assert len(table.heads) == 7
    assert len(table.cells) % 7 == 0
    [cell] = [cell for cell in table.cells if "Circle one" in cell]
    assert cell.startswith("24 ")
    assert "You’re coming" in cell
    assert table.heads[table.cells.index(cell) % 7] == "Tuesday"
    assert re.search(r"<h2[^>]*><time[^>]*>Tuesday 24 November</time></h2>", text)


def test_months_lead_to_one_another_and_never_to_the_past(make, cast, client_for):
    make.call(cast.neck, cast.hana, title="Circle late", starts_in=timedelta(days=20))
    ana = client_for(cast.ana)
    november, december = ana.get("/calls/month").text, ana.get("/calls/month?month=2026-12").text
    assert "Circle late" not in november
    assert "There are no calls to come in this month that fit." in november
    assert "month=2026-12" in november
    assert "month=2026-10" not in november
    assert "Circle late" in december
    assert "month=2026-11" in december
    assert "Calls in November 2026" in ana.get("/calls/month?month=2020-01").text


def test_months_end_where_no_call_can_be_planned(cast, client_for):
    latest = client_for(cast.ana).get("/calls/month?month=9999-12").text
    assert "Calls in November 2028" in latest
    assert 'rel="prev"' in latest
    assert 'rel="next"' not in latest


@pytest.mark.holds("promise:10")
def test_a_stranger_finds_no_call_of_the_group(make, cast, found):
    make.call(cast.neck, cast.hana, title="Circle one")
    assert found(cast.stranger) == set()


def test_a_guest_is_asked_to_sign_in(client_for, place):
    assert "/sign-in" in client_for(None).get(place).location


def test_two_hundred_calls_cost_no_more_queries_than_one(make, cast, client_for, cost, place):
    browser, asked = client_for(cast.ana), {"time": "afternoon", "free": "y"}
    make.call(cast.neck, cast.hana, title="Circle 0")
    cost.statements.clear()
    browser.get(place, query_string=asked)
    one = int(cost)
    for number in range(1, 200):
        make.call(cast.neck, cast.hana, title=f"Circle {number}")
    cost.statements.clear()
    browser.get(place, query_string=asked)
    assert int(cost) == one
