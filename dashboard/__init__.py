"""What people see; it decides nothing."""
