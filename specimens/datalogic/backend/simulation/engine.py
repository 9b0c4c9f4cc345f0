class SimulationEngine:
    """Runs a simulation through the ten layers and gives its confidence."""

    LAYERS = 10

    def run(self, simulation):
        confidence = 0.5
        for layer in range(1, self.LAYERS + 1):
            confidence = self.pass_layer(layer, confidence)
        return round(confidence, 4)

    def pass_layer(self, layer, confidence):
        # TODO: layers 4 to 10 take the confidence over from the layer below
        if layer > 3:
            return confidence
        return confidence + (1 - confidence) * 0.3

    def refine(self, simulation):
        raise NotImplementedError("the refinement workflow is part of the next release")
