"""What keeps a figure honest: plain numbers in, plain numbers out, no Django."""
