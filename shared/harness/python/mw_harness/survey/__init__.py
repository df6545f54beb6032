"""What a folder holds of which nobody has said what it is for."""
