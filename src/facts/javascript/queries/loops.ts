import type { LoopQuestion, QueryLoop } from '../../../model/index.ts';
import type { Call, Expression, FunctionDefinition, Span } from '../../../read/syntax.ts';
import { runsAtStart } from '../../code/at-start.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type CallSite, type Piece } from '../../code/sites.ts';
import { chainOf } from '../../code/steps.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { followAnswer } from '../answers/flow.ts';
import type { Query } from './query.ts';
import { queryAt } from './queries.ts';

/** Something that is done for each element of a list. */
interface Loop {
  readonly at: Span;
  readonly over: Expression;
  readonly scope: Scope;
  readonly inside: Span;
  readonly site: Pick<CallSite, 'scope' | 'conditions'>;
  readonly names: readonly string[];
}

const EACH = ['map', 'forEach', 'flatMap', 'mapSeries', 'eachSeries'];
/** Words in which questions end; a function without one of them asks nothing. */
const ASKS =
  /^(query|execute|executeTakeFirst|executeTakeFirstOrThrow|all|get|one|oneOrNone|many|manyOrNone|any|find\w*|first|select|where|from|lean|exec|count\w*|getMany|getOne|paginate|sql|\$queryRaw\w*|raw|populate|limit|aggregate)$/;
/** Programs that people or a scheduler start, and that end. */
const BY_HAND =
  /(^|\/)(scripts?|bin|cli|tools|fixtures?|seeds?|seeders?|migrations?|populate)(\/|\.[cm]?[jt]s$)/;
/** So few turns are no matter. */
const FEW = 10;

/** Rows are waited for, or are given by a call of the client; a function with none of it holds none. */
const ROWS = /\bawait\b|\.then\(|\bPromise\b|\.(prepare|get|all|each|query|exec\w*|find\w*)\(/;

function* loopsIn(node: CodeView): Generator<Loop> {
  const mayHoldRows = (piece: Piece): boolean => ROWS.test(node.textOf(piece.inside, piece));
  for (const { statement, scope, conditions } of node.statementsWhere(
    mayHoldRows,
    'for (',
    'for(',
    'for await',
  ))
    if (statement.kind === 'for')
      yield {
        at: { start: statement.start, end: statement.iterable.end },
        over: statement.iterable,
        scope,
        inside: { start: statement.iterable.end, end: statement.end },
        site: { scope, conditions },
        names: namesIn(statement.target),
      };
  for (const site of node.callsEnding(...EACH)) {
    const { call, scope } = site;
    const given = call.args.find(({ value }) => value.kind === 'function')?.value;
    if (call.callee.kind !== 'attribute' || given?.kind !== 'function') continue;
    const [first] = given.params;
    yield {
      at: { start: call.callee.object.start, end: given.head.end },
      over: call.callee.object,
      scope,
      inside: given,
      site,
      names: first ? [first.name, ...(first.pattern ? namesIn(first.pattern) : [])] : [],
    };
  }
}

const namesIn = (target: Expression): readonly string[] => {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'collection':
      return target.items.flatMap(namesIn);
    case 'dictionary':
      return target.entries.flatMap(({ value }) => namesIn(value));
    default:
      return [];
  }
};

interface Question {
  readonly site: CallSite;
  readonly says: string;
  readonly way: LoopQuestion['way'];
}

/** Asks about functions of the repository, once for each of them. */
interface Asker {
  readonly node: CodeView;
  readonly known: Map<FunctionDefinition, CallSite | undefined>;
}

/** `db.query`; of a long row of calls its end. */
const shortName = (node: CodeView, { call, scope }: CallSite): string => {
  const text = node.textOf(scope, call.callee).replace(/\s+/g, ' ');
  return text.length > 50 ? lastNameOf(call.callee) : text;
};

const saysOf = (node: CodeView, site: CallSite, query: Query | undefined): string => {
  const name = shortName(node, site);
  return query && query.of !== '' ? `${name} asks for ${query.of}` : `${name} asks the database`;
};

const asked = (node: CodeView, { call, scope }: CallSite): Query | undefined => {
  const query = ASKS.test(lastNameOf(call.callee)) ? queryAt(node, call, scope) : undefined;
  return query?.reads ? query : undefined;
};

/** The question that a function of the repository asks by itself. */
function askedWithin({ node, known }: Asker, call: Call, scope: Scope): CallSite | undefined {
  const entity = node.resolve(call.callee, scope);
  if (entity?.kind !== 'function') return undefined;
  if (known.has(entity.definition)) return known.get(entity.definition);
  known.set(entity.definition, undefined);
  const found = node.callsWithin(entity, 1).find(site => asked(node, site) !== undefined);
  known.set(entity.definition, found);
  return found;
}

/** `order.getItems()` of Sequelize, `order.populate("items")` of Mongoose. */
const asksItself = (node: CodeView, { call }: CallSite, names: readonly string[]): boolean => {
  const { callee } = call;
  if (callee.kind !== 'attribute' || callee.object.kind !== 'name' || !names.includes(callee.object.name))
    return false;
  return (
    (callee.name === 'populate' && node.imports('mongoose')) ||
    (/^(get|count)[A-Z]\w+$/.test(callee.name) && node.imports('sequelize') && call.args.length <= 1)
  );
};

function questionsIn(asker: Asker, loop: Loop): readonly Question[] {
  const { node } = asker;
  const around = loop.scope.definition?.kind === 'function' ? loop.scope.definition : undefined;
  const { search } = node.code;
  const sites = (around ? search.callsInside(around) : search.outerOf(loop.scope.module).calls).filter(
    ({ call, scope }) =>
      scope.module === loop.scope.module && loop.inside.start <= call.start && call.end <= loop.inside.end,
  );
  const found = new Map<string, Question>();
  for (const site of sites) {
    const query = asked(node, site);
    const inner = query ? undefined : askedWithin(asker, site.call, site.scope);
    if (!query && !inner && !asksItself(node, site, loop.names)) continue;
    const at = node.at(site.scope, site.call);
    const key = `${at.path}:${at.startLine}`;
    // A row of calls is one question, told by the outermost of them.
    if (!found.has(key))
      found.set(key, {
        site,
        says: saysOf(node, site, query),
        way: inner
          ? [{ at: node.at(inner.scope, inner.call), says: saysOf(node, inner, asked(node, inner)) }]
          : [],
      });
  }
  return [...found.values()];
}

/** Whether the elements are rows that a query gave. */
function isOverRows(node: CodeView, { over, scope }: Loop): boolean {
  let isRows = false;
  followAnswer(
    node,
    over,
    { scope, given: new Map(), depth: 0 },
    {
      secret: () => undefined,
      joined: () => undefined,
      rows: ({ query, isOne }) => {
        const few = query.size && query.size !== 'bounded' ? query.size.expression : undefined;
        const isFew = few?.kind === 'constant' && typeof few.value === 'number' && few.value < FEW;
        if (!isOne && query.reads && query.gives === 'many' && !isFew) isRows = true;
      },
    },
  );
  return isRows;
}

const isAside = (node: CodeView, { site, scope }: Loop): boolean =>
  BY_HAND.test(scope.module.path) || node.reached(site) === 'no' || runsAtStart(node, site) === 'yes';

/** So many loops without a question are looked at. */
const MOST_QUIET = 60;
/** What waits, or asks a database in the process itself. */
const WAITS = /\bawait\b|\.then\(|\bPromise\b|\basync\b|\.(prepare|get|all)\(|=>\s*\w+[\w.]*\(/;

const mayAsk = (node: CodeView, { scope, inside }: Loop): boolean => WAITS.test(node.textOf(scope, inside));

/** Loops over the results of queries, and what each turn asks anew. */
export default defineExtractor({
  id: 'javascript/queries/loops',
  reads: [],
  produces: ['queryLoop'],
  understands: hasNode,
  *extract({ node }): Generator<QueryLoop> {
    const asker: Asker = { node, known: new Map() };
    let quiet = 0;
    for (const loop of loopsIn(node)) {
      const { scope, site } = loop;
      if (loop.over.kind === 'collection' || isAside(node, loop)) continue;
      const questions = mayAsk(node, loop) ? questionsIn(asker, loop) : [];
      // Without a question it is only of interest that it goes over rows: a few of them show it.
      if (questions.length === 0 && (quiet > MOST_QUIET || chainOf(loop.over).root.kind !== 'name')) continue;
      if (questions.length === 0) quiet++;
      if (!isOverRows(node, loop)) continue;
      const at = node.at(scope, loop.at);
      const over = node.textOf(scope, loop.over).replace(/\s+/g, ' ').slice(0, 50);
      yield {
        kind: 'queryLoop',
        at,
        over,
        asks: questions.map(({ site: asks, says, way }) => ({
          at: node.at(asks.scope, asks.call),
          says,
          way: [{ at, says: `for each of ${over}` }, ...way],
        })),
        reached: node.reached(site),
      };
    }
  },
});
