"""Talking about despair, and being worried about somebody."""

from community.core.words import said
from community.safety.rulebook.rule import Rule

DESPAIR = Rule(
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
)
WORRIED = Rule(
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
)
