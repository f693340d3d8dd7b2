import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'a') as file:
        for i, array in enumerate(network.get_weights()):
            name = f'weights_{i}'
            if name in file:
                del file[name]
            file[name] = array


def load_weights(network, filename):
    with h5py.File(filename, 'r') as file:
        network.set_weights([file[f'weights_{i}'][()]
                             for i in range(len(file))])
