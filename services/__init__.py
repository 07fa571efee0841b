"""What we do: verbs over the database session. Nothing here knows about requests or pages."""
