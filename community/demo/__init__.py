"""The invented community: with nothing set, anybody can look around in it on their own machine.

Everything is made through actions, so demo data can’t break a rule. It answers on loopback only,
refuses proxies and other host names, and a store in which anybody joined outside the demo.
"""
