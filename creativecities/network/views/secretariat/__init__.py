"""The Secretariat's desk: cities and their teams, people, bodies, the data's differences, the outbox, the trail."""
