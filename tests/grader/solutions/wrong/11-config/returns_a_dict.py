import json


def save_config(network, filename):
    with open(filename, 'w') as file:
        file.write(network.to_json())


def load_config(filename):
    with open(filename) as file:
        return json.load(file)
