"""People: joining by e-mail link, signed-in browsers, profile, comfort settings, access card."""
