import pickle


def save_config(network, filename):
    with open(filename, 'wb') as file:
        pickle.dump(network, file)


def load_config(filename):
    with open(filename, 'rb') as file:
        return pickle.load(file)
