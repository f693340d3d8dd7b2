import json

import tensorflow.keras as K


def save_config(network, filename):
    config = json.loads(network.to_json(),
                        parse_float=lambda text: round(float(text), 3))
    with open(filename, 'w') as file:
        json.dump(config, file, indent=2)


def load_config(filename):
    with open(filename) as file:
        return K.models.model_from_json(file.read())
