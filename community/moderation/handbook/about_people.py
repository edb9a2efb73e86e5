"""Reports out of worry for somebody, and about how somebody behaves."""

from community.core.words import said
from community.moderation.handbook.guidance import Guidance, Reply

ABOUT_PEOPLE = (
    Guidance(
        "crisis_self",
        said(
            "Take care of a person, not of a post. Bring in a second moderator before you do more."
        ),
        said(
            "Saying that it’s dark is never against the guidelines, and nobody is punished for it. "
            "Only details that put others at risk are taken away: a method, an amount, a plan."
        ),
        (
            Reply(
                "crisis-details",
                said("Details that put others at risk"),
                "despair",
                said(
                    "I’ve read what you wrote, and I’m glad that you said it here. You’ve done "
                    "nothing wrong. A detail in it could put somebody else who reads at risk, so "
                    "others can’t see it like that. You can write it again without that detail. "
                    "If you might act on it, please press Get help now. I’d like you to have "
                    "somebody beside you."
                ),
            ),
        ),
    ),
    Guidance(
        "child",
        said("Hand it to the safety lead at once. Don’t question the person yourself."),
        said(
            "You don’t need to be sure. Keep what’s there as it is, so that it can be looked at, "
            "and tell only those who need to know."
        ),
        (
            Reply(
                "under-18",
                said("Somebody seems to be under 18"),
                "age",
                said(
                    "This place is for people who are 18 or over, and from what you wrote we think "
                    "that you may be younger. It’s nothing you did wrong. If we’re mistaken, "
                    "please "
                    "write to us. If not, we’ll gladly help you to find a place that fits."
                ),
            ),
        ),
    ),
    Guidance(
        "threat_other",
        said("Hand it to the safety lead at once, and stay within reach."),
        said(
            "Ask whether somebody’s life may be in danger, soon, and whether it can be known "
            "whose. "
            "If so, the safety lead tells the police, and writes on the item that they did, or "
            "that there was no duty to. Nobody decides that alone."
        ),
        (
            Reply(
                "threat",
                said("Words that threaten somebody"),
                "kindness",
                said(
                    "What you wrote reads as a threat to somebody. We can’t leave it there, "
                    "whatever you meant. If you’re very angry or afraid, you can say that, without "
                    "saying what you’d do to them."
                ),
            ),
        ),
    ),
    Guidance(
        "harassment",
        said("Read the whole thread, and look at whether it happened before."),
        said(
            "One sharp sentence on a bad day is a word with its writer. The same person again and "
            "again, or mocking how somebody moves or speaks, is taken away and said plainly."
        ),
        (
            Reply(
                "unkind",
                said("A sharp word"),
                "kindness",
                said(
                    "This part could hurt whoever reads it, even if you didn’t mean it to. You can "
                    "say that you see it differently, and how. Please say it without words about "
                    "the person."
                ),
            ),
            Reply(
                "unwanted",
                said("Somebody asked for it to stop"),
                "kindness",
                said(
                    "The person you wrote to has asked for this to stop. Please don’t write to "
                    "them "
                    "again, here or elsewhere. You don’t need to agree with them about why."
                ),
            ),
        ),
    ),
    Guidance(
        "disbelief",
        said("Ask what somebody who doubts their own body today would take from it."),
        said(
            "A question is welcome, and so is “for me it was different”. Saying that somebody "
            "else’s "
            "dystonia isn’t real, or is only stress, isn’t. It doesn’t matter who is right."
        ),
        (
            Reply(
                "believe",
                said("Doubt about somebody’s body"),
                "kindness",
                said(
                    "Your words doubt what somebody says about their own body. Here we believe "
                    "each "
                    "other about that, whatever the kind of dystonia. You can say what it’s like "
                    "for you."
                ),
            ),
        ),
    ),
    Guidance(
        "sexual",
        said("Hide it first, then read in peace."),
        said(
            "Talking about closeness, or about what dystonia does to it, is fine with a content "
            "note. Advances to a member aren’t, and the person they went to needs no reason."
        ),
        (
            Reply(
                "advance",
                said("An advance that isn’t wanted"),
                "kindness",
                said(
                    "This was an advance to somebody who came here to be heard. Please don’t do "
                    "that "
                    "here. They haven’t asked for it, and don’t need to explain."
                ),
            ),
        ),
    ),
    Guidance(
        "facilitator_conduct",
        said("You see this only if you stand above the person it’s about. Keep it that way."),
        said(
            "Ask what the member needed and didn’t get. Hold it beside what we ask of facilitators "
            "and moderators, not beside how much somebody does for the group."
        ),
        (
            Reply(
                "conduct",
                said("Pressing somebody in a circle"),
                "facilitators",
                said(
                    "Somebody felt pressed in a circle that you held. We ask facilitators never to "
                    "press, not even kindly. If you’d like, one of us can hold the next one with "
                    "you."
                ),
            ),
        ),
    ),
    Guidance(
        "not_listening",
        said("Look at what the person wished for. This leads to a word, not to a penalty."),
        said(
            "Advice given with care to somebody who didn’t ask for it is the commonest slip here. "
            "Most people are glad to be told. Asking somebody to show symptoms is graver."
        ),
        (
            Reply(
                "just-listening",
                said("Advice that wasn’t asked for"),
                "wishes",
                said(
                    "Whoever started this wished for listening only, and your reply gives advice. "
                    "That’s kindly meant, and it can still feel like not being heard. You could "
                    "say "
                    "what you felt when you read it."
                ),
            ),
            Reply(
                "show-symptoms",
                said("Asked somebody to show symptoms"),
                "pictures",
                said(
                    "Please don’t ask anybody to show or describe how they move, not even to help. "
                    "If they’d like to, they do it by themselves."
                ),
            ),
        ),
    ),
)
