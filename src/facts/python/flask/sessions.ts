import type { AppSetting, CsrfCheck, Location, SessionCookie, Term, Value } from '../../../model/index.ts';
import { byDefault, isSelected, stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython, type ServiceView } from '../../define.ts';
import { deliveredBy, flagOf } from '../../code/flags.ts';

/** Whether the session of Flask is written, and where first. */
function sessionUse({ python }: ServiceView): Location | undefined {
  for (const { statement, scope, conditions } of python.statements('session')) {
    if (statement.kind !== 'assign' || python.reached({ scope, conditions }) === 'no') continue;
    for (const target of statement.targets)
      if (
        target.kind === 'subscript' &&
        /^(flask|quart)(\.globals|\.sessions)?\.session$/.test(python.nameOf(target.object, scope))
      )
        return python.at(scope, statement);
  }
  const login = python.calls('flask_login.login_user').find(site => python.reached(site) !== 'no');
  return login && python.at(login.scope, login.call);
}

const isSet = (term: Term | undefined): Value<boolean> =>
  !term
    ? byDefault(false)
    : term.kind === 'literal'
      ? stated(term.value !== null && term.value !== 'None')
      : term.kind === 'unclear'
        ? unclear(term.because)
        : stated(true);

/** The session cookie of Flask with the flags that its settings give it. */
function* flaskCookie(view: ServiceView): Generator<SessionCookie> {
  const at = sessionUse(view);
  if (!at) return;
  const starts = deliveredBy(view.facts.all('startPath'));
  const settings = view.facts
    .all('appSetting')
    .filter(each => each.reached !== 'no' && isSelected(each.when, starts) !== 'no');
  const find = (...keys: readonly string[]): AppSetting | undefined =>
    settings.findLast(each => keys.includes(each.key));
  const talisman = view.python
    .calls('flask_talisman.Talisman', 'flask_talisman.Talisman().init_app')
    .find(site => view.python.reached(site) !== 'no');
  const secure = find('SESSION_COOKIE_SECURE')?.term;
  yield {
    kind: 'sessionCookie',
    at,
    secure: talisman && !secure ? byDefault(true) : flagOf(secure, starts, false),
    httpOnly: flagOf(find('SESSION_COOKIE_HTTPONLY')?.term, starts, true),
    sameSite: talisman ? byDefault(true) : isSet(find('SESSION_COOKIE_SAMESITE')?.term),
    bounded: isSet(find('PERMANENT_SESSION_LIFETIME', 'SESSION_LIFETIME')?.term),
    reached: 'yes',
  };
}

/** `SessionMiddleware(https_only=…, same_site=…, max_age=…)` of Starlette. */
function* starletteCookie({ python, facts }: ServiceView): Generator<SessionCookie> {
  const starts = deliveredBy(facts.all('startPath'));
  for (const site of python.callsEnding('add_middleware', 'Middleware', 'SessionMiddleware')) {
    const [first] = site.call.args;
    const direct = python.nameOf(site.call.callee, site.scope).endsWith('.SessionMiddleware');
    if (!direct && !(first && python.nameOf(first.value, site.scope).endsWith('.SessionMiddleware')))
      continue;
    const args = python.args(site);
    yield {
      kind: 'sessionCookie',
      at: python.at(site.scope, site.call),
      secure: flagOf(args.arg(-1, 'https_only'), starts, false),
      httpOnly: byDefault(true),
      sameSite: byDefault(true),
      bounded: byDefault(true),
      reached: python.reached(site),
    };
  }
}

/** `response.set_cookie(…)` of cookies that look like a session or token. */
function* plainCookies({ python, facts }: ServiceView): Generator<SessionCookie> {
  const starts = deliveredBy(facts.all('startPath'));
  for (const site of python.callsEnding('set_cookie')) {
    const args = python.args(site);
    const name = args.arg(0, 'key');
    if (
      name?.kind !== 'literal' ||
      !/session|token|auth|jwt|sid\b/i.test(String(name.value)) ||
      /csrf|xsrf/i.test(String(name.value))
    )
      continue;
    yield {
      kind: 'sessionCookie',
      at: python.at(site.scope, site.call),
      secure: args.isOpen
        ? unclear('options are spread into the call')
        : flagOf(args.arg(-1, 'secure'), starts, false),
      httpOnly: args.isOpen
        ? unclear('options are spread into the call')
        : flagOf(args.arg(-1, 'httponly'), starts, false),
      sameSite: args.isOpen ? unclear('options are spread into the call') : isSet(args.arg(-1, 'samesite')),
      bounded: isSet(args.arg(-1, 'max_age') ?? args.arg(-1, 'expires')),
      reached: python.reached(site),
    };
  }
}

const CSRF = [
  'flask_wtf.CSRFProtect',
  'flask_wtf.csrf.CSRFProtect',
  'flask_seasurf.SeaSurf',
  'fastapi_csrf_protect.CsrfProtect',
  'starlette_csrf.CSRFMiddleware',
];

function* csrf({ python, facts }: ServiceView): Generator<CsrfCheck> {
  const off = facts
    .all('appSetting')
    .some(
      each =>
        each.key === 'WTF_CSRF_ENABLED' &&
        each.when === '' &&
        each.term.kind === 'literal' &&
        each.term.value === false,
    );
  for (const name of CSRF)
    for (const site of python.calls(name)) {
      const attached =
        site.call.args.length > 0 ||
        python.calls(`${name}().init_app`).some(each => python.reached(each) !== 'no');
      yield {
        kind: 'csrfCheck',
        at: python.at(site.scope, site.call),
        says: attached ? 'is attached to the app' : 'is made and never attached to the app',
        wired: attached && !off ? python.reached(site) : 'no',
      };
    }
  // Every form of Flask-WTF brings its own check.
  const [form] = python.derivedFrom('flask_wtf.FlaskForm', 'flask_wtf.form.FlaskForm', 'flask_wtf.Form');
  if (form && !off)
    yield {
      kind: 'csrfCheck',
      at: python.at(form.scope, form.definition.head),
      says: 'forms bring their own check',
      wired: python.reachesDefinition(form.definition),
    };
}

/** Cookies that hold a session, and checks against requests from other sites. */
export default defineExtractor({
  id: 'python/flask/sessions',
  reads: ['appSetting', 'startPath'],
  produces: ['sessionCookie', 'csrfCheck'],
  understands: hasPython,
  *extract(view) {
    yield* flaskCookie(view);
    yield* starletteCookie(view);
    yield* plainCookies(view);
    yield* csrf(view);
  },
});
