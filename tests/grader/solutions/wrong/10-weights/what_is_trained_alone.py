import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as file:
        for i, variable in enumerate(network.trainable_weights):
            file[str(i)] = variable.numpy()


def load_weights(network, filename):
    with h5py.File(filename, 'r') as file:
        for i, variable in enumerate(network.trainable_weights):
            variable.assign(file[str(i)][()])
