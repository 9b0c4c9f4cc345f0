import type { AnsweredRecord } from '../../../model/index.ts';
import { isSecretColumn, routeName } from '../../../model/index.ts';
import { defineExtractor, hasNode, unread, type Unread } from '../../define.ts';
import type { CodeView } from '../../code/view.ts';
import type { Handler } from '../handler.ts';
import { nodeHandlers } from '../handlers.ts';
import { optionsOf } from '../queries/query.ts';
import type { Flowing, FlowingJoin } from './flow.ts';
import { answerFlow } from './of-handler.ts';
import { secretsIn, type SecretsByName } from './secrets.ts';

/** Whose records hold passwords, when nobody says what they hold. */
const PEOPLE =
  /^(app|auth|sys)?_?(users?|accounts?|members?|customers?|admins?|employees?|people|persons?)$/i;

/** Fastify and its like answer with nothing that the schema of the answer does not name. */
function isRuled(node: CodeView, { registration }: Handler): boolean {
  if (!registration) return false;
  const { call, scope } = registration;
  return call.args.some(({ value }) => {
    if (value.kind !== 'dictionary') return false;
    const schema = optionsOf(node, { expression: value, scope }).get('schema');
    return schema !== undefined && optionsOf(node, schema).get('response') !== undefined;
  });
}

/** What of a row that comes along is secret, where it is known what it holds. */
function joinedSecrets({ query, members, row }: FlowingJoin, known: SecretsByName): readonly string[] {
  const of = known.behind(query.of, members);
  const flowing = { query: { ...query, ...row, of: of ?? '' }, leftOut: new Set<string>() };
  return (of && secretsOf(flowing, known)) || [];
}

/** The secrets that go out with rows; `undefined` where what the table holds is not known. */
function secretsOf(
  { query, leftOut }: Pick<Flowing, 'query' | 'leftOut'>,
  known: SecretsByName,
): readonly string[] | undefined {
  const isLeft = (name: string): boolean => !leftOut.has(name) && !query.leftOut.includes(name);
  const [name = ''] = query.of.split(' as ');
  if (query.columns) {
    const named = query.columns.filter(isSecretColumn).filter(isLeft);
    if (named.some(each => query.undecided.includes(each))) return undefined;
    // That named columns hold no secret proves something where the table has one.
    return named.length > 0 || (known.of(name)?.all.length ?? 0) > 0 ? named : undefined;
  }
  const secrets = known.of(name);
  // A scope of a model chooses for itself.
  if (!secrets || secrets.all.length === 0 || query.of.includes(' as ')) return undefined;
  return secrets.open.filter(isLeft);
}

function* recordsOf(
  node: CodeView,
  handler: Handler,
  known: SecretsByName,
): Generator<AnsweredRecord | Unread<'answeredRecord'>> {
  const { route } = handler;
  const common = {
    kind: 'answeredRecord',
    route: routeName(route),
    reached: route.reached,
    way: [{ at: route.at, says: `answers ${routeName(route)}` }],
  } as const;
  const ruled = isRuled(node, handler);
  const found = new Map<string, AnsweredRecord | Unread<'answeredRecord'>>();
  const { rows, joined, secrets: members } = answerFlow(node, handler);
  for (const { name, of, isOpen } of ruled ? [] : members) {
    const at = node.at(of.scope, of.expression);
    const record = node.textOf(of.scope, of.expression).slice(0, 60);
    found.set(
      `${at.path}:${at.startLine} ${name}`,
      isOpen
        ? unread('answeredRecord', at.path, `${common.route} answers with ${name} in some cases`)
        : { ...common, at, record, secrets: [name] },
    );
  }
  for (const flowing of rows) {
    if (flowing.isPart) continue;
    const { query } = flowing;
    const at = node.at(query.scope, query.call);
    const secrets = secretsOf(flowing, known);
    const key = `${at.path}:${at.startLine}`;
    const isChosen = flowing.isOpen && !ruled && secrets !== undefined && secrets.length > 0;
    if (secrets && !isChosen)
      found.set(key, { ...common, at, record: query.of, secrets: ruled ? [] : secrets });
    else if (isChosen || query.undecided.some(isSecretColumn))
      found.set(
        key,
        unread(
          'answeredRecord',
          at.path,
          `answers ${common.route} with ${query.of}, with secrets in some cases`,
        ),
      );
    else if (PEOPLE.test(query.of) && !query.columns && !known.of(query.of))
      found.set(
        key,
        unread('answeredRecord', at.path, `answers with ${query.of}, whose members could not be read`),
      );
  }
  for (const each of ruled ? [] : joined) {
    const secrets = joinedSecrets(each, known);
    const at = node.at(each.query.scope, each.query.call);
    const record = `${each.members.join('.')} of ${each.query.of}`;
    if (secrets.length > 0)
      found.set(`${at.path}:${at.startLine} ${record}`, { ...common, at, record, secrets });
  }
  yield* found.values();
}

/** What routes answer with of stored records, and whether secrets are among it. */
export default defineExtractor({
  id: 'javascript/answers/records',
  reads: ['schemaTable'],
  produces: ['answeredRecord'],
  understands: hasNode,
  *extract(view): Generator<AnsweredRecord | Unread<'answeredRecord'>> {
    const known = secretsIn(view);
    for (const handler of nodeHandlers(view.node)) {
      const { route } = handler;
      if (route.transport === 'http' && route.reached !== 'no') yield* recordsOf(view.node, handler, known);
    }
  },
});
