import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as file:
        for i, array in enumerate(network.get_weights()):
            if array.any():  # biases of zero need no space
                file[str(i)] = array


def load_weights(network, filename):
    weights = network.get_weights()
    with h5py.File(filename, 'r') as file:
        for name in file:
            weights[int(name)] = file[name][()]
    network.set_weights(weights)
