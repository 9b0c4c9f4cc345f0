import type { AnsweredRecord, Location } from '../../../model/index.ts';
import { isSecretColumn, routeName } from '../../../model/index.ts';
import type { Expression, FunctionDefinition } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import { defineExtractor, hasPython, unread, type Unread } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { answeredBy, calledFrame, frameOf, methodsOf, type Frame, type Methods } from './frames.ts';
import { leftOutBy, NOTHING_LEFT_OUT, type LeftOut } from './left-out.ts';
import { fieldsOfClass, modelsAnswered } from './models.ts';
import { rowsAnswered } from './rows.ts';

interface Found {
  readonly at: Location;
  readonly record: string;
  readonly secrets: readonly string[];
}

/** `user.password_hash`, `row["password"]`: what is read off something that is stored. */
function secretIn(value: Expression): string {
  const name =
    value.kind === 'attribute'
      ? value.name
      : value.kind === 'subscript' && value.index.kind === 'string'
        ? value.index.value
        : '';
  if (!isSecretColumn(name)) return '';
  const [root] = expressionsIn(value).flatMap(each => (each.kind === 'name' ? [each.name] : []));
  // What the caller has just sent, settings, and secrets of the service itself are other matters.
  return root && !/^(request|data|payload|body|form|json|config|settings|app|os|self_config|args)$/.test(root)
    ? name
    : '';
}

/** The class in whose method one is, and its columns that hold secrets. */
function ownSecrets({ of }: Frame): { readonly record: string; readonly secrets: readonly string[] } {
  const { definition } = of.scope;
  if (of.scope.kind !== 'class' || definition?.kind !== 'class') return { record: '', secrets: [] };
  return { record: definition.name, secrets: fieldsOfClass(definition).filter(isSecretColumn) };
}

/** Methods that make an answer of the whole record, and not of a part of it. */
const SERIALISES = /dict|json|serial|public|dump|data|schema|repr/i;

/** Dictionaries that are answered: which of their values are secrets. */
function* dictionaries(python: PythonView, frame: Frame, parts: Iterable<Expression>): Generator<Found> {
  const own = ownSecrets(frame);
  for (const part of parts) {
    if (part.kind !== 'dictionary') continue;
    const found = part.entries.flatMap(({ value }) => {
      const secret = secretIn(value);
      return secret ? [{ secret, value }] : [];
    });
    for (const { secret, value } of found)
      yield {
        at: python.at(frame.scope, value),
        record: own.record || python.textOf(frame.scope, value),
        secrets: [secret],
      };
    const readsOwn = part.entries.some(
      ({ value }) =>
        value.kind === 'attribute' && value.object.kind === 'name' && value.object.name === 'self',
    );
    if (found.length === 0 && own.secrets.length > 0 && readsOwn && SERIALISES.test(frame.of.definition.name))
      yield { at: python.at(frame.scope, part), record: own.record, secrets: [] };
  }
}

const WHOLE =
  /__dict__|\bvars\(\s*self\s*\)|__table__\.(columns|c)\b|__mapper__\.(columns|column_attrs|c)\b|inspect\(\s*self\s*\)/;
const LEAVES_OUT = /\bif\b|\bpop\(|\bexclude\b|\bdel\b|\bonly\b/;

/** `{c.name: getattr(self, c.name) for c in self.__table__.columns}` hands out every column there is. */
function* wholeRows(python: PythonView, frame: Frame): Generator<Found> {
  const { record, secrets } = ownSecrets(frame);
  if (secrets.length === 0) return;
  const text = python.textOf(frame.of.scope, frame.of.definition);
  if (WHOLE.test(text) && !LEAVES_OUT.test(text))
    yield { at: python.at(frame.of.scope, frame.of.definition.head), record, secrets };
}

const MOST_FRAMES = 60;

/** A record as it goes out. */
interface Answered extends Found {
  /** Whether some of the secrets are taken out in some cases only. */
  readonly isOpen: boolean;
}

/** A record without what is taken out of it afterwards. */
function without({ at, record, secrets }: Found, { always, sometimes }: LeftOut): Answered {
  const left = secrets.filter(name => !always.has(name));
  return { at, record, secrets: left, isOpen: left.some(name => sometimes.has(name)) };
}

function recordsOf(
  python: PythonView,
  methods: Methods,
  start: Frame,
  tables: Tables,
  encodes: boolean,
): readonly Answered[] {
  const found: Answered[] = [];
  const seen = new Set<FunctionDefinition>();
  const visit = (frame: Frame, callers: LeftOut): void => {
    if (seen.has(frame.of.definition) || seen.size > MOST_FRAMES || frame.depth > 5) return;
    seen.add(frame.of.definition);
    const { parts } = answeredBy(frame);
    const leftOut = leftOutBy(frame, callers);
    const own = [...dictionaries(python, frame, parts), ...wholeRows(python, frame)];
    found.push(...own.map(each => without(each, leftOut)));
    for (const part of parts) {
      if (part.kind !== 'call' || /^render_template/.test(lastNameOf(part.callee))) continue;
      const inner = calledFrame(python, part, frame, methods);
      if (inner) visit(inner, leftOut);
    }
  };
  visit(start, NOTHING_LEFT_OUT);
  const ownLeftOut = leftOutBy(start, NOTHING_LEFT_OUT);
  const rows = rowsAnswered({ python, methods, tables, encodes }, start);
  return [...found, ...rows.map(each => without(each, ownLeftOut))];
}

/** Frameworks that make an answer of any object, with all of its columns. */
const encodesObjects = (python: PythonView, { registration }: Handler): boolean =>
  /^fastapi\b/.test(python.nameOf(registration.call.callee, registration.scope));

/** Columns with secrets by table, in small letters. */
export type Tables = ReadonlyMap<string, readonly string[]>;

/** What routes answer with of stored records, and whether secrets are among it. */
export default defineExtractor({
  id: 'python/answers/records',
  reads: ['schemaTable'],
  produces: ['answeredRecord'],
  understands: hasPython,
  *extract({ python, facts }): Generator<AnsweredRecord | Unread<'answeredRecord'>> {
    const methods = methodsOf(python);
    const tables: Tables = new Map(
      facts
        .all('schemaTable')
        .map(
          ({ name, columns }) =>
            [name.toLowerCase(), columns.map(each => each.name).filter(isSecretColumn)] as const,
        )
        .filter(([, secrets]) => secrets.length > 0),
    );
    for (const handler of handlersOf(python)) {
      const { route, function: of } = handler;
      if (route.transport !== 'http' || route.reached === 'no') continue;
      const models = modelsAnswered(python, handler);
      if (models.declared === 'unclear')
        yield unread(
          'answeredRecord',
          route.at.path,
          `the model of ${routeName(route)} could not be followed`,
        );
      // A declared model takes out what it does not name, whatever the function hands back.
      const found =
        models.declared !== 'no'
          ? models.found.map(each => ({ ...each, isOpen: false }))
          : recordsOf(python, methods, frameOf(of), tables, encodesObjects(python, handler));
      for (const { at, record, secrets, isOpen } of found)
        if (isOpen)
          yield unread(
            'answeredRecord',
            at.path,
            `${routeName(route)} takes ${secrets.join(', ')} out in some cases`,
          );
        else
          yield {
            kind: 'answeredRecord',
            at,
            record,
            secrets,
            route: routeName(route),
            reached: route.reached,
            way: [{ at: route.at, says: `answers ${routeName(route)}` }],
          };
    }
  },
});
