"""A small reference receiver: what an organisation needs to take correction notices, standard library only."""
