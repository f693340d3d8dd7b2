"""What only this library promises."""
