"""The way through the site: who goes where, so that every page is met in every state it has."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.seated import Seated, take_a_place, to_the_lobby
from tests.browser.site import Site, window
from tests.browser.walk import Walk

CAST = ("Ana", "Noor", "Hana", "Mori", "Marta", "Ellen")

# As long as they may be, and nowhere a space to break at.
LONG_NAME = "Wren-Taumatawhakatangihangakoauauotamate"
LONG_WORD = "Dysdiadochokinesiophobiaphenomenologically"
LONG_TITLE = f"{LONG_WORD}, and other words that I have had to learn to say since this began"


def go_everywhere(walk: Walk, site: Site, browser: Browser) -> None:
    """Every page, as everybody it looks different to."""
    for part in (
        _from_outside,
        _as_the_cast,
        _invited,
        _about_ones_own,
        _rehearsing,
        _in_the_circle,
        _decided,
        _broken,
    ):
        part(walk, site, browser)


def _arrive(walk: Walk, page: Page, who: str, heading: str) -> None:
    """Look at the page that a press led to, once it is there."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    page.wait_for_load_state()
    walk.look(page, who)


def _as_the_cast(walk: Walk, site: Site, browser: Browser) -> None:
    for name in CAST:
        with walk.watch(window(browser)) as context:
            walk.everywhere(site.look_around_as(context, name), name, "/home", "/no-such-page")


# ---- somebody new ----


def _from_outside(walk: Walk, site: Site, browser: Browser) -> None:
    """A guest, who joins under a very long name and starts a thread with a very long title."""
    with walk.watch(window(browser)) as context, walk.watch(window(browser)) as another:
        page = context.new_page()
        walk.everywhere(page, "a guest", "/", "/no-such-page")
        _come_in_by_letter(walk, page, another)
        _join(walk, page)
        _write_at_length(walk, page)


def _come_in_by_letter(walk: Walk, page: Page, another: BrowserContext) -> None:
    page.goto(f"{walk.origin}/sign-in")
    page.get_by_label("Your e-mail address").fill("wren@example.org")
    page.get_by_role("button", name="Send me a link").click()
    _arrive(walk, page, "a guest", "Look in your e-mail")
    page.get_by_role("link", name="See the letters").click()
    link = page.get_by_role("link", name="/come-in/").first.get_attribute("href")
    assert link
    walk.visit(another.new_page(), "a guest in another browser", link)
    page.goto(link)
    _arrive(walk, page, "a guest", "Come in")
    page.get_by_role("button", name="Sign me in").click()


def _join(walk: Walk, page: Page) -> None:
    _arrive(walk, page, "somebody new", "About you")
    for path in ("/", "/topics", "/about-you"):
        walk.visit(page, "somebody new", path)
    page.get_by_label("Your name here").fill(LONG_NAME)
    page.get_by_role("checkbox", name="I am 18 or over").check()
    page.get_by_role("button", name="Go on").click()
    _arrive(walk, page, "somebody new", "Your consent")
    page.get_by_role("button", name="I consent to this").click()
    _arrive(walk, page, "somebody new", "Guidelines")
    for path in ("/home", "/groups/new", "/threads/new"):
        walk.visit(page, "somebody who hasn’t agreed", path)
    page.goto(f"{walk.origin}/guidelines")
    page.get_by_role("button", name="I agree to these guidelines").click()
    _arrive(walk, page, "somebody new", f"Hello, {LONG_NAME}")
    page.goto(f"{walk.origin}/calls/new")
    _arrive(walk, page, "somebody who may not", "That isn’t open to you")


def _write_at_length(walk: Walk, page: Page) -> None:
    page.goto(f"{walk.origin}/threads/new")
    page.get_by_label("What is it about?").select_option("Neck")
    page.get_by_label("Title").fill(LONG_TITLE)
    page.get_by_role("radio", name="Just listening").check()
    page.get_by_label("Your words").fill(f"> {LONG_WORD}\n\n{LONG_WORD * 3}\n\n{LONG_NAME}")
    page.get_by_role("button", name="Start this thread").click()
    _arrive(walk, page, "somebody with long words", LONG_TITLE)
    for path in ("/home", "/topics/cervical"):
        page.goto(f"{walk.origin}{path}")
        walk.look(page, "somebody with long words")
    page.goto(f"{walk.origin}/threads/new")
    page.get_by_label("Title").fill(LONG_TITLE)
    page.context.clear_cookies()
    page.get_by_role("button", name="Start this thread").click()
    _arrive(walk, page, "somebody whose session is lost", "We couldn’t take that")


# ---- groups and threads ----


def _invited(walk: Walk, site: Site, browser: Browser) -> None:
    """Somebody is given a link into a group."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.get_by_role("link", name="Neck, evenings", exact=True).click()
        page.get_by_role("link", name="Invite people").click()
        page.get_by_label("Who is it for?").fill(LONG_WORD)
        page.get_by_role("button", name="Make this link").click()
        _arrive(walk, page, "Hana, who has invited somebody", "Invite people")
        link = page.get_by_label(f"Link for {LONG_WORD}").input_value()
    with walk.watch(window(browser)) as context:
        walk.visit(site.look_around_as(context, "Kit"), "Kit, who is invited", link)


def _about_ones_own(walk: Walk, site: Site, browser: Browser) -> None:
    """Whoever wrote something can change it, tag it and take it back."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.get_by_role("link", name="The bus, the window seat").first.click()
        thread = page.url
        names = ("Change my words", "Change the tags", "Take it back")
        links = [page.get_by_role("link", name=name).first.get_attribute("href") for name in names]
        for link in links:
            assert link
            walk.visit(page, "Ruth", link)
        page.goto(thread)
        page.get_by_role("link", name="Change my words").first.click()
        page.get_by_label("Your words").fill(f"{LONG_WORD} is what it was.")
        page.get_by_role("button", name="Send my changes").click()
        _arrive(walk, page, "Ruth, who has changed it", "The bus, the window seat")
        page.get_by_role("link", name="What it said before").click()
        _arrive(walk, page, "Ruth", "What it said before")


# ---- the circle ----


def _rehearsing(walk: Walk, site: Site, browser: Browser) -> None:
    """Alone, at one's own turn and at the end."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        page.goto(f"{walk.origin}/circles/rehearsal")
        ana = Seated("Ana", page, "", 0)
        while page.locator("#cue").inner_text() != "It’s your turn, Ana":
            _go_on(ana)
        walk.look(page, "Ana, whose turn it is")
        while (cue := page.locator("#cue").inner_text()) != "We’re saying goodbye":
            if cue == "It’s your turn, Ana":
                ana.press("Pass this time")
                expect(page.locator("#cue")).not_to_have_text(cue)
            else:
                _go_on(ana)
        walk.look(page, "Ana, at the end")


def _go_on(ana: Seated) -> None:
    """A second press on the same button within a moment would count as unmeant."""
    now, last = ana.page.locator("#now"), ana.page.evaluate("performance.now()")
    before = now.inner_text()
    ana.page.wait_for_function("(last) => performance.now() - last > 650", arg=last)
    ana.press("Let the others go on")
    expect(now).not_to_have_text(before, use_inner_text=True)


def _in_the_circle(walk: Walk, site: Site, browser: Browser) -> None:
    """Before it, in every state of a turn, and after."""
    with (
        walk.watch(window(browser)) as one,
        walk.watch(window(browser)) as two,
        walk.watch(window(browser)) as three,
    ):
        hana, ana, ben = (
            _come_in(site, context, name)
            for context, name in ((one, "Hana"), (two, "Ana"), (three, "Ben"))
        )

        def look(moment: str, *people: Seated) -> None:
            for person in people or (hana, ana):
                walk.look(person.page, f"{person.name}, {moment}")

        look("before it starts")
        _have_a_turn(look, hana, ana)
        share = _report_what_was_typed(walk, hana)
        hana.press("Pause the room")
        ana.sees("The room is paused")
        look("the room is paused")
        hana.press("Carry on, all of us")
        hana.press("Start a break")
        ana.sees("We’re taking a break")
        look("there is a break")
        _remove(hana, ben)
        look("somebody is removed", hana, ben)
        hana.page.get_by_text("End the circle").click()
        hana.press("Yes, end it for everybody")
        _arrive(walk, ana.page, "Ana", "Thank you for being here")
        walk.visit(ana.page, "Ana, after the circle", ana.page.url.removesuffix("/thanks"))
        _write_to_whoever_typed_it(walk, site, browser)
        ana.page.goto(f"{walk.origin}/shares/{share}/statement")
        _arrive(walk, ana.page, "Ana, about what she typed", "What we decided, and why")


def _have_a_turn(look: Callable[..., None], hana: Seated, ana: Seated) -> None:
    hana.press("Start the circle")
    ana.sees("Welcome")
    look("the circle opens")
    hana.press("Begin the round")
    ana.sees("It’s your turn, Ana")
    look("somebody is asked")
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    look("somebody speaks")
    ana.press("Take a moment")
    hana.sees("Ana is taking a moment")
    look("somebody takes a moment")
    ana.press("Carry on")
    hana.sees("Ana is speaking")
    ana.press("Type instead")
    hana.sees("Ana is sharing by text")
    ana.page.get_by_label("Your words", exact=True).fill(LONG_WORD)
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text(LONG_WORD)
    look("somebody types")


def _report_what_was_typed(walk: Walk, hana: Seated) -> str:
    """Beside the circle, which goes on; the id of what was typed."""
    page = hana.page.context.new_page()
    page.goto(f"{hana.page.url}/report")
    _arrive(walk, page, "Hana", "Which words are they?")
    page.get_by_role("link", name=LONG_WORD).click()
    _arrive(walk, page, "Hana, about what was typed", "What is it about?")
    page.get_by_role("link", name="Private things").click()
    _arrive(walk, page, "Hana, about what was typed", "Private things")
    page.get_by_role("button", name="Says who somebody is").click()
    _arrive(walk, page, "Hana, about what was typed", "Thank you for telling us")
    share = page.url.rpartition("/")[2]
    page.close()
    return share


def _write_to_whoever_typed_it(walk: Walk, site: Site, browser: Browser) -> None:
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        page.goto(f"{walk.origin}/moderation")
        item = page.get_by_role("listitem").filter(has_text="Typed in the circle")
        item.get_by_role("link", name="Open").click()
        _arrive(walk, page, "Mori, about what was typed", "Says who somebody is")
        page.get_by_role("radio", name="Write to whoever typed it").check()
        page.get_by_label("Which guideline?").select_option(index=3)
        page.get_by_label("Why? The writer reads this").fill("Nobody here may say that.")
        page.get_by_role("button", name="Send this decision").click()
        expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()
        _arrive(walk, page, "Mori, who has decided about it", "Says who somebody is")


def _come_in(site: Site, context: BrowserContext, name: str) -> Seated:
    page = site.look_around_as(context, name)
    to_the_lobby(page)
    return take_a_place(page, name)


def _remove(hana: Seated, ben: Seated) -> None:
    row = hana.page.locator("#people > li", has_text="Ben")
    row.locator("[data-way-out] summary").click()
    row.get_by_label("Why? They will read this: Ben").fill("This is a test of the door.")
    row.get_by_role("button", name="Yes, remove Ben").click()
    ben.sees("A facilitator has ended your place in this circle")


# ---- moderation ----


def _decided(walk: Walk, site: Site, browser: Browser) -> None:
    """A post is reported and removed: what its reporter, the moderator and its writer read."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.get_by_role("link", name="Injections next week").first.click()
        page.get_by_role("link", name="Report Gale’s post").click()
        page.get_by_role("link", name="Medical advice, pressure").click()
        page.get_by_role("button", name="Pressure to stop").click()
        _arrive(walk, page, "Ruth", "Thank you for telling us")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        late = context.new_page()
        for each in (page, late):
            each.goto(f"{walk.origin}/moderation")
            each.get_by_role("link", name="Open").click()
            each.get_by_role("radio", name="Remove it").check()
            each.get_by_label("Which guideline?").select_option(index=3)
            each.get_by_label("Why? The writer reads this").fill("Nobody here may say that.")
        page.get_by_role("button", name="Send this decision").click()
        expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()
        _arrive(walk, page, "Mori, who has decided", "Pressure to stop")
        late.get_by_role("button", name="Send this decision").click()
        _arrive(walk, late, "Mori, who decides it again", "Pressure to stop")
        page.goto(f"{walk.origin}/moderation")
        walk.look(page, "Mori, with nothing left to decide")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Gale")
        page.get_by_role("link", name="Injections next week").first.click()
        _arrive(walk, page, "Gale, whose reply is gone", "Injections next week")
        page.get_by_role("link", name="Read why").click()
        _arrive(walk, page, "Gale", "What we decided, and why")
        page.goto(page.url.replace("/statement", "/edit"))
        _arrive(walk, page, "Gale, who comes too late to change it", "Something has changed")


def _broken(walk: Walk, site: Site, browser: Browser) -> None:
    """Last of all: a table is gone, and with it every page that needs it."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        with closing(sqlite3.connect(site.kept_in / "demo.db")) as store, store:
            store.execute("alter table thread rename to mislaid")
        page.goto(f"{walk.origin}/topics/cervical")
        _arrive(walk, page, "Ana, when something broke", "Something went wrong here")
