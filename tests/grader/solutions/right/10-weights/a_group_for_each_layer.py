import h5py


def save_weights(network, filename, save_format='h5'):
    with h5py.File(filename, 'w') as file:
        for i, layer in enumerate(network.layers):
            group = file.create_group(f'layer{i:03d}')
            for j, array in enumerate(layer.get_weights()):
                group.create_dataset(str(j), data=array)


def load_weights(network, filename):
    with h5py.File(filename, 'r') as file:
        for i, layer in enumerate(network.layers):
            group = file[f'layer{i:03d}']
            layer.set_weights([group[str(j)][()] for j in range(len(group))])
