"""How we answer each other, and how we speak of people who aren't asked."""

from community.core.words import said
from community.safety.rulebook.rule import Rule

WISHES = Rule(
    "wishes",
    said("Wishes for replies, and content notes"),
    said("Answer the way the person asked to be answered."),
    (
        said(
            "Whoever starts a thread can say what they hope for: just listening, stories from "
            "others, ideas, or facts with where they come from. Please keep to it. If you can’t, "
            "let somebody else reply."
        ),
        said(
            "A content note says in a word or two what comes, like “Surgery or needles”. You tick "
            "it beside your words. In Comfort settings each of us chooses, for each kind, whether "
            "such words are shown, wait behind a press or stay out of sight. Ordinary sadness "
            "needs no note."
        ),
    ),
    since=3,
)
KINDNESS = Rule(
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
)
PICTURES = Rule(
    "pictures",
    said("Photos and videos of movements"),
    said("Show only yourself, warn before moving pictures, and nothing that flashes."),
    (
        said(
            "Nobody here ever has to show how they move. Don’t ask for it, not even to help, "
            "and not in a circle."
        ),
        said(
            "If you post a picture, or link to a photo or a video, let it be your own. Nobody else "
            "is to be seen in it, unless they said yes to this very use. A child can’t say that "
            "yes for good."
        ),
        said(
            "Say in a few words what it shows, with the picture or before the link, so that people "
            "can choose. Leave out anything that flashes, flickers or starts with a loud sound. It "
            "can be hard on the body of somebody who watches."
        ),
        said("A picture of somebody’s movements is theirs. Please don’t pass it on or copy it."),
    ),
    since=3,
)
CLOSE_TO = Rule(
    "close-to",
    said("If you’re family or a carer"),
    said("Tell your own side of it. The other person’s story is theirs."),
    (
        said(
            "You’re welcome here in your own right. What it’s like for you can be told, and it "
            "counts."
        ),
        said(
            "Before you write about somebody else, ask yourself four things. Could they tell it "
            "themselves? Have they said yes to it? Are you the right one to tell it? Would they "
            "mind reading it here?"
        ),
        said(
            "If you aren’t sure, leave out their name, their age, their place, and whatever they "
            "would keep private. If they ask you to take it back, please do."
        ),
        said(
            "About a child, write no more than you need in order to be heard. One day they’re "
            "grown up, and it’s still their story."
        ),
    ),
    since=3,
)
CLINICS = Rule(
    "clinics",
    said("Doctors and clinics"),
    said("Say what happened to you. Don’t put a name beside an accusation."),
    (
        said(
            "You can say how an appointment went, what helped, and what hurt. You can say that "
            "you changed to another clinic."
        ),
        said(
            "You can name a doctor, a nurse or a clinic that was good to you. If you have "
            "something against one, please leave the name out. They can’t answer here, and you’re "
            "answerable for what you say about them."
        ),
        said(
            "If you think somebody treated you wrongly, the clinic’s own complaints office is the "
            "place, or whoever oversees it in your country. People here can listen while you do "
            "it."
        ),
    ),
    since=2,
)
