"""Reports about what was said: medicine, private things, selling, and the rest."""

from community.core.words import said
from community.moderation.handbook.guidance import Guidance, Reply

ABOUT_WORDS = (
    Guidance(
        "stop_treatment",
        said("Hide it first. Stopping some medicines or changing a device suddenly is a danger."),
        said(
            "“I stopped, and this is what it was like” may stay. “Stop” or “you don’t need it” may "
            "not, however gently it’s said. Don’t argue about the medicine: you aren’t deciding "
            "who is right."
        ),
        (
            Reply(
                "stop-medicine",
                said("It tells somebody to stop or change"),
                "medicine",
                said(
                    "Your words tell somebody to stop or change a treatment. Only the person who "
                    "prescribes it can say what’s safe, because a sudden change can be dangerous. "
                    "You can say what you did yourself, with whom you planned it, and what it was "
                    "like."
                ),
            ),
        ),
    ),
    Guidance(
        "medical_claim",
        said("Find the sentence. Is it about themselves, or about somebody else’s body?"),
        said(
            "Their own experience may stay, doses left out. A remedy that’s promised, a diagnosis "
            "of "
            "another member, or an amount to take is changed or taken away."
        ),
        (
            Reply(
                "claim",
                said("A promise, or a diagnosis"),
                "medicine",
                said(
                    "This part speaks about somebody else’s body, or promises what nobody can "
                    "promise. You can say what you tried yourself and what came of it. Please "
                    "leave "
                    "out amounts."
                ),
            ),
        ),
    ),
    Guidance(
        "graphic",
        said(
            "Most often a content note is all it needs. Put one before it rather than take it away."
        ),
        said(
            "The note is a few plain words for what comes, so that people can choose. It doesn’t "
            "warn of danger. Ordinary sadness needs none."
        ),
        (
            Reply(
                "needs-note",
                said("It needs a content note"),
                "wishes",
                said(
                    "What you wrote is welcome, and stays as you wrote it. It has details that "
                    "some people would like to know of before they read, so a content note stands "
                    "before it now."
                ),
            ),
        ),
    ),
    Guidance(
        "flashing",
        said("Hide it first, and don’t open the link yourself if you’re sensitive to it."),
        said("Few people know that this is hard for others. A word is enough, almost always."),
        (
            Reply(
                "flashing",
                said("A link that flashes or is loud"),
                "pictures",
                said(
                    "The link in this leads to something that flashes or starts with a loud sound. "
                    "That can be hard on the body of somebody who opens it. You can send it again "
                    "without that link, and say in words what it shows."
                ),
            ),
        ),
    ),
    Guidance(
        "promo_belief",
        said("Ask whether somebody is free to say “not for me” after reading it."),
        said(
            "What somebody believes is theirs, and they may say that it carries them. Pressing it "
            "on others isn’t fine, nor is a product or a method that nobody has tested."
        ),
        (
            Reply(
                "pressing",
                said("It presses something on others"),
                "experience",
                said(
                    "You’ve found something that carries you, and you may say so. This part "
                    "presses "
                    "it on others. Could you say what it is to you, and leave it there?"
                ),
            ),
        ),
    ),
    Guidance(
        "privacy_circle",
        said("Hide it first. Whose words they are can be asked afterwards."),
        said(
            "Somebody’s own share may be told by them anywhere. Somebody else’s may not be "
            "repeated, not even without a name and not even to praise it."
        ),
        (
            Reply(
                "stays-there",
                said("Somebody else’s words"),
                "circle-stays",
                said(
                    "This repeats what somebody else shared. What’s said in a circle stays there, "
                    "also when it’s told with love. You can say what it moved in you."
                ),
            ),
        ),
    ),
    Guidance(
        "privacy_id",
        said("A post is held from the first report on. Read it soon: its writer waits."),
        said(
            "A name, an address, a picture, a workplace, or several small things that together "
            "show "
            "who it is. It counts when it’s about oneself too, if it slipped out."
        ),
        (
            Reply(
                "who-it-is",
                said("It shows who somebody is"),
                "privacy",
                said(
                    "This could show who somebody is. That they’re here is theirs to tell. You can "
                    "write it again without the name and whatever else points to them."
                ),
            ),
        ),
    ),
    Guidance(
        "impersonate",
        said("Hand it to the platform team. Don’t try to find out by yourself who it is."),
        said(
            "We check nobody’s papers. What matters is whether somebody speaks with a weight that "
            "isn’t theirs, or in another person’s name."
        ),
        (
            Reply(
                "title",
                said("Speaks as a professional"),
                "professionals",
                said(
                    "You speak here as a professional to one person. Whatever your work is, here "
                    "you’re a peer. Please say what you know from your own life instead."
                ),
            ),
        ),
    ),
    Guidance(
        "promo",
        said("Take the link or the offer away, and leave the rest if it stands without."),
        said(
            "Once, and with good intent, is a word. A member who is only here to sell is removed."
        ),
        (
            Reply(
                "selling",
                said("An offer or an advert"),
                "selling",
                said(
                    "This offers something for money, or asks for some. People come here to be "
                    "heard, so we don’t have that, whatever it is. You can write again without it."
                ),
            ),
        ),
    ),
    Guidance(
        "research",
        said("Take it away for now, and point to how permission is asked for."),
        said(
            "Research can be good, and people here have been asked too often. The platform team "
            "answers who may ask, so you needn’t judge the study."
        ),
        (
            Reply(
                "study",
                said("A study without permission"),
                "selling",
                said(
                    "Thank you for your interest in people with dystonia. Before anyone is asked "
                    "to "
                    "take part in a study here, please write to us: who runs it, who looked at its "
                    "ethics, and what becomes of the answers."
                ),
            ),
        ),
    ),
    Guidance(
        "spam",
        said("Remove it. You needn’t read all of it."),
        said("If a member’s own account sends it, somebody else may be using it. Say so kindly."),
        (
            Reply(
                "spam",
                said("Spam"),
                "selling",
                said(
                    "This looks like an advert that was sent to many places. If it wasn’t you, "
                    "please look at which browsers are signed in to your account."
                ),
            ),
        ),
    ),
    Guidance(
        "illegal",
        said("Hand it to the platform team with the law and the country that was named."),
        said(
            "You aren’t a judge and needn’t be. If it’s against a guideline, decide about that. "
            "Pictures of abuse are never copied, sent on or looked at twice."
        ),
    ),
    Guidance(
        "other",
        said(
            "Read what they wrote beside it. If nothing is there, read the words as a newcomer "
            "would."
        ),
        said("If no guideline is about it, it stays. Not liking something is no reason."),
    ),
)
