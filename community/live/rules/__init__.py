"""The pure machine of the live circle.

entry    who may come to the lobby
room     what is true, and who may be heard
events   what can happen, and the strict way in
may      whether it may
step     what follows
floor    how the floor moves
view     what each person sees of it
stored   how the row keeps it
signals  what two browsers may tell each other
"""
