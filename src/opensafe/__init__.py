"""opensafe: makes a Closed git repository safe to Open, and keeps the evidence."""
