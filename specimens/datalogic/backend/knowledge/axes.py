AXES = {
    1: "Pillar level",
    2: "Sector",
    3: "Honeycomb",
    4: "Branch",
    5: "Node",
    6: "Octopus",
    7: "Spiderweb",
    8: "Knowledge role",
    9: "Qualification",
    10: "Regulation",
    11: "Compliance",
    12: "Location",
    13: "Time",
}


class AxisMapper:
    def context(self, node):
        axis = AXES.get(node.axis)
        return {"node": node.id, "axis": axis, "related": self.related(node)}

    def related(self, node):
        # TODO: axes 8 to 13
        if node.axis > 7:
            return []
        return [number for number in AXES if number <= node.axis and number != node.axis]
