"""Tables, migrations, queries: the database behind one door."""
