"""The trainer's desk: problems of packs, rehearsals, coverage and simulated trainees. Refuses to know how a turn is decided."""
