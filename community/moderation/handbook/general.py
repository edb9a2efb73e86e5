"""What holds for every report, how to talk with somebody in despair, and looking after oneself."""

from community.core.words import said
from community.moderation.handbook.guidance import Passage

PASSAGES = (
    Passage(
        "before",
        said("Before you decide"),
        (
            said(
                "Read the words where they stand, with what came before. Then read what was "
                "reported, and look away from it for a moment."
            ),
            said(
                "Ask three things. What did I see? Which guideline is it about? What is the least "
                "that mends it? A word, a content note or a returned post is often enough."
            ),
            said(
                "When somebody may come to harm by reading on, hide it first and think afterwards. "
                "Hiding can be undone."
            ),
            said(
                "Write “why” to a person on a bad day: what you saw, and what they can do next. "
                "Nothing about what they’re like. Never who reported it, and no quotes from a "
                "circle."
            ),
            said(
                "If you know them well, are at odds with them, or are too tired, leave it for "
                "someone else. You needn’t say why."
            ),
        ),
    ),
    Passage(
        "own",
        said("When you come upon something yourself"),
        (
            said(
                "Nobody has to report it first. “Decide about it” stands beside each signed post: "
                "hide it, give it back, remove it, or go on to whoever wrote it. They read that a "
                "moderator came upon it, and can ask for another look."
            ),
            said(
                "When it was said to you, names you or touches you, report it instead, and let "
                "somebody else decide. Do the same when you’re worried about somebody."
            ),
        ),
    ),
    Passage(
        "asked",
        said("When somebody asks for a moderator"),
        (
            said(
                "They told one of us from a thread, or pressed for help in a circle where nobody "
                "opened it. It’s no complaint, and there’s nothing to decide: they would like a "
                "person."
            ),
            said(
                "Answer as soon as you can, in a few words: that you’ve read it, and that it was "
                "right to ask. Then tell a second person, and let both names stand under it."
            ),
            said(
                "If you can’t find out how they are, say so. That closes nothing: a safety lead is "
                "told, and has it too."
            ),
        ),
    ),
    Passage(
        "loud",
        said("When a thread gets loud"),
        (
            said(
                "Often it needs time and nobody’s removal. At the end of the thread you can let it "
                "go slowly: one post each in ten minutes, an hour or a day. Or let it rest, for "
                "one, three or seven days."
            ),
            said(
                "Everybody in it reads your reason, so write it for all of them, and about what "
                "happened rather than about whom. Slowly first, a rest if that isn’t enough."
            ),
            said(
                "It’s the same for you as for them: while it rests you don’t write there either. "
                "Look at it again when the time is over, or end it earlier."
            ),
        ),
    ),
    Passage(
        "person",
        said("When it’s about a person, or a call"),
        (
            said(
                "There are no words to read again, only what members told you. So look for what "
                "several say, and for what is in force for that person already. One report alone "
                "can be true, and can be a quarrel."
            ),
            said(
                "Ask yourself what keeps others safe, and take the lowest step that does. Write to "
                "the person about what they did, never about what they’re like, and so that "
                "nobody can be guessed from it."
            ),
            said(
                "You can ask what others think before you decide. If you know one of them well, "
                "say that it isn’t for you: somebody else has it then."
            ),
            said(
                "A call is its facilitators’ to change or to cancel. You leave it, or write to "
                "them which guideline it’s about and what would mend it."
            ),
        ),
    ),
    Passage(
        "names",
        said("When a name seems to be needed"),
        (
            said(
                "Nearly everything can be decided without knowing who wrote or reported it. Ask "
                "yourself first what you would do with the name."
            ),
            said(
                "For a grave reason, a moderator of the site or the safety lead can look it up. "
                "You write down why, and whoever it is reads that. So name nobody else in it."
            ),
            said(
                "Don’t pass it on, and let nobody guess it from what you write. Whoever is "
                "reported never learns who it was, whatever comes of it."
            ),
        ),
    ),
    Passage(
        "despair",
        said("Talking with somebody in despair"),
        (
            said(
                "First tell a second moderator, or the safety lead. You aren’t alone with this, "
                "and you aren’t an emergency service."
            ),
            said(
                "Answer as a person, soon and in a few words. “I’ve read what you wrote. I’m glad "
                "that you said it.” You don’t need to find the right words, and you can’t put the "
                "thought into somebody’s head by naming it."
            ),
            said(
                "You may ask plainly whether they think of ending their life, and whether they’re "
                "safe right now. Ask once, listen, and don’t argue. Don’t promise that it will be "
                "all right, and don’t promise to keep it to yourself."
            ),
            said(
                "Name one way to reach somebody now that fits them: text or chat if speaking is "
                "hard. Get help now has them by country. Ask whether somebody can be with them "
                "today."
            ),
            said(
                "Don’t ask for an address or a full name in order to send the police: that can "
                "harm, and it ends trust. If a life is in danger now, the safety lead uses what we "
                "know already."
            ),
            said(
                "Think of the others who read it. Take away methods, amounts and plans, and say "
                "why. Leave the person’s place among us as it is. Nobody is punished for despair."
            ),
            said(
                "On the queue you can say from when and for how long you’re looking, so that "
                "others know who is here. Whoever looks after the site tells the emergency "
                "services, and a safety lead closes it."
            ),
            said(
                "Write down what you did, and say when you’ll be away and who is there then. "
                "Afterwards let them come back as themselves."
            ),
        ),
    ),
    Passage(
        "care",
        said("Looking after yourself"),
        (
            said(
                "Read the first lines before you read all of it. Stop wherever you like, and leave "
                "the rest to somebody else."
            ),
            said(
                "After something about danger or a crisis, do something else for the rest of the "
                "day. Five such items in a week are enough for anybody."
            ),
            said(
                "Talk it over with another moderator, about what it did to you. You needn’t carry "
                "it home, and you don’t have to be able to bear everything."
            ),
            said("How it ends isn’t in your hands. You looked, and you did the next small thing."),
            said(
                "If you’re in a dark place yourself, Get help now is for you too. Nobody asks "
                "what you did here."
            ),
        ),
    ),
)
