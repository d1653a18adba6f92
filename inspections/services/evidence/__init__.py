"""What a case rests on: pairs of pictures, copies to be shared, the sealed file, and how long
what of it is kept."""
