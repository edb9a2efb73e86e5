"""The part of the way that leads through circles: each state they have, as each person sees it."""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.seated import WITH_SOCKET, Seated, take_a_place, to_the_lobby
from tests.browser.site import Site, window
from tests.browser.walk import Walk

# As long as a word may be, and nowhere a space to break at.
LONG_WORD = "Dysdiadochokinesiophobiaphenomenologically"

Look = Callable[..., None]  # at a moment, as these people


# ---- alone ----


def rehearsing(walk: Walk, site: Site, browser: Browser) -> None:
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


# ---- with others ----


def in_the_circle(walk: Walk, site: Site, browser: Browser) -> None:
    """Before it, in every state of it, with open eyes and closed ones, and after."""
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
        hana.press("Start the circle")
        ana.sees("Welcome")
        look("the circle opens")
        hana.press("Begin the round")
        ana.sees("It’s your turn, Ana")
        look("somebody is asked")
        _speak(look, hana, ana)
        _type(look, hana, ana)
        share = _report_what_was_typed(walk, hana)
        expect(hana.page.locator("#log")).to_contain_text("is hidden for now.")
        look("what was typed is hidden")
        _rest(look, hana, ana, ben)
        _have_the_floor_with_closed_eyes(look, hana, ana)
        _stop_for_a_while(look, hana, ana)
        hana.removes("Ben", "This is a test of the door.")
        ben.sees("A facilitator has ended your place in this circle")
        look("somebody is removed", hana, ben)
        ben.page.get_by_role("link", name="Read why, and answer it").click()
        walk.arrive(ben.page, "Ben, who was removed", "What was decided, and why")
        _go_on_elsewhere(look, hana, ana)
        hana.press("Say goodbye")
        ana.sees("We’re saying goodbye")
        look("we say goodbye")
        hana.ends_the_circle()
        _land(walk, hana, ana)
        _write_to_whoever_typed_it(walk, site, browser)
        ana.page.goto(f"{walk.origin}/shares/{share}/statement")
        walk.arrive(ana.page, "Ana, about what she typed", "What we decided, and why")


def _come_in(site: Site, context: BrowserContext, name: str) -> Seated:
    page = site.look_around_as(context, name)
    to_the_lobby(page)
    return take_a_place(page, name)


def _speak(look: Look, hana: Seated, ana: Seated) -> None:
    """With captions, and a picture."""
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    ana.opens_who_is_here()
    ana.press("Turn camera on")
    hana.chooses("Show video (1)")
    ana.chooses("Show me my own picture")
    for person in (hana, ana):
        person.chooses("Captions")
        expect(person.page.get_by_role("region", name="Captions")).to_be_visible()
    ana.page.get_by_label("Type a line of captions").fill(LONG_WORD)
    ana.chooses("Send this line")
    for person in (hana, ana):
        expect(person.page.locator("#caption-lines")).to_contain_text(LONG_WORD)
        expect(person.page.locator("video")).to_have_count(1)
    look("somebody speaks, with captions and a picture")
    for person in (hana, ana):
        person.chooses("Captions")
    ana.press("Turn camera off")
    expect(hana.page.locator("video")).to_have_count(0)
    ana.press("Take a moment")
    hana.sees("Ana is taking a moment")
    look("somebody takes a moment")
    ana.press("Carry on")
    hana.sees("Ana is speaking")


def _type(look: Look, hana: Seated, ana: Seated) -> None:
    ana.press("Type instead")
    hana.sees("Ana is sharing by text")
    ana.page.get_by_label("Your words", exact=True).fill(LONG_WORD)
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text(LONG_WORD)
    look("somebody types")


def _report_what_was_typed(walk: Walk, hana: Seated) -> str:
    """Beside the circle, which goes on; and hidden there. The id of what was typed."""
    page = hana.page.context.new_page()
    page.goto(f"{hana.page.url}/report")
    walk.arrive(page, "Hana", "What would you like to report?")
    page.get_by_role("link", name=LONG_WORD).click()
    walk.arrive(page, "Hana, about what was typed", "What is it about?")
    page.get_by_role("link", name="Private things").click()
    walk.arrive(page, "Hana, about what was typed", "Private things")
    page.get_by_role("button", name="Says who somebody is").click()
    walk.arrive(page, "Hana, about what was typed", "Thank you for telling us")
    share = page.url.rpartition("/")[2]
    page.goto(f"{hana.page.url}/hide/{share}")
    walk.arrive(page, "Hana, about what was typed", "Hide these words?")
    page.get_by_role("button", name="Hide these words", exact=True).click()
    expect(page.get_by_text("These words are hidden.")).to_be_visible()
    page.close()
    return share


def _rest(look: Look, hana: Seated, ana: Seated, ben: Seated) -> None:
    """After one's turn: away from the screen, with a line to the facilitators."""
    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    ben.page.locator("#all-ways > summary").click()
    ben.press("Share silence")
    ana.sees("Ben is sharing silence")
    look("who has had a turn, while silence is shared", ana)
    ana.page.get_by_label("Tell a facilitator").fill(LONG_WORD)
    ana.press("Send to the facilitators")
    expect(hana.page.locator("#lines-to-us")).to_contain_text(LONG_WORD)
    ana.press("Take a break")
    expect(ana.page.get_by_role("button", name="I’m back")).to_be_visible()
    look("who is told something, while somebody has stepped away")
    ana.press("I’m back")
    ben.press("I’ve finished")
    hana.sees("Everybody has had their turn")


def _have_the_floor_with_closed_eyes(look: Look, hana: Seated, ana: Seated) -> None:
    hana.press("Open the floor")
    ana.sees("The floor is open")
    ana.press("Raise my hand")
    expect(ana.page.get_by_role("button", name="Lower my hand")).to_be_visible()
    give = hana.page.get_by_role("button", name="Give the floor Ana", exact=True)
    expect(give).to_be_visible()
    look("the floor is open")
    ana.chooses("Eyes-closed mode")
    button = ana.page.locator("#eyes-big:not([data-changed]) button")
    look("whose eyes are closed", ana)
    give.click()
    expect(button).to_have_accessible_name("Your turn. Press to start")
    look("whose eyes are closed and whose turn it is", ana)
    ana.page.locator("#eyes-more > summary").click()
    ana.page.locator("#steady > summary").click()
    look("whose eyes are closed, with More open", ana)
    ana.page.locator("#eyes-more > summary").click()
    button.click()
    expect(button).to_have_accessible_name("It’s your turn. Press when you have finished")
    look("whose eyes are closed, and who speaks", ana)
    button.click()
    expect(button).to_have_accessible_name("Finish? Press again to finish")
    look("whose eyes are closed, and who is asked again", ana)
    button.click()
    expect(button).to_have_accessible_name("Not your turn. Press to hear where we are")
    ana.page.locator("#eyes-more > summary").click()
    ana.chooses("Open eyes view")


def _stop_for_a_while(look: Look, hana: Seated, ana: Seated) -> None:
    hana.press("Pause the room")
    ana.sees("The room is paused")
    look("the room is paused")
    hana.press("Carry on, all of us")
    hana.press("Start a break")
    ana.sees("We’re taking a break")
    look("there is a break")
    hana.press("Carry on, all of us")


def _go_on_elsewhere(look: Look, hana: Seated, ana: Seated) -> None:
    """On another page and back, and for a while on none: their line is down."""
    another = ana.page.context.new_page()
    another.goto(ana.page.url)
    expect(another.locator("#elsewhere")).to_be_visible()
    look("whose other page it is", Seated("Ana", another, ana.id, 0))
    another.close()
    ana.page.evaluate(f"async () => {{ {WITH_SOCKET} socket.disconnect(); }}")
    expect(ana.page.locator("#line")).to_be_visible()
    look("whose line is down", ana)
    ana.page.evaluate(f"async () => {{ {WITH_SOCKET} socket.connect(); }}")
    expect(ana.page.locator("#line")).to_be_hidden()


def _land(walk: Walk, hana: Seated, ana: Seated) -> None:
    """Afterwards: everybody is thanked, and whoever it left unwell can say so."""
    walk.arrive(ana.page, "Ana", "Thank you for being here")
    walk.visit(ana.page, "Ana, after the circle", ana.page.url.removesuffix("/thanks"))
    ana.page.go_back()
    ana.page.get_by_role("button", name="Not well").click()
    expect(ana.page.get_by_text("Thank you for saying so to yourself")).to_be_visible()
    walk.arrive(ana.page, "Ana, whom it left unwell", "Thank you for being here")
    ana.page.get_by_label("A line to the facilitators").fill(LONG_WORD)
    ana.page.get_by_role("button", name="Send to the facilitators").click()
    expect(ana.page.get_by_text("No facilitator has opened it yet.")).to_be_visible()
    hana.page.reload()
    hana.page.get_by_role("button", name="Open this line Ana").click()
    expect(hana.page.get_by_text(LONG_WORD)).to_be_visible()
    walk.arrive(hana.page, "Hana, who has read a line", "Thank you for being here")


def _write_to_whoever_typed_it(walk: Walk, site: Site, browser: Browser) -> None:
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        page.goto(f"{walk.origin}/moderation")
        item = page.get_by_role("listitem").filter(has_text="Typed in the circle")
        item.get_by_role("link", name="Open").click()
        walk.arrive(page, "Mori, about what was typed", "Says who somebody is")
        page.get_by_role("radio", name="Write to them about it").check()
        page.get_by_label("Which guideline?").select_option(index=3)
        page.get_by_label("Why? The writer reads this").fill("Nobody here may say that.")
        page.get_by_role("button", name="Send this decision").click()
        expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()
        walk.arrive(page, "Mori, who has decided about it", "Says who somebody is")
