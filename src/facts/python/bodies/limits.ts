import type { BodyLimit, Term, Value } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { deliveredBy } from '../../code/flags.ts';

type Delivered = ReturnType<typeof deliveredBy>;

function bytesOf(term: Term, starts: Delivered): Value<number> | undefined {
  if (term.kind === 'literal') return typeof term.value === 'number' ? stated(term.value) : undefined;
  if (term.kind !== 'env') return unclear('it is worked out at run time');
  const given = starts.flatMap(start => start[term.name] ?? []).map(Number);
  const [first] = given;
  if (first !== undefined && !Number.isNaN(first)) return stated(first);
  return term.fallback ? bytesOf(term.fallback, starts) : unclear(`${term.name} sets it`);
}

/** Hooks and middleware that answer 413 for what is too long. */
const REFUSES = /\b413\b|REQUEST_ENTITY_TOO_LARGE|CONTENT_TOO_LARGE|RequestEntityTooLarge/;
const MEASURES = /content[-_]length/i;

/** Limits of the size of request bodies that the app itself keeps. */
export default defineExtractor({
  id: 'python/bodies/limits',
  reads: ['appSetting', 'startPath'],
  produces: ['bodyLimit'],
  understands: hasPython,
  *extract({ python, facts }): Generator<BodyLimit> {
    const starts = deliveredBy(facts.all('startPath'));
    for (const { key, term, valueAt, reached } of facts.all('appSetting')) {
      const bytes = key === 'MAX_CONTENT_LENGTH' ? bytesOf(term, starts) : undefined;
      if (bytes)
        yield {
          kind: 'bodyLimit',
          at: valueAt,
          name: key,
          covers: 'app',
          handlerAt: undefined,
          bytes,
          reached,
        };
    }
    for (const { definition, scope } of python.functions()) {
      const text = python.textOf(scope, definition);
      const decorators = definition.decorators.map(each => python.textOf(scope, each)).join(' ');
      const isHook =
        /before_request|middleware/.test(decorators) || /^(dispatch|__call__)$/.test(definition.name);
      if (!isHook || !REFUSES.test(text) || !MEASURES.test(text)) continue;
      yield {
        kind: 'bodyLimit',
        at: python.at(scope, definition.head),
        name: definition.name,
        covers: 'app',
        handlerAt: undefined,
        bytes: unclear('the code works it out'),
        reached: python.reachesDefinition(definition),
      };
    }
  },
});
