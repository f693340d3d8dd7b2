#!/usr/bin/env python3
"""A stack of layers, planned as dataclasses first and built then."""
from __future__ import annotations

from dataclasses import dataclass

import tensorflow.keras as K


@dataclass(frozen=True)
class _Floor:
    """One floor of the stack."""

    units: int
    activation: str
    penalty: float
    drop: float = 0.0
    roof: bool = False

    def layers(self) -> list:
        """Makes the Keras layers of this floor."""
        dense = K.layers.Dense(self.units, self.activation,
                               kernel_regularizer=K.regularizers.L2(
                                   self.penalty))
        return [dense] if self.roof else [dense, K.layers.Dropout(self.drop)]


def build_model(nx: int, layers: list, activations: list,
                lambtha: float, keep_prob: float) -> K.Sequential:
    """Builds a network with Sequential, floor by floor."""
    floors = [_Floor(units, activation, lambtha, 1 - keep_prob,
                     roof=number == len(layers))
              for number, (units, activation)
              in enumerate(zip(layers, activations), 1)]
    network = K.Sequential(sum((floor.layers() for floor in floors), []))
    network.build((None, nx))
    return network
