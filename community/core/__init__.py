"""What every domain stands on: web, database, time, letters. It knows nothing about dystonia."""
