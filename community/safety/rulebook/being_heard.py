"""What this place is, and how we talk and listen in it."""

from community.core.words import said
from community.safety.rulebook.rule import Rule

PLACE = Rule(
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
)
EXPERIENCE = Rule(
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
)
MEDICINE = Rule(
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
            "who prescribes it can say what’s safe. If you think of a change, ask your team."
        ),
        said("Please don’t promise that something heals dystonia, and don’t offer it for sale."),
    ),
)
CIRCLE_STAYS = Rule(
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
)
