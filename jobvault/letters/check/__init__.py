"""The check of a letter: each mark a rule, from a letter and its debrief to findings."""
