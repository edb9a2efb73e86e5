"""Telling whoever wrote a reply, kindly and alone, that it isn’t what was asked for."""
