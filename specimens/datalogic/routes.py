import logging
from datetime import datetime, timezone

from flask import Blueprint, g, jsonify, request

from auth import admin_required, auth_required
from backend.knowledge.axes import AXES, AxisMapper
from backend.simulation.engine import SimulationEngine
from extensions import db
from models import KnowledgeNode, Simulation, User

logger = logging.getLogger(__name__)

api = Blueprint("api", __name__)
engine = SimulationEngine()
mapper = AxisMapper()

MAX_PAGE_SIZE = 100


def page_of(query):
    page = max(request.args.get("page", 1, type=int), 1)
    size = min(max(request.args.get("per_page", 20, type=int), 1), MAX_PAGE_SIZE)
    found = query.paginate(page=page, per_page=size, error_out=False)
    return jsonify(
        items=[item.to_dict() for item in found.items],
        page=found.page,
        pages=found.pages,
        total=found.total,
    )


@api.get("/health")
def health():
    return jsonify(
        status="healthy",
        version="0.1.0",
        timestamp=datetime.now(timezone.utc).isoformat(),
        components={"api": "healthy", "database": "healthy", "simulation_engine": "healthy"},
    )


@api.get("/axes")
def list_axes():
    return jsonify(axes=[{"number": number, "name": name} for number, name in AXES.items()])


@api.get("/nodes")
@auth_required
def list_nodes():
    query = KnowledgeNode.query.order_by(KnowledgeNode.id)
    axis = request.args.get("axis", type=int)
    if axis is not None:
        query = query.filter_by(axis=axis)
    return page_of(query)


@api.post("/nodes")
@auth_required
def create_node():
    data = request.get_json()
    node = KnowledgeNode(
        title=data["title"],
        body=data.get("body", ""),
        axis=data["axis"],
        parent_id=data.get("parent_id"),
        author_id=g.user.id,
    )
    db.session.add(node)
    db.session.commit()
    return jsonify(node.to_dict()), 201


@api.get("/nodes/<int:node_id>")
@auth_required
def get_node(node_id):
    return jsonify(db.get_or_404(KnowledgeNode, node_id).to_dict())


@api.delete("/nodes/<int:node_id>")
@auth_required
def delete_node(node_id):
    node = db.get_or_404(KnowledgeNode, node_id)
    if node.author_id != g.user.id and g.user.role != "admin":
        return jsonify(error="only the author may delete a node"), 403
    db.session.delete(node)
    db.session.commit()
    return "", 204


@api.get("/nodes/<int:node_id>/context")
@auth_required
def node_context(node_id):
    node = db.get_or_404(KnowledgeNode, node_id)
    return jsonify(mapper.context(node))


@api.get("/simulations")
@auth_required
def list_simulations():
    return page_of(Simulation.query.order_by(Simulation.id.desc()))


@api.post("/simulations")
def create_simulation():
    data = request.get_json(silent=True) or {}
    if not data.get("name"):
        return jsonify(error="name is required"), 400
    simulation = Simulation(name=data["name"], node_id=data.get("node_id"))
    db.session.add(simulation)
    db.session.commit()
    try:
        simulation.confidence = engine.run(simulation)
        simulation.status = "completed"
    except Exception as error:
        logger.exception("simulation %s failed", simulation.id)
        simulation.status = "failed"
        db.session.commit()
        return jsonify(error=str(error)), 500
    db.session.commit()
    return jsonify(simulation.to_dict()), 201


@api.post("/simulations/<int:simulation_id>/refine")
@auth_required
def refine_simulation(simulation_id):
    simulation = db.get_or_404(Simulation, simulation_id)
    simulation.confidence = engine.refine(simulation)
    db.session.commit()
    return jsonify(simulation.to_dict())


@api.get("/users")
@admin_required
def list_users():
    return page_of(User.query.order_by(User.id))


@api.put("/users/<int:user_id>/role")
@admin_required
def change_role(user_id):
    data = request.get_json(silent=True) or {}
    if data.get("role") not in ("analyst", "admin"):
        return jsonify(error="role is analyst or admin"), 400
    user = db.get_or_404(User, user_id)
    user.role = data["role"]
    db.session.commit()
    return jsonify(user.to_dict())
