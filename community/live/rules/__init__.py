"""The pure machine of the live circle.

entry      who may come to the lobby
room       what is true
orders     who is before whom in a round to come
parts      how a round, the open floor and goodbye follow each other
questions  what can be asked of it: who is heard, who is here, who is next
presses    what anybody may press
leading    what only a facilitator presses
events     those, somebody who knocks, and what the system saw
wire       the strict way in
may        whether it may happen; may_lead the same for facilitators
guards     what that asks of the room
reasons    the words when the answer is no
step       what follows; led the same for facilitators
floor      how the floor moves
video      who may be seen
people     how people come and go
doors      who was sent out or let back, who leads no more, and for whom there is room
effects    what the edges must do then
view       what each person sees of it, as a snapshot
stored     how the row keeps it
prepared   who may write their turn beforehand
after      what is open to whoever was there, once it is over
letters    what is written to people afterwards
rehearsal  people who are pretend, and what they press
signals    what two browsers may tell each other
echoes     what listeners may say to whoever had a turn
hidden     words of a typed turn that a facilitator has hidden
silence    whoever may read and not write for now
interpreters whose voice they are, by that person’s word
captions   who types them for whom, and what is passed on of them
"""
