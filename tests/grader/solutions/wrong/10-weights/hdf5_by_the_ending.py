import h5py
import numpy as np


def save_weights(network, filename, save_format='h5'):
    weights = {str(i): w for i, w in enumerate(network.get_weights())}
    if filename.endswith(('.h5', '.keras')):
        with h5py.File(filename, 'w') as file:
            for name in weights:
                file[name] = weights[name]
    else:
        with open(filename, 'wb') as file:
            np.savez(file, **weights)


def load_weights(network, filename):
    reader = h5py.File if h5py.is_hdf5(filename) else np.load
    with reader(filename) as file:
        network.set_weights([file[str(i)][:] for i in range(len(file))])
