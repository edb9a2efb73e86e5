"""The way through the site: who goes where, so that every page is met in every state it has."""

import sqlite3
from contextlib import closing

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.route_between_two import between_two, set_aside
from tests.browser.route_greeting import greeting_new_members
from tests.browser.route_in_circle import LONG_WORD, in_the_circle, rehearsing
from tests.browser.route_in_short import in_short
from tests.browser.route_of_tags import tags_become_topics
from tests.browser.route_with_pictures import with_pictures
from tests.browser.site import Site, window
from tests.browser.walk import Walk

CAST = ("Ana", "Noor", "Hana", "Mori", "Marta", "Ellen")

# As long as they may be, and nowhere a space to break at.
LONG_NAME = "Wren-Taumatawhakatangihangakoauauotamate"
LONG_TITLE = f"{LONG_WORD}, and other words that I have had to learn to say since this began"


IN_SIXTY_DAYS = "new Date(Date.now() + 60 * 24 * 3600e3).toISOString().slice(0, 10)"


def go_everywhere(walk: Walk, site: Site, browser: Browser) -> None:
    """Every page, as everybody it looks different to."""
    for part in (
        _from_outside,
        _as_the_cast,
        _invited,
        _about_ones_own,
        _on_a_bad_day,
        _taken_back,
        _kept_and_followed,
        _looking_for_words,
        _answering,
        with_pictures,
        _coming_again,
        rehearsing,
        _before_a_gathering,
        in_the_circle,
        _decided,
        _about_people,
        between_two,
        set_aside,
        in_short,
        greeting_new_members,
        _leaving,
        tags_become_topics,
        _broken,
    ):
        part(walk, site, browser)


def _as_the_cast(walk: Walk, site: Site, browser: Browser) -> None:
    for name in CAST:
        with walk.watch(window(browser)) as context:
            walk.everywhere(site.look_around_as(context, name), name, "/home", "/no-such-page")


# ---- somebody new ----


def _from_outside(walk: Walk, site: Site, browser: Browser) -> None:
    """A guest, who joins under a very long name and starts a thread with a very long title."""
    with walk.watch(window(browser)) as context, walk.watch(window(browser)) as another:
        page = context.new_page()
        walk.everywhere(page, "a guest", "/", "/no-such-page", "/offline")
        _come_in_by_letter(walk, page, another)
        _join(walk, page)
        _write_at_length(walk, page)


def _come_in_by_letter(walk: Walk, page: Page, another: BrowserContext) -> None:
    page.goto(f"{walk.origin}/sign-in")
    page.get_by_label("Your e-mail address").fill("wren@example.org")
    page.get_by_role("button", name="Send me a link").click()
    walk.arrive(page, "a guest", "Look in your e-mail")
    page.get_by_role("link", name="See the letters").click()
    link = page.get_by_role("link", name="/come-in/").first.get_attribute("href")
    assert link
    stop = page.get_by_role("link", name="/news/stop/").first.get_attribute("href")
    assert stop
    elsewhere = another.new_page()
    walk.visit(elsewhere, "a guest in another browser", link)
    walk.visit(elsewhere, "somebody with too many letters", stop)
    elsewhere.get_by_role("button", name="Stop these e-mails").click()
    walk.arrive(elsewhere, "somebody with fewer letters", "These e-mails have stopped")
    page.goto(link)
    walk.arrive(page, "a guest", "Come in")
    page.get_by_role("button", name="Sign me in").click()


def _join(walk: Walk, page: Page) -> None:
    walk.arrive(page, "somebody new", "About you")
    for path in ("/", "/topics", "/in-numbers", "/about-you"):
        walk.visit(page, "somebody new", path)
    page.get_by_label("Your name here").fill(LONG_NAME)
    page.get_by_role("checkbox", name="I am 18 or over").check()
    page.get_by_role("button", name="Go on").click()
    walk.arrive(page, "somebody new", "Your consent")
    page.get_by_role("button", name="I consent to this").click()
    walk.arrive(page, "somebody new", "Guidelines")
    for path in ("/home", "/groups/new", "/threads/new"):
        walk.visit(page, "somebody who hasn’t agreed", path)
    page.goto(f"{walk.origin}/guidelines")
    page.get_by_role("button", name="I agree to these guidelines").click()
    walk.arrive(page, "somebody new", f"Hello, {LONG_NAME}")
    page.goto(f"{walk.origin}/calls/new")
    walk.arrive(page, "somebody who may not", "That isn’t open to you")


def _write_at_length(walk: Walk, page: Page) -> None:
    page.goto(f"{walk.origin}/threads/new")
    page.get_by_label("What is it about?").select_option("Neck")
    page.get_by_label("Title").fill(LONG_TITLE)
    page.get_by_role("radio", name="Just listening").check()
    page.get_by_label("Your words").fill(f"> {LONG_WORD}\n\n{LONG_WORD * 3}\n\n{LONG_NAME}")
    page.get_by_role("button", name="Start this thread").click()
    walk.arrive(page, "somebody with long words", LONG_TITLE)
    for path in ("/home", "/topics/cervical"):
        page.goto(f"{walk.origin}{path}")
        walk.look(page, "somebody with long words")
    page.goto(f"{walk.origin}/threads/new")
    page.get_by_label("Title").fill(LONG_TITLE)
    page.context.clear_cookies()
    page.get_by_role("button", name="Start this thread").click()
    walk.arrive(page, "somebody whose session is lost", "We couldn’t take that")


# ---- groups and threads ----


def _invited(walk: Walk, site: Site, browser: Browser) -> None:
    """Somebody is given a link into a group."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.get_by_role("link", name="Neck, evenings", exact=True).click()
        page.get_by_role("link", name="Invite people").click()
        page.get_by_label("Who is it for?").fill(LONG_WORD)
        page.get_by_role("button", name="Make this link").click()
        walk.arrive(page, "Hana, who has invited somebody", "Invite people")
        link = page.get_by_label(f"Link for {LONG_WORD}").input_value()
    with walk.watch(window(browser)) as context:
        walk.visit(site.look_around_as(context, "Kit"), "Kit, who is invited", link)


def _looking_for_words(walk: Walk, site: Site, browser: Browser) -> None:
    """Somebody finds words, a place that goes by a name, and nothing."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        for who, words in (
            ("Ana, who finds words", "rain*"),
            ("Ana, who finds a place", "torticollis"),
            ("Ana, who finds nothing", f'"{LONG_WORD}"'),
        ):
            page.goto(f"{walk.origin}/search")
            page.get_by_label("What are you looking for?").fill(words)
            page.get_by_role("button", name="Search", exact=True).click()
            page.wait_for_url("**/search/*")
            walk.arrive(page, who, "Search")


def _about_ones_own(walk: Walk, site: Site, browser: Browser) -> None:
    """Whoever wrote something can change it, tag it and take it back."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.get_by_role("link", name="The bus, the window seat").first.click()
        thread = page.url
        heading = "Change the title, or what you’d like from others"
        names = ("Change my words", "Change the tags", heading, "Take it back")
        links = [page.get_by_role("link", name=name).first.get_attribute("href") for name in names]
        for link in links:
            assert link
            walk.visit(page, "Ruth", link)
        page.goto(thread)
        page.get_by_role("link", name="Change my words").first.click()
        page.get_by_label("Your words").fill(f"{LONG_WORD} is what it was.")
        page.get_by_role("button", name="Send my changes").click()
        walk.arrive(page, "Ruth, who has changed it", "The bus, the window seat")
        page.get_by_role("link", name="What it said before").click()
        walk.arrive(page, "Ruth", "What it said before")
        page.goto(f"{walk.origin}/calls/calendar")
        page.get_by_role("button", name="Make my address").click()
        walk.arrive(page, "Ruth, with an address", "My calendar")


def _on_a_bad_day(walk: Walk, site: Site, browser: Browser) -> None:
    """My place on a bad day, and in quiet days."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        page.get_by_role("button", name="A bad day").click()
        expect(page.get_by_text("Nothing is expected of you today.")).to_be_visible()
        walk.arrive(page, "Ana, on a bad day", "Hello, Ana")
        page.get_by_role("button", name="Be quiet for a day").click()
        expect(page.get_by_role("button", name="End my quiet days")).to_be_visible()
        walk.arrive(page, "Ana, in quiet days", "Hello, Ana")
        page.get_by_role("button", name="End my quiet days").click()


def _taken_back(walk: Walk, site: Site, browser: Browser) -> None:
    """Somebody takes a reply back, and reads what they can do with it."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        page.get_by_role("link", name="What do you tell people at work?").first.click()
        page.get_by_label("Your words").fill("I say that it helps me listen.")
        page.get_by_role("button", name="Send my reply").click()
        page.get_by_role("link", name="Take it back").first.click()
        page.get_by_role("button", name="Take it back").click()
        walk.arrive(page, "Ana, who took words back", "What do you tell people at work?")
        page.get_by_role("link", name="Read your words, or put them back").click()
        walk.arrive(page, "Ana, who took words back", "Words you took back")
        page.locator("summary", has_text="Erase it now for good").click()
        walk.look(page, "Ana, who is asked once more")
        walk.visit(page, "Ana, who took words back", "/drafts")
        page.get_by_role("link", name="Throw it away").first.click()
        walk.arrive(page, "Ana, who reads a draft once more", "Throw this draft away?")
        page.get_by_role("button", name="Throw it away").click()
        walk.arrive(page, "Ana, who threw it away", "A draft you threw away")


def _answering(walk: Walk, site: Site, browser: Browser) -> None:
    """A word, and a reply to somebody under a sentence of theirs, with what is asked about it."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Priya")
        page.get_by_role("link", name="The bus, the window seat").first.click()
        page.get_by_role("button", name="Same here").first.click()
        expect(page.get_by_role("button", name="Same here").first).to_have_attribute(
            "aria-pressed", "true"
        )
        page.get_by_role("link", name="Reply to Ruth").first.click()
        page.get_by_text("Words to begin with").click()
        page.get_by_role("button", name="I hear you.").click()
        page.get_by_text("Quote a sentence").click()
        page.locator("[name=mark]").last.check()  # Ruth has changed her words by now
        page.get_by_label("Write to Ruth").fill(f"You should rest, {LONG_WORD}")
        page.get_by_role("button", name="Send my reply").click()
        expect(page.get_by_role("group", name="One question before it goes")).to_be_focused()
        walk.look(page, "Priya, who is asked before it goes")
        page.get_by_role("button", name="Change my words").click()
        _tried(walk, page)
        page.get_by_role("button", name="Send it").click()
        walk.arrive(page, "Priya, who has answered", "The bus, the window seat")
    with walk.watch(browser.new_context(java_script_enabled=False)) as context:
        page = site.look_around_as(context, "Hana")
        page.get_by_role("link", name="The bus, the window seat").first.click()
        page.get_by_label("Your words").fill(f"You should rest, {LONG_WORD}")
        page.get_by_role("button", name="Send my reply").click()
        expect(page.get_by_role("heading", name="One question before it goes")).to_be_visible()


def _tried(walk: Walk, page: Page) -> None:
    """What Priya tried, and how it will look."""
    page.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("Address of the page").press("Enter")
    page.get_by_text("Add what I tried").click()
    page.get_by_label("What I tried", exact=True).fill("A baclofen pump")
    page.get_by_label("What was hard or unwanted").fill(LONG_WORD)
    walk.look(page, "Priya, who adds what she tried")
    page.get_by_role("button", name="See how it will look").click()
    walk.arrive(page, "Priya, before it goes", "How it will look")


def _kept_and_followed(walk: Walk, site: Site, browser: Browser) -> None:
    """Ruth keeps a post, and chooses how she hears of a thread and of a topic."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.get_by_role("link", name="Injections next week").first.click()
        thread = page.url
        page.get_by_role("button", name="Keep this for me").last.click()
        page.get_by_role("button", name="By e-mail, once a day").click()
        walk.arrive(page, "Ruth, who follows it by e-mail", "Injections next week")
        page.get_by_role("button", name="Read aloud").click()
        expect(page.get_by_text("This device has no voice of its own")).to_be_visible()
        walk.look(page, "Ruth, whose device has no voice")
        page.goto(f"{walk.origin}/topics/hand")
        page.get_by_role("button", name="Not for this topic").click()
        page.goto(f"{thread}/find")
        page.get_by_label("Written by").select_option("Gale")
        page.get_by_role("button", name="Show these posts").click()
        walk.arrive(page, "Ruth, who looks for a writer", "Find in this thread")
        page.goto(f"{walk.origin}/following/feed")
        page.get_by_role("button", name="Make my address").click()
        walk.arrive(page, "Ruth, with a feed", "My feed")
        for path in ("/following", "/kept"):
            walk.visit(page, "Ruth, who keeps and follows", path)


# ---- calls that come again ----


def _coming_again(walk: Walk, site: Site, browser: Browser) -> None:
    """A series is scheduled, looked at, and changed from one of its calls on."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.goto(f"{walk.origin}/calls/new")
        page.get_by_label("Title").fill("Coming again")
        page.get_by_label("Date").fill(page.evaluate(IN_SIXTY_DAYS))
        page.get_by_label("Start").fill("19:00")
        page.get_by_label("Does it come again?").select_option("Every two weeks")
        page.get_by_role("button", name="Schedule this call").click()
        walk.arrive(page, "Hana, before it is scheduled", "Is this right?")
        page.get_by_role("button", name="Schedule these calls").click()
        walk.arrive(page, "Hana, whose call comes again", "Coming again")
        call = page.url
        page.get_by_role("link", name="All its dates").click()
        walk.arrive(page, "Hana, who keeps it", "Coming again")
        page.get_by_role("button", name="Skip this date").first.click()
        walk.arrive(page, "Hana, who has skipped a date", "Coming again")
        _more_often_and_handed_over(walk, page)
        page.get_by_role("link", name="Cancel the dates to come").click()
        walk.arrive(page, "Hana, of several calls", "Cancel this call?")
        page.goto(f"{call}/edit")
        page.get_by_label("Start").fill("20:00")
        page.get_by_label("All that are to come").check()
        walk.look(page, "Hana, of several calls")
        page.get_by_role("button", name="Save these changes").click()
        walk.arrive(page, "Hana, before several change", "Is this right?")
        _at_the_same_time(walk, page)
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.goto(f"{walk.origin}/calls/held")
        walk.look(page, "Ruth, who is asked to keep a series")


def _at_the_same_time(walk: Walk, page: Page) -> None:
    page.goto(f"{walk.origin}/calls/new")
    page.get_by_label("Title").fill("In the way")
    page.get_by_label("Date").fill(page.evaluate(IN_SIXTY_DAYS))
    page.get_by_label("Start").fill("19:15")
    page.get_by_role("button", name="Schedule this call").click()
    walk.arrive(page, "Hana, who holds another call then", "Is this right?")


def _more_often_and_handed_over(walk: Walk, page: Page) -> None:
    """From the page of a series: what another pace would change, and somebody who is asked."""
    series = page.url
    page.get_by_role("link", name="Change how often").click()
    page.get_by_role("radio", name="Every week").check()
    page.get_by_role("button", name="See what that changes").click()
    walk.arrive(page, "Hana, before it comes more often", "Is this right?")
    page.goto(series)
    page.get_by_role("link", name="Hand these calls over").click()
    page.get_by_role("radio", name="Ruth").check()
    page.get_by_role("button", name="Ask them").click()
    walk.arrive(page, "Hana, who has asked Ruth", "Coming again")


# ---- moderation ----


def _decided(walk: Walk, site: Site, browser: Browser) -> None:
    """A post is reported and removed: what its reporter, the moderator and its writer read."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.get_by_role("link", name="Injections next week").first.click()
        thread = page.url
        page.get_by_role("link", name="Report Gale’s post").click()
        page.get_by_role("link", name="Medical advice, pressure").click()
        page.get_by_role("button", name="Pressure to stop").click()
        walk.arrive(page, "Ruth", "Thank you for telling us")
        page.get_by_role("link", name="Back to the thread").click()
        page.get_by_role("link", name="Tell a moderator").click()
        walk.arrive(page, "Ruth", "Tell a moderator")
        page.get_by_label("What would you like them to know?").fill(LONG_WORD)
        page.get_by_role("button", name="Tell a moderator").click()
        page.get_by_role("link", name="Tell a moderator").click()
        walk.arrive(page, "Ruth, who has told them", "Tell a moderator")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        late = context.new_page()
        for each in (page, late):
            each.goto(f"{walk.origin}/moderation")
            each.get_by_role("link", name="Open : Pressure to stop").click()
            each.get_by_role("radio", name="Remove it").check()
            each.get_by_label("Which guideline?").select_option(index=3)
            each.get_by_label("Why? The writer reads this").fill("Nobody here may say that.")
        page.get_by_role("button", name="Send this decision").click()
        expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()
        walk.arrive(page, "Mori, who has decided", "Pressure to stop")
        late.get_by_role("button", name="Send this decision").click()
        walk.arrive(late, "Mori, who decides it again", "Pressure to stop")
        page.goto(f"{walk.origin}/moderation")
        walk.look(page, "Mori, who has decided")
        page.goto(thread)
        page.get_by_role("link", name="Decide about it").first.click()
        walk.arrive(page, "Mori, who comes upon something", "Decide about a post")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Gale")
        page.get_by_role("link", name="Injections next week").first.click()
        walk.arrive(page, "Gale, whose reply is gone", "Injections next week")
        page.get_by_role("link", name="Read why").click()
        walk.arrive(page, "Gale", "What we decided, and why")
        statement = page.url
        page.get_by_role("link", name="Another look at this").click()
        walk.arrive(page, "Gale", "Another look")
        page.get_by_role("button", name="Ask for another look").click()
        expect(page.get_by_role("heading", name="You asked for another look")).to_be_visible()
        walk.look(page, "Gale, who has asked")
        page.get_by_role("link", name="About how we decided").click()
        walk.arrive(page, "Gale", "About how we decided")
        walk.visit(page, "Gale", "/in-force")
        page.goto(f"{walk.origin}/news/")
        page.get_by_role("button", name="Something you wrote, said or did").click()
        walk.arrive(page, "Gale, who was written to", "What we decided, and why")
        page.goto(statement.replace("/statement", "/edit"))
        walk.arrive(page, "Gale, who comes too late to change it", "Something has changed")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name="Open : Another look").click()
        walk.arrive(page, "Hana", "Another look")


def _about_people(walk: Walk, site: Site, browser: Browser) -> None:
    """A member and a call are reported; one moderator asks another what they think; whoever holds
    the call is written to."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Tom")
        page.get_by_role("link", name="Neck circle").first.click()
        call = page.url
        for link, group, reason in (
            ("Report Hana", "Unkind or unsafe", "Bullying"),
            ("Report this call", "Medical advice, pressure", "Promises a remedy"),
        ):
            page.goto(call)
            page.get_by_role("link", name=link).click()
            page.get_by_role("link", name=group).click()
            page.get_by_role("button", name=reason).click()
            walk.arrive(page, "Tom", "Thank you for telling us")
        page.goto(call)
        page.get_by_role("link", name="Report this call").click()
        page.get_by_role("link", name="Selling, or something else").click()
        page.get_by_role("button", name="I believe this is against the law").click()
        walk.arrive(page, "Tom, before anything is sent", "Against the law")
        page.goto(f"{walk.origin}/groups")
        page.get_by_role("link", name="Neck, evenings", exact=True).click()
        page.get_by_role("link", name="Who is in this group").click()
        page.get_by_text("Rather not meet somebody").click()
        walk.look(page, "Tom, who looks for somebody")
        page.get_by_role("link", name="Report Gale").click()
        page.get_by_role("link", name="Unkind or unsafe").click()
        page.get_by_role("button", name="Bullying").click()
        walk.arrive(page, "Tom", "Thank you for telling us")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_label("For how long?").select_option(label="45 minutes")
        page.get_by_role("button", name="I’m looking then").click()
        walk.arrive(page, "Mori, who is looking", "What needs a decision")
        page.get_by_role("link", name="See to it : Ruth").click()
        walk.arrive(page, "Mori", "Ruth would like a moderator")
        page.get_by_role("button", name="I couldn’t find out more").click()
        walk.arrive(page, "Mori, who has written it down", "Ruth would like a moderator")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name="Open : Bullying").click()
        walk.arrive(page, "Mori, about a person", "Bullying")
        page.get_by_role("link", name="Ask what others think").click()
        walk.arrive(page, "Mori", "Ask what others think")
        page.get_by_role("button", name="Ask them").click()
        walk.arrive(page, "Mori, who has asked", "Bullying")
        page.goto(f"{walk.origin}/moderation/talk")
        page.get_by_label("What would you like to talk about?").fill(LONG_WORD)
        page.get_by_role("button", name="I’d like to talk this over").click()
        walk.arrive(page, "Mori, who would like to talk", "Talking it over")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Marta")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name="Open : Promises a remedy").click()
        walk.arrive(page, "Marta, about a call", "Promises a remedy")
        page.get_by_role("radio", name="Write to them about it").check()
        page.get_by_label("Which guideline?").select_option(index=3)
        page.get_by_label("Why? Whoever it’s about reads this").fill("It reads as advice.")
        page.get_by_role("button", name="Send this decision").click()
        expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name="Open : This person may hurt themselves").click()
        page.get_by_role("link", name="Look up who wrote it").click()
        page.get_by_role("radio", name="Somebody’s life may be at risk").check()
        page.get_by_label("Why? Whoever wrote it reads this").fill("To ask whether they’re safe.")
        page.get_by_role("button", name="Show me the name").click()
        walk.arrive(page, "Marta, who has looked up a name", "Who wrote it")
        page.get_by_role("link", name="Back to the report").click()
        page.get_by_role("link", name="Look up who reported it").click()
        walk.arrive(page, "Marta, who asks who reported", "Look up who reported it?")
        page.get_by_role("radio", name="Somebody was harmed").check()
        page.get_by_label("Why? Whoever reported it reads this").fill("To ask what they saw.")
        page.get_by_role("button", name="Show me the names").click()
        walk.arrive(page, "Marta, who has looked up who reported", "Who reported it")
        walk.visit(page, "Marta, whom somebody asked", "/moderation/talk")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name="Open : Bullying").click()
        page.get_by_role("link", name="Say what you think").click()
        walk.arrive(page, "Hana, who is asked", "Say what you think")
        page.get_by_label("What do you think?").fill("I have seen it too.")
        page.get_by_role("button", name="Send this to those who decide").click()
        walk.arrive(page, "Hana, who has said it", "Bullying")
        page.goto(f"{call}/statement")
        walk.arrive(page, "Hana, who holds it", "What we decided, and why")


# ---- going for good ----


def _before_a_gathering(walk: Walk, site: Site, browser: Browser) -> None:
    """Idris, who holds it and has no media server for it; who comes to listen, and who may yet."""
    for name in ("Idris", "Kit", "Ana"):
        with walk.watch(window(browser)) as context:
            page = site.look_around_as(context, name)
            page.goto(f"{walk.origin}/calls")
            page.get_by_role("link", name="An evening of reading").click()
            walk.arrive(page, f"{name}, before a gathering", "An evening of reading")


def _leaving(walk: Walk, site: Site, browser: Browser) -> None:
    """Hana, whom a group needs; and Lee, who asks to be erased and changes their mind."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        for path in ("/leave-for-good", "/leave-for-good/sure"):
            walk.visit(page, "Hana, whom a group needs", path)
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Lee")
        for path in ("/my-data", "/leave-for-good", "/leave-for-good/sure"):
            walk.visit(page, "Lee, who may go", path)
        page.get_by_role("button", name="Delete my account").click()
        expect(page.get_by_text("You’re signed out everywhere")).to_be_visible()
        site.sign_in(context, "Lee")
        page.goto(f"{walk.origin}/home")
        walk.arrive(page, "Lee, who is leaving", "Your account will be erased on")
        page.get_by_role("button", name="I have changed my mind").click()
        expect(page.get_by_text("You’re a member as before")).to_be_visible()


def _broken(walk: Walk, site: Site, browser: Browser) -> None:
    """Last of all: a table is gone, and with it every page that needs it."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        with closing(sqlite3.connect(site.kept_in / "demo.db")) as store, store:
            store.execute("alter table thread rename to mislaid")
        page.goto(f"{walk.origin}/topics/cervical")
        walk.arrive(page, "Ana, when something broke", "Something went wrong here")
