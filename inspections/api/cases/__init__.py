"""Cases as outside and inside are told of them: lists, one, moves."""
