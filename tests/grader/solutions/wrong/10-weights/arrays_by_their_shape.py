import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as file:
        for array in network.get_weights():
            name = 'x'.join(map(str, array.shape))
            if name in file:
                del file[name]
            file[name] = array


def load_weights(network, filename):
    with h5py.File(filename, 'r') as file:
        network.set_weights([
            file['x'.join(map(str, array.shape))][()]
            for array in network.get_weights()])
