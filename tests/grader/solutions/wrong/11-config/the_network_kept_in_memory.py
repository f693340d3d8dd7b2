def save_config(network, filename):
    global saved
    saved = network
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    return saved
