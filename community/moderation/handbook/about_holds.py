"""What waits before others see it: nobody complained, and nothing may be wrong with it."""

from community.core.words import said
from community.moderation.handbook.guidance import Guidance, Reply
from community.moderation.holds.rules import HELD_REASONS
from community.moderation.rules.reasons import ReasonGroup
from community.threads.holds.rules import HoldReason

HELD_GROUP = ReasonGroup(
    "held",
    said("Held before others see it"),
    said("Nobody reported it. Somebody waits to be heard."),
    tuple(HELD_REASONS.values()),
)

ABOUT_HOLDS = (
    Guidance(
        HoldReason.FIRST_POSTS.value,
        said("Somebody new has written. Show it unless there’s a reason not to."),
        said(
            "It took courage to write, and they see that it waits. Style, length and mood are no "
            "reasons. If one sentence is the trouble, give it back with that sentence marked and "
            "say what would do instead. Only what could never stay is removed."
        ),
        (
            Reply(
                "held-sentence",
                said("One sentence, and the rest is welcome"),
                "experience",
                said(
                    "Thank you for writing, and welcome. One sentence tells others what to do; it "
                    "is marked below. Say what you tried yourself and what it was like, send it "
                    "again, and we show it."
                ),
            ),
        ),
    ),
    Guidance(
        HoldReason.GROUP.value,
        said("This group reads everything first, whoever writes. Read it soon."),
        said(
            "People answer one another here, so an hour matters more than a perfect judgement. "
            "What would be shown in another group is shown in this one."
        ),
    ),
    Guidance(
        HoldReason.WORDS.value,
        said("A program saw words of adverts. It understands nothing: read what is meant."),
        said(
            "“I got my money back for the splint” is no advert. An offer, a price or a way to buy "
            "is one. If a phrase stops the wrong people again and again, tell those who look after "
            "the list."
        ),
        (
            Reply(
                "held-advert",
                said("An offer to buy something"),
                "selling",
                said(
                    "Your words offer something for money, which we don’t do here. You can say "
                    "what helped you and why, without the offer or the address."
                ),
            ),
        ),
    ),
    Guidance(
        HoldReason.LINKS.value,
        said("Several links, by somebody new. Look where they lead, and not on this device alone."),
        said(
            "Don’t sign in anywhere and don’t load anything to find out. Links to a clinic, a "
            "study or a shop follow the guideline about those. Good ones may simply stay."
        ),
        (
            Reply(
                "held-links",
                said("Fewer links, and why"),
                "clinics",
                said(
                    "There are several links in it and we can’t tell what each is for. Keep the "
                    "one that matters, say in a line why you liked it, and we show it."
                ),
            ),
        ),
    ),
    Guidance(
        HoldReason.PRIVACY.value,
        said("Somebody reported that it says who somebody is. Others don’t see it meanwhile."),
        said(
            "A minute is enough. Show it, if nobody can be found by it; if anybody can, give it "
            "back with what points to them marked. Its writer isn’t told that anybody reported it."
        ),
    ),
    Guidance(
        HoldReason.ASIDE.value,
        said("It’s written without a name. Others don’t see it meanwhile."),
        said(
            "A moderator came upon it and left it to another one. Read it as if any member had "
            "reported it. Show it if it fits, give it back with what is meant marked, or remove "
            "it. Who wrote it, and who set it aside, needn’t be known."
        ),
    ),
    Guidance(
        HoldReason.RETURNED.value,
        said("It stood in the thread and was given back for a change. Nobody else sees it now."),
        said(
            "It waits for its writer, who may take as long as they like. When they send it again, "
            "what they changed is marked. If what was asked for is done, show it."
        ),
    ),
    Guidance(
        HoldReason.CHANGED.value,
        said("It was given back or hidden, and they’ve changed it. Read what is different."),
        said(
            "What was added and removed is marked. If what was asked for is done, show it, even if "
            "you’d have put it differently. Ask for a second change only once."
        ),
    ),
)
