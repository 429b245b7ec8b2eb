"""What is typed about calls: turned into clean values, never saved here."""
