"""Every write about cases: opening them, their moves, their deadlines, who has them in hand."""
