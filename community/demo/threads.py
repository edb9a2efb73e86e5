"""What is written in the demo, and who looks after it."""

from datetime import datetime, timedelta
from uuid import UUID

from community.accounts.sanctions.rules import SanctionKind
from community.demo.cast import actor
from community.demo.picture import kettle
from community.moderation.reports import actions as report_actions
from community.moderation.reports import queries as report_queries
from community.moderation.sanctions import actions as sanctions_actions
from community.moderation.sanctions.actions import StepChoice
from community.moderation.sanctions.rules import Step
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.acts.rules import Because
from community.threads.answers.rules import Chosen, sentences
from community.threads.notes.rules import NoteKind
from community.threads.pace import actions as pace_actions
from community.threads.pace.rules import Gap, PaceKind
from community.threads.reading import actions as reading_actions
from community.threads.resonance import actions as resonance_actions
from community.threads.resonance.rules import Word
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press, Tagged, Wish
from community.threads.summary import actions as summary_actions


def write(everyone: UUID, neck: UUID, at: datetime) -> None:
    hours = timedelta(hours=1)
    bus = threads_actions.start(
        actor("Ruth", at), neck, "cervical", "The bus, the window seat, and which way I face",
        Wish.JUST_LISTENING,
        "My head turns to the left, so on the bus I look into the face of whoever sits there. I "
        "used to say sorry every time. Today I took the window seat on the other side and looked "
        "at the rain for forty minutes.\n\nNothing happened. That’s the whole story. It "
        "was lovely.",
        tagged=Tagged(["neck", "sensory-trick"]), now=at - 30 * hours,
    )  # fmt: skip
    threads_actions.reply(
        actor("Priya", at), bus, "I read this twice. I could see the rain.", now=at - 29 * hours
    )
    reading_actions.keep_place(actor("Ana", at), bus, 2)
    _answer_ruth(bus, at - 28 * hours)
    threads_actions.keep_draft(
        actor("Ana", at), Place(bus),
        Typed("The rain on the window is such a good thing to look at. I’m glad you had those"),
        press=Press(), now=at - 27 * hours,
    )  # fmt: skip
    room = threads_actions.start(
        actor("Tom", at), neck, "cervical", "Injections next week. What’s the waiting room like?",
        Wish.IDEAS, "I’d like to know what to bring.", tagged=Tagged(["botulinum-toxin"]),
        notes={NoteKind.SURGERY}, now=at - 20 * hours,
    )  # fmt: skip
    reply = threads_actions.reply(
        actor("Gale", at), room,
        "Hi Tom. The chairs are fine, bring a book. Honestly though, just stop the tablets now, "
        "you won’t need them.", now=at - 4 * hours,
    )  # fmt: skip
    threads_actions.reply(
        actor("Ruth", at), room,
        "There’s a good vending machine. Take someone with you if you can.", now=at - 3 * hours,
    )  # fmt: skip
    report_actions.report(
        actor("Tom", at), reply.post_id, "stop_treatment", "It worried me.", now=at - 2 * hours
    )
    pace_actions.set_pace(
        actor("Mori", at), room, pace_actions.Plan(PaceKind.SLOW, 3, Gap.HOUR, None),
        Because("wishes", "Tom asked about a waiting room. Let’s take our time with him."),
        now=at - 2 * hours,
    )  # fmt: skip
    threads_actions.start(
        actor("Lee", at), everyone, "being-seen", "What do you tell people at work?", Wish.IDEAS,
        "Somebody new asked why I hold my chin. I said it helps me think. What do you say?",
        now=at - 26 * hours,
    )  # fmt: skip
    threads_actions.start(
        actor("Sam", at), everyone, "calm-corner", "A good morning, for once", Wish.ME_TOO,
        "The kettle, the cat, ten minutes of sun. I thought somebody might like to know.",
        pictures=[kettle(actor("Sam", at), now=at - 10 * hours)], now=at - 10 * hours,
    )  # fmt: skip


def write_long(everyone: UUID, at: datetime) -> None:
    """A thread so long that whoever is tired reads it in short."""
    began = at - timedelta(days=12)
    week = threads_actions.start(
        actor("Ben", at), everyone, "calm-corner", "Small things that went well this week",
        Wish.ME_TOO, "I’ll begin. Two cups of tea, one flight of stairs, and only one spilled.",
        now=began,
    )  # fmt: skip
    for number, (name, words) in enumerate(WENT_WELL, start=1):
        threads_actions.reply(actor(name, at), week, words, now=began + number * timedelta(hours=2))
    summary_actions.write(
        actor("Ben", at), week,
        "Small good things from ordinary weeks: a card, a phone call, a dance in the kitchen. Many "
        "of them are about somebody who waited. Nobody asked for advice, and nobody gave any.",
        summary_actions.Seen(None, len(WENT_WELL) - 1), to_newest=False,
        now=began + timedelta(days=2),
    )  # fmt: skip


WENT_WELL = (
    ("Lee", "I threaded a needle. On the ninth try, but nobody was counting."),
    ("Ana", "I sat in the middle of the cinema and turned my seat a little. Nobody minded."),
    ("Kit", "The man at the bakery waited until I had finished. I got the right bread."),
    ("Sam", "A birthday card, the whole of it, in my own writing."),
    ("Ruth", "I said no to a party, and they asked me for tea instead."),
    ("Tom", "The dog doesn’t care which way I look. We walked for an hour."),
    ("Priya", "I played eight bars of something. Eight!"),
    ("Idris", "I made a phone call. The other one said “take your time”, and meant it."),
    ("Lee", "Priya, which eight?"),
    ("Priya", "The easy ones. They were lovely."),
    ("Noor", "I told one person. She asked what it’s like, and then she listened."),
    ("Ana", "That’s a big small thing, Noor."),
    ("Ben", "I was afraid that this would be an empty thread. Thank you, all of you."),
    ("Sam", "I slept on the train and still got off at the right place."),
    ("Ruth", "My neighbour carried my shopping and talked about her tomatoes all the way."),
    ("Kit", "My niece asked me to read to her. We took turns, a page each."),
    ("Tom", "A stranger held the lift and looked at the ceiling with me."),
    ("Idris", "I laughed until my voice stopped, and then we all went on laughing without it."),
    ("Lee", "We danced in the kitchen. It was a short kitchen and a short dance."),
    ("Ana", "I buttoned a shirt and was on time."),
    ("Noor", "I wrote here. That’s mine."),
    ("Ben", "Then that’s mine too. I read all of you on a slow morning."),
)


def _answer_ruth(thread_id: UUID, at: datetime) -> None:
    """In words, under a sentence of hers; and in a word."""
    lee, priya = actor("Lee", at), actor("Priya", at)
    post = threads_queries.opening(lee, thread_id)
    story = {sentence: mark for mark, sentence in sentences(post.id, post.html).items()}
    threads_actions.reply(
        lee, thread_id,
        "That’s my favourite kind of story. Mine pulls to the right, so we could share a seat and "
        "both have a view.",
        answer=Chosen(post.id, story["That’s the whole story."]), now=at,
    )  # fmt: skip
    resonance_actions.give(lee, post.id, Word.SAME_HERE, now=at)
    resonance_actions.give(priya, post.id, Word.WITH_YOU, now=at)


def look_after(neck: UUID, at: datetime) -> None:
    """Gale was written to for selling something and went on, so that Mori asks the group’s owner
    about more than that. And somebody worries about Sam."""
    hours = timedelta(hours=1)
    pillows = threads_actions.start(
        actor("Lee", at), neck, "cervical", "A pillow that stays where it is", Wish.IDEAS,
        "Mine wanders off in the night. Has anybody found one that doesn’t?", now=at - 60 * hours,
    )  # fmt: skip
    worry = threads_actions.reply(
        actor("Sam", at), pillows,
        "I haven’t slept for a week, and I don’t know how long I can go on like this.",
        unnamed=True, now=at - 50 * hours,
    )  # fmt: skip
    advert = threads_actions.reply(
        actor("Gale", at), pillows, "I sell them. Write to me, and you get two for one.",
        now=at - 49 * hours,
    )  # fmt: skip
    report_actions.report(
        actor("Ruth", at), worry.post_id, "crisis_self", "Is somebody with them?",
        now=at - 2 * hours,
    )  # fmt: skip
    report_actions.report(
        actor("Lee", at), advert.post_id, "promo", "The second time.", now=at - 48 * hours
    )
    item = report_queries.open_item(advert.post_id)
    assert item is not None
    warning = StepChoice(
        Step(SanctionKind.WARNING, 90), "selling",
        "We don’t sell to each other here. You can say what helped you.", "", version=1,
    )  # fmt: skip
    sanctions_actions.decide(actor("Mori", at), item, warning, now=at - 30 * hours)
    away = StepChoice(
        Step(SanctionKind.BAN, 90), "selling",
        "You went on selling after we had written to you.", "", version=2,
    )  # fmt: skip
    sanctions_actions.decide(actor("Mori", at), item, away, now=at - 3 * hours)


def wait_to_be_read(voice: UUID, at: datetime) -> None:
    """Somebody new has written. Nobody moderates that group, so that the platform reads it."""
    threads_actions.start(
        actor("Kit", at), voice, "laryngeal", "Ordering coffee without saying it", Wish.ME_TOO,
        "I point at the board and smile. Most people smile back. What do you do?",
        now=at - timedelta(hours=5),
    )  # fmt: skip
