"""Who is here, as what, and what others get to know."""

from community.core.words import said
from community.safety.rulebook.rule import Rule

SELLING = Rule(
    "selling",
    said("Research, raising money and selling"),
    said("Nobody comes here to be sold to, studied or asked for money."),
    (
        said(
            "Please don’t advertise: no products, no clinics, no paid programmes, no books, no "
            "links that earn you something. You can say that something was of use to you, once, "
            "when somebody asks for ideas."
        ),
        said(
            "Don’t raise money here, for yourself or for others, however good the cause. People "
            "find it hard to say no to each other."
        ),
        said(
            "If you’d like people to take part in a study or a survey, write to us first. We ask "
            "who runs it, who looked at its ethics, and what becomes of the answers. Until we say "
            "yes, please don’t post it."
        ),
        said(
            "The same goes for journalists. And nobody gathers what’s written here, by hand or by "
            "program."
        ),
    ),
    since=2,
)
PROFESSIONALS = Rule(
    "professionals",
    said("Professionals among us"),
    said("Be here as a person, not as anybody’s clinician."),
    (
        said(
            "Doctors, nurses, therapists and researchers get dystonia too, and care for people "
            "who have it. They’re welcome as members, like everybody."
        ),
        said(
            "If your work has to do with it, you can say so. Don’t give advice to one person as a "
            "professional, don’t look for clients, and don’t study people here."
        ),
        said(
            "Never say that you’re a professional if you aren’t one. We don’t check anybody’s "
            "papers, so please give no more weight to a title than to any other words."
        ),
        said(
            "If you meet somebody here whom you treat, or who treats you, it’s often kinder to "
            "keep apart. The site can help with that."
        ),
    ),
    since=2,
)
AGE = Rule(
    "age",
    said("Age"),
    said("Everybody here is 18 or over."),
    (
        said(
            "This place isn’t made for children, and what’s said here can be heavy. We ask each "
            "person to say that they’re 18 or over."
        ),
        said(
            "Parents and carers of a child with dystonia are welcome. Please don’t let a child "
            "use your account, and don’t bring one to a circle."
        ),
        said(
            "If you think that somebody here is younger, tell us by a report. You don’t need to "
            "be sure, and please don’t question them. Young people can find other places, and we "
            "help them to."
        ),
    ),
    since=2,
)
PRIVACY = Rule(
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
)
