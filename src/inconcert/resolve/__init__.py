"""Who is meant, and when: mentions to actors as of the date, words of time to days."""
