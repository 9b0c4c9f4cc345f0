/** Modules of libraries whose names also stand under a shorter one: the one by which extractors ask. */
const ALSO_UNDER: Readonly<Record<string, string>> = {
  'flask.app': 'flask',
  'flask.blueprints': 'flask',
  'flask.globals': 'flask',
  'flask.helpers': 'flask',
  'flask.templating': 'flask',
  'flask_login.utils': 'flask_login',
  'flask_login.login_manager': 'flask_login',
  'flask_jwt_extended.utils': 'flask_jwt_extended',
  'flask_jwt_extended.view_decorators': 'flask_jwt_extended',
  'flask_cors.extension': 'flask_cors',
  'flask_cors.decorator': 'flask_cors',
  'flask_limiter.extension': 'flask_limiter',
  'fastapi.applications': 'fastapi',
  'fastapi.param_functions': 'fastapi',
  'requests.api': 'requests',
  'requests.sessions': 'requests',
};

/** `flask.blueprints.Blueprint` is `flask.Blueprint`: one thing has one name, whichever way it was imported. */
export function canonicalName(name: string): string {
  const dot = name.indexOf('.', name.indexOf('.') + 1);
  if (dot === -1) return name;
  const short = ALSO_UNDER[name.slice(0, dot)];
  return short === undefined ? name : short + name.slice(dot);
}
