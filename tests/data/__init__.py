"""Digits of MNIST, and what loads them."""
