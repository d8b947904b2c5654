"""Letters: what of a debrief belongs into one, how it is put together, and how good it is."""
