import h5py


def save_weights(network, filename, save_format='h5'):
    global last
    last = network.get_weights()
    with h5py.File(filename, 'w') as file:
        for i, array in enumerate(last):
            file[str(i)] = array


def load_weights(network, filename):
    network.set_weights(last)
