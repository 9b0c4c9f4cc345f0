import type { BodyLimit } from '../../../model/index.ts';
import { stated, unclear } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { mountOfFunction } from '../mounted.ts';

/** Middleware that answers 413 for what is too long. */
const REFUSES = /\b413\b|PAYLOAD_TOO_LARGE|REQUEST_TOO_LONG|CONTENT_TOO_LARGE/;
const MEASURES = /content-length/i;

/**
 * Limits of the size of request bodies that the app itself keeps. Parsers of Express have one for the type that
 * they parse, which says nothing of files.
 */
export default defineExtractor({
  id: 'javascript/bodies/limits',
  reads: [],
  produces: ['bodyLimit'],
  understands: hasNode,
  *extract({ node }): Generator<BodyLimit> {
    for (const site of node.calls('fastify')) {
      const [first] = site.call.args;
      const option = first && optionOf(node, { expression: first.value, scope: site.scope }, 'bodyLimit');
      if (!option) continue;
      const term = node.evaluate(option.expression, option.scope);
      yield {
        kind: 'bodyLimit',
        at: node.at(option.scope, option.expression),
        name: 'bodyLimit',
        covers: 'app',
        handlerAt: undefined,
        bytes:
          term.kind === 'literal' && typeof term.value === 'number'
            ? stated(term.value)
            : unclear('it is worked out at run time'),
        reached: node.reached(site),
      };
    }
    const refusing = new Map(
      node.statements('413', 'TOO_LARGE', 'TOO_LONG').flatMap(({ statement, scope }) => {
        const { definition, parent } = scope;
        return definition?.kind === 'function' && parent && REFUSES.test(node.textOf(scope, statement))
          ? [[definition, parent] as const]
          : [];
      }),
    );
    for (const [definition, around] of refusing) {
      const { covers, wired } = mountOfFunction(node, definition);
      if (covers === 'none' || !MEASURES.test(node.textOf(around, definition))) continue;
      yield {
        kind: 'bodyLimit',
        at: node.at(around, definition.head),
        name: definition.name || 'middleware',
        covers: covers === 'app' ? 'app' : 'route',
        handlerAt: undefined,
        bytes: unclear('the code works it out'),
        reached: wired,
      };
    }
  },
});
