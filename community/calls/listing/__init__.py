"""Lists of calls: what somebody looks for, a month at a glance, and the calls that they hold."""
