"""Looking at everything a user gave, and naming all that is wrong with it."""
