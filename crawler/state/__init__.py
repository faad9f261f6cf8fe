"""What earlier runs delivered, what waits, what seeds answered: tables, and functions over them."""
