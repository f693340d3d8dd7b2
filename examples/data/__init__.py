"""The MNIST digits, and the code that loads them."""
