"""The circle in words: what one person’s page shows, and which press each place of it means.

board      the whole of it, for one viewer at one version
controls   a member’s presses; desk and steps, a facilitator’s; script, what to say
cues       what is going on; happens, what happens now; telling, what is said of a change
echoes     what was said after a turn
captions   who types them, and how
eyes       the one big button
devices    what the scripts say of microphones, cameras and lines
lobby      what the lobby says
"""
