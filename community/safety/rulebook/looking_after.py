"""How this place is looked after, and what we ask of those who do it."""

from community.core.words import said
from community.safety.rulebook.rule import Rule

REPORTING = Rule(
    "reporting",
    said("Telling us about a problem"),
    said("Report what worries you, in good faith. The person you report isn’t told who it was."),
    (
        said(
            "Press Report beside a post. It takes two presses, and a moderator reads it. Where "
            "somebody may be in danger we aim to look within 2 hours, while a moderator is here. "
            "Where somebody may be hurt, within 24 hours. At anything else, within 72 hours. If "
            "you ask for another look at a decision, we aim to answer within 14 days. These "
            "are targets, not promises: this place isn’t watched round the clock."
        ),
        said(
            "Moderators read “a member”. For a grave reason that they write down, a moderator of "
            "the site or the safety lead can look up your name. You’re told. You can keep your "
            "name from them too, unless somebody’s life may be at risk."
        ),
        said(
            "You’ll hear once what came of it. A report that’s made to hurt somebody is itself "
            "against these guidelines."
        ),
    ),
    since=3,
)
DECISIONS = Rule(
    "decisions",
    said("Decisions, and asking us to look again"),
    said("A person decides, says why, and never about themselves."),
    (
        said(
            "A person decides, never a program. Most often it’s about words: they stay as they "
            "are, are hidden so that they can be changed, or are removed. You’re told which "
            "guideline it’s about, and why."
        ),
        said(
            "If something keeps happening, or somebody was hurt, a decision can also be about what "
            "somebody can do here, for a while. It always says until when."
        ),
        said(
            "Nobody decides about their own words. If you think we got it wrong, you can ask "
            "us to look again within six months, and somebody else will."
        ),
    ),
    since=2,
)
FACILITATORS = Rule(
    "facilitators",
    said("What we ask of facilitators"),
    said("Keep the room safe and every turn equal. Don’t treat, teach or push."),
    (
        said(
            "A facilitator opens the circle, says what happens next, and keeps the order. They "
            "thank everybody in the same way: for a share, for silence, for a pass."
        ),
        said(
            "They never press anyone to speak, to show how they move, to turn a camera on, or to "
            "say why they pass. They don’t diagnose or advise, whatever their work is elsewhere."
        ),
        said(
            "When they aren’t well enough, they ask somebody to hold the circle with them, hand it "
            "over, or cancel. Nobody is owed a reason."
        ),
        said(
            "If somebody may be in danger they stay calm, point to Get help now and bring in a "
            "second person. They don’t try to rescue anyone alone."
        ),
        said(
            "They can end somebody’s place in a circle they hold, when the others aren’t safe or "
            "can’t be heard. They say why. It’s over with that circle, and if that person asks, "
            "somebody who wasn’t there looks at it again."
        ),
        said(
            "They keep no notes about people, and don’t use their part to sell something, to look "
            "for clients or to get close to somebody."
        ),
        said(
            "You can report a facilitator like anybody else. It goes to people above them, and "
            "they can’t see it."
        ),
    ),
    since=3,
)
MODERATORS = Rule(
    "moderators",
    said("What we ask of moderators"),
    said("Decide with care, never about yourself, and never alone when it’s hard."),
    (
        said(
            "A moderator doesn’t decide about their own words, what they reported, or a circle "
            "they were in. If it’s about somebody they’re close to, or at odds with, they leave it "
            "to somebody else and needn’t say why."
        ),
        said(
            "They say what they saw and which guideline it’s about. They don’t guess what "
            "somebody meant, and they don’t diagnose. They read what a decision needs, and no "
            "more."
        ),
        said(
            "When a decision weighs heavily, or they aren’t sure, they ask another moderator "
            "first. Being slower and two is better than being quick and one."
        ),
        said(
            "If somebody may be in danger, two people know of it. Nobody promises to be there at "
            "all hours, and nobody rescues anyone alone."
        ),
        said(
            "They take breaks, and can leave any item to somebody else. After something hard they "
            "stop for the day and talk it over with another moderator, without names outside this "
            "place."
        ),
        said(
            "You can report a moderator like anybody else. It goes to people above them, and they "
            "can’t see it."
        ),
    ),
    since=2,
)
AFTERWARDS = Rule(
    "afterwards",
    said("After a death or a crisis among us"),
    said("Be gentle, leave out how it happened, and look after yourself."),
    (
        said(
            "If somebody of a group has died, the people who look after it say so in a few plain "
            "words, when that’s right for the family. Please don’t be the first to tell it, and "
            "don’t guess."
        ),
        said(
            "You can say what they were to you. Leave out how, where and why. Please don’t call it "
            "a way out, a relief or anybody’s fault. Somebody who reads may be close to it "
            "themselves."
        ),
        said(
            "What they wrote here stays here. Please don’t pass it on, and don’t write to their "
            "family unless you knew them before."
        ),
        said(
            "After a crisis, let the person come back as themselves. They needn’t explain, thank "
            "anyone or say how they are."
        ),
        said(
            "You may feel a lot, or nothing, now or later. You can sit out a circle, or only "
            "listen. Get help now is for you too."
        ),
    ),
    since=2,
)
