"""From what a statement asks of one relation to the requests that answer it; pure, nothing is sent here."""
