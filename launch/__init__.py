"""What `./xinfu` does before the product itself can run: standard library only."""
