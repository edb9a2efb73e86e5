"""The guidelines, version 1: what we ask of each other, with ids that decisions point to.

An id never changes and is never used again. When the meaning of a rule changes, the version in
rules.py goes up and everybody is asked to agree again. Other rules of the place (for carers, for
professionals, on photos) join this list when the features they are about do.
"""

from dataclasses import dataclass

from community.core.words import said


@dataclass(frozen=True, slots=True)
class Rule:
    """One guideline. `asks` says it in a line, for "Which guideline?" and statements of reasons."""

    id: str
    title: str
    asks: str
    paragraphs: tuple[str, ...]


RULES = (
    Rule(
        "place",
        said("What this place is"),
        said("We’re peers here: no medical advice, and no emergency service."),
        (
            said("We’re people with dystonia, and people close to them. We listen to each other."),
            said(
                "Nobody here is your clinician, even if they are one somewhere else. We don’t "
                "give medical advice, and we don’t question anyone’s diagnosis."
            ),
            said(
                "Moderators are members. They aren’t here round the clock, and this isn’t an "
                "emergency service. If you need someone now, Get help now is at the top of every "
                "page."
            ),
        ),
    ),
    Rule(
        "experience",
        said("Speak from your own experience"),
        said("Say “this is what I tried”, not “this is what you need to do”."),
        (
            said(
                "“I tried a firmer pillow, and my mornings got easier” leaves somebody free. “You "
                "need a firmer pillow” doesn’t. Dystonia is different in each of us."
            ),
            said(
                "Advice is for people who asked for it. In a circle, being heard is the point. "
                "In a thread, look at what the person wished for before you reply."
            ),
        ),
    ),
    Rule(
        "medicine",
        said("Medicine, injections and surgery"),
        said("Never tell anyone to start, stop or change a treatment."),
        (
            said(
                "You can say what you take, what it was like, and what you asked your team. You "
                "can say that it didn’t help."
            ),
            said(
                "Don’t urge anyone to start, stop, skip or change a medicine, a dose, an injection "
                "or an operation. Some changes are dangerous when they’re sudden. Only the person "
                "who prescribes it can say what’s safe."
            ),
            said(
                "Please don’t promise that something heals dystonia, and don’t offer it for sale."
            ),
        ),
    ),
    Rule(
        "circle-stays",
        said("What’s said in a circle stays there"),
        said("Don’t record, and don’t carry other people’s words out of a circle."),
        (
            said(
                "Nothing is recorded here. Don’t record, photograph or write down what others "
                "share, and don’t use a program that does it for you."
            ),
            said(
                "You can tell anyone what you said yourself. What others said is theirs, in a "
                "thread too."
            ),
            said(
                "One thing we can’t keep to ourselves: if somebody’s life is in danger, or a child "
                "is, we use what we already know to get help. We tell you when we do, if we can."
            ),
        ),
    ),
    Rule(
        "despair",
        said("Talking about despair"),
        said("You may say that it’s dark. Leave out methods, amounts and plans."),
        (
            said(
                "Many people with dystonia go through dark times. You’re welcome to say so here, "
                "and nobody will tell you off for it."
            ),
            said(
                "Please leave out ways of dying or of hurting oneself: methods, means, amounts, "
                "places, plans, pictures, farewell notes. Don’t make pacts, and don’t compare. "
                "These can put somebody else who reads at risk."
            ),
            said(
                "Begin with a short content note, so that others can choose when to read. If you "
                "might act on it, please press Get help now. You deserve somebody beside you who "
                "knows how to help."
            ),
        ),
    ),
    Rule(
        "worried",
        said("If you’re worried about somebody"),
        said("Tell a moderator. Don’t press, test or rescue anyone by yourself."),
        (
            said(
                "Tell a moderator, or a facilitator if you’re in a circle. The person won’t know "
                "that it was you. You don’t need to be sure."
            ),
            said(
                "You can say that you read their words and that you’re glad they’re here. You can "
                "point to Get help now. You don’t need to find the right words."
            ),
            said(
                "Don’t ask for their address or full name, and don’t call the police on a guess. "
                "It isn’t on you alone to keep somebody safe."
            ),
        ),
    ),
    Rule(
        "wishes",
        said("Wishes for replies, and content notes"),
        said("Answer the way the person asked to be answered."),
        (
            said(
                "Whoever starts a thread can say what they hope for: just listening, stories from "
                "others, or ideas. Please keep to it. If you can’t, let somebody else reply."
            ),
            said(
                "A content note is a few plain words on top, like “about falling” or “about a "
                "hospital stay”. It lets people choose. Ordinary sadness needs no note."
            ),
        ),
    ),
    Rule(
        "kindness",
        said("Kindness, and believing each other"),
        said("Believe people about their own body. No contests, no contempt."),
        (
            said(
                "Dystonia can come and go, ease at a touch, or show only in one task. Believe what "
                "people say about their own body."
            ),
            said(
                "No kind is more real than another. Functional dystonia is real. So is the kind "
                "that nobody has named yet. Please don’t compare who has it worse."
            ),
            said(
                "No insults, no threats, no mocking, and nothing against people for who they are. "
                "Don’t follow somebody around who asked you to stop."
            ),
        ),
    ),
    Rule(
        "privacy",
        said("Privacy"),
        said("Don’t share what could show who somebody is, or that they’re here."),
        (
            said(
                "Choose any name. Members see that name, what you write, and your access card if "
                "you show it. They never see your e-mail address."
            ),
            said(
                "Moderators see what’s written in the groups they look after. A few people who run "
                "this site can see more, when they need to."
            ),
            said(
                "That somebody is here is theirs to tell. Don’t share names, places, pictures or "
                "anything else that could show who they are."
            ),
        ),
    ),
    Rule(
        "reporting",
        said("Telling us about a problem"),
        said("Report what worries you, in good faith. Nobody is told who reported."),
        (
            said(
                "Press Report beside a post. It takes two presses. A moderator of the group reads "
                "it, most often by the evening of the next day."
            ),
            said(
                "The person you report isn’t told who it was. You’ll hear once what came of it. "
                "A report that’s made to hurt somebody is itself against these guidelines."
            ),
        ),
    ),
    Rule(
        "decisions",
        said("Decisions, and asking us to look again"),
        said("A person decides, says why, and never about themselves."),
        (
            said(
                "A person decides, never a program. They can leave a post as it is, hide it so "
                "that you can change it, or remove it. You’re told which guideline it’s about, "
                "and why."
            ),
            said(
                "Nobody decides about their own words. If you think we got it wrong, you can ask "
                "us to look again, and somebody else will."
            ),
        ),
    ),
)
