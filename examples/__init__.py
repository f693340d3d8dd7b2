"""Programs that use the fourteen files, and digits to use them on."""
