"""What we do, in verbs. Nothing here commits; whoever opened the transaction does."""
