"""Words in two languages for what the program has to say. Data and small pure functions; no drawing."""
