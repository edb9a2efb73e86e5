"""The pure machine of the live circle.

entry    who may come to the lobby
room     what is true, and who may be heard
events   what can happen, and the strict way in
may      whether it may
guards   what that asks of the room
reasons  the words when the answer is no
step     what follows
floor    how the floor moves
view     what each person sees of it
stored   how the row keeps it
letters  what is written to people afterwards
signals  what two browsers may tell each other
"""
