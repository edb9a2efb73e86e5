"""Why something may not happen in a circle now, in words for whoever pressed."""

from community.core.verdict import Reason

ENDED = Reason("ended", "This circle has ended. Thank you for being here.", 409)
REMOVED = Reason(
    "removed",
    "A facilitator has ended your place in this circle. You can read why, and ask somebody else to "
    "look again.",
)
BANNED = Reason(
    "banned",
    "You can’t come into this call any more. There will be others. You can read why, and ask "
    "somebody else to look again.",
)
NOT_OUT = Reason("not-out", "They may come in already.", 409)
STANDS_BY = Reason(
    "stands-by",
    "You’re standing by. Three minutes after the start you can come in, if there is room.",
    409,
)
FULL = Reason(
    "full",
    "All the places are taken, or kept for somebody who may still come. They can wait here: if a "
    "place opens, you can let them in.",
    409,
)
NO_ROOM = Reason(
    "no-room",
    "All the places are taken or kept for somebody who may still come. You can wait here, or "
    "leave; nobody asks why.",
    409,
)
LEFT = Reason("left", "You’ve left the circle. Your place is kept. You can join again.", 409)
WAITING = Reason("waiting", "A facilitator will let you in. There’s nothing you need to do.", 409)
ALREADY_HERE = Reason("already-here", "You’re already in this circle.", 409)
FACILITATORS_ONLY = Reason("facilitators-only", "Only a facilitator can do that.")
NOT_STARTED = Reason("not-started", "The circle hasn’t started yet.", 409)
ALREADY_STARTED = Reason("already-started", "The circle has already started.", 409)
NOT_OPENING = Reason("not-opening", "The opening is over.", 409)
ALREADY_CLOSING = Reason("already-closing", "The closing round has already begun.", 409)
CLOSES = Reason("closes", "The circle is closing, so no other round begins.", 409)
SAID_GOODBYE = Reason("said-goodbye", "The circle is already saying goodbye.", 409)
NO_ROUND = Reason("no-round", "No round is on right now. There’s nothing you need to do.", 409)
ON_HOLD = Reason("on-hold", "The room is paused. You are safe to wait or leave.", 409)
NOT_ON_HOLD = Reason("not-on-hold", "The room isn’t paused.", 409)
CLOSING_IS_TOLD = Reason("closing-is-told", "Everybody has been told already.", 409)
FLOOR_TAKEN = Reason("floor-taken", "Somebody has the floor. There’s no hurry.", 409)
TURN_IS_ON = Reason(
    "turn-is-on",
    "Somebody has the floor. There’s no hurry. If you have to go on all the same, open “The rounds "
    "to come”.",
    409,
)
FLOOR_FREE = Reason("floor-free", "Nobody has the floor right now.", 409)
NOT_YOUR_TURN = Reason("not-your-turn", "It isn’t your turn yet. Nothing to do.", 409)
MIC_WAITS = Reason(
    "mic-waits",
    "It isn’t your turn yet, so your microphone stays off. You can wait for your turn. Or tell a "
    "facilitator, under “More”, what you’d like to say before it.",
    409,
)
MIC_ASKS = Reason(
    "mic-asks",
    "It isn’t your turn, so your microphone stays off. Would you like to say something? Tell a "
    "facilitator, under “More”.",
    409,
)
MIC_INTERPRETS = Reason(
    "mic-interprets",
    "Your microphone can be on in a spoken turn of whoever has said that you interpret for them. "
    "Would you like to say something of your own? Tell a facilitator, under “More”.",
    409,
)
HAS_FLOOR = Reason("has-floor", "Somebody has the floor. Press once more to speak anyway.", 409)
NOT_INTERPRETING = Reason("not-interpreting", "They don’t interpret here right now.", 409)
INTERPRETS_ALREADY = Reason("interprets-already", "They interpret for somebody already.", 409)
MIC_BY_HAND = Reason(
    "mic-by-hand",
    "Would you like to speak? Raise your hand, and a facilitator gives you the floor. Until then "
    "your microphone stays off.",
    409,
)
MIC_BY_START = Reason(
    "mic-by-start",
    "It’s your turn. “Start my turn” opens your microphone, whenever you’re ready.",
    409,
)
MIC_BY_SPEAKING = Reason(
    "mic-by-speaking",
    "You’re sharing without your voice. To speak, choose it under “All ways to take it”.",
    409,
)
NO_TURN = Reason("no-turn", "You have no turn waiting in this round.", 409)
ALREADY_LATER = Reason("already-later", "We’ll come back to you later.", 409)
ALREADY_LISTENING = Reason("already-listening", "You’re listening today. Nothing to do.", 409)
WAY_IS_SO = Reason("way-is-so", "That’s how you take part already.", 409)
LISTEN_BY_NAME = Reason("listen-by-name", "To listen only, choose “Just listen today”.", 422)
NOT_OFFERABLE = Reason("not-offerable", "It isn’t their turn to be asked right now.", 409)
NOTHING_TO_TAKE_BACK = Reason("nothing-to-take-back", "There’s nothing to take back now.", 409)
NOTHING_TO_GO_BACK_TO = Reason(
    "nothing-to-go-back-to",
    "There’s nothing to go back to: somebody has the floor, or they chose otherwise since.",
    409,
)
WAIT_FOR_THEM = Reason(
    "wait-for-them", "We’re waiting for them. A facilitator can move on at any time.", 409
)
TAKING_A_MOMENT = Reason("taking-a-moment", "Carry on first, whenever you’re ready.", 409)
NOT_PAUSED = Reason("not-paused", "Nobody is taking a moment right now.", 409)
NO_CARD = Reason("no-card", "You have no card yet. You can write one in Comfort.", 409)
CARD_IS_SO = Reason("card-is-so", "That’s how it is already.", 409)
NOT_WRITTEN = Reason("not-written", "Words can be shown, or read aloud.", 422)
NO_PREPARED = Reason(
    "no-prepared", "There’s nothing that you wrote before. You can type it here.", 409
)
OWN_TURN = Reason("own-turn", "That was your own turn.", 409)
TURN_IS_PAST = Reason("turn-is-past", "Another turn has ended since. Nothing was sent.", 409)
SAID_ALREADY = Reason("said-already", "They have that from you already.", 409)
JUST_LISTENING = Reason("just-listening", "They asked for listening only. Thanks are welcome.", 409)
QUIET_AFTER = Reason(
    "quiet-after", "They would like no words after their turn. Listening was enough.", 409
)
AFTER_IS_SO = Reason("after-is-so", "That’s how it is already.", 409)
NOT_TYPING = Reason("not-typing", "Choose “Type instead” first. Your words are safe.", 409)
CAMERA_IS_OFF = Reason("camera-is-off", "Their camera is already off.", 409)
ONLY_THE_SPEAKER = Reason(
    "only-the-speaker",
    "With so many people here, only whoever has the floor can be seen. You can turn your camera on "
    "in your turn.",
    409,
)
TOO_MANY_TO_SEE = Reason(
    "too-many-to-see",
    "With so many people here, cameras stay off, so that everybody’s voice comes through.",
    409,
)
WITHOUT_SOUND = Reason(
    "without-sound",
    "This device is on text only, so your microphone stays off. You can type, or use sound again.",
    409,
)
NO_PICTURE = Reason(
    "no-picture",
    "This device is on text only, so your camera stays off. You can use sound and video again.",
    409,
)
SOUND_IS_SO = Reason("sound-is-so", "That’s how it is already.", 409)
MIC_IS_OFF = Reason("mic-is-off", "Their microphone is already off.", 409)
NOT_KNOCKING = Reason("not-knocking", "They aren’t waiting to come in any more.", 409)
NOT_HERE = Reason("not-here", "They aren’t in this circle any more.", 409)
A_FACILITATOR = Reason("a-facilitator", "A facilitator can’t be removed from here.")
WHY_FIRST = Reason("why-first", "Write a few words about why. They will read them.", 422)
NOTHING_CHANGED = Reason("nothing-changed", "Nothing has changed.", 409)
SOMEBODY_IS_HERE = Reason("somebody-is-here", "Somebody is here, or was a short while ago.", 409)
NO_FACILITATOR = Reason(
    "no-facilitator", "We’re waiting for a facilitator. Your turn is kept.", 409
)
ELSEWHERE = Reason("elsewhere", "You’re in this circle on another page or device.", 409)
SAME_PAGE = Reason("same-page", "You’re here on this page already.", 409)
ALREADY_OPEN = Reason("already-open", "The floor is already open.", 409)
NOT_OPEN = Reason("not-open", "The floor isn’t open right now. Nothing to do.", 409)
HAND_IS_UP = Reason("hand-is-up", "Your hand is up. There’s nothing else to do.", 409)
NO_HAND = Reason("no-hand", "Your hand isn’t up.", 409)
ON_A_BREAK = Reason("on-a-break", "We’re taking a break already.", 409)
STEPPED_AWAY = Reason("stepped-away", "You’ve stepped away. Your place is kept.", 409)
NOT_AWAY = Reason("not-away", "You’re here already.", 409)
FACILITATORS_STAY = Reason(
    "facilitators-stay",
    "Somebody has to lead. Start a break for everybody, or hand over first.",
    409,
)
NOT_HOLDING = Reason("not-holding", "They don’t have the floor any more.", 409)
NUDGED = Reason("nudged", "They know. Once is enough for a turn.", 409)
NOT_WAITING = Reason("not-waiting", "They aren’t waiting for a turn right now.", 409)
FIRST_IN_LINE = Reason("first-in-line", "Nobody is before them.", 409)
LAST_IN_LINE = Reason("last-in-line", "Nobody comes after them.", 409)
HAS_TURN = Reason("has-turn", "They have a turn in this round already.", 409)
TAKES_NO_TURN = Reason("takes-no-turn", "They only listen today.", 409)
FOR_MEMBERS = Reason("for-members", "You’re one of the facilitators.", 409)
LEADS_ALONE = Reason(
    "leads-alone", "No other facilitator is here to read it. You can ask for help.", 409
)
ASKED_ALREADY = Reason("asked-already", "The facilitators have it. Get help now is open too.", 409)
MANY_LINES = Reason(
    "many-lines", "The facilitators have many lines of yours. Give them a moment to read.", 409
)
NO_SUCH_ASK = Reason("no-such-ask", "That has been opened already.", 409)
WORDS_ARE_OWN = Reason(
    "words-are-own", "These are your own words, so somebody else decides about them."
)
WORDS_ARE_HIDDEN = Reason("words-are-hidden", "These words are hidden already.", 409)
WORDS_ARE_SHOWN = Reason("words-are-shown", "Everybody sees these words already.", 409)
LEADS_ALREADY = Reason("leads-already", "You lead already.", 409)
LEAD_IS_HERE = Reason("lead-is-here", "Whoever leads is here. They can hand over to you.", 409)
NOT_THE_LEAD = Reason("not-the-lead", "Only whoever leads can hand over.")
NOT_A_FACILITATOR = Reason("not-a-facilitator", "Only a facilitator who is here can lead.", 409)
WAIT_FOR_FACILITATOR = Reason(
    "wait-for-facilitator", "We’re waiting for a facilitator. You can leave at any time.", 409
)
WAITING_ON = Reason("waiting-on", "You chose to wait. You can change your mind.", 409)
NOT_ABOUT_THIS = Reason("not-about-this", "A circle can’t be ended for that reason by hand.", 422)
FACILITATOR_CAME = Reason("facilitator-came", "A facilitator is here, or may still come.", 409)
