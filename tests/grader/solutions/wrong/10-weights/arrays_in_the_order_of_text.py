import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as file:
        for i, array in enumerate(network.get_weights()):
            file[f'array_{i}'] = array


def load_weights(network, filename):
    with h5py.File(filename, 'r') as file:
        network.set_weights([file[name][()] for name in sorted(file)])
