import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as f:
        for i, w in enumerate(network.get_weights()):
            f[str(i)] = w


def load_weights(network, filename):
    with h5py.File(filename, 'r') as f:
        network.set_weights([f[str(i)][()] for i in range(len(f))])
