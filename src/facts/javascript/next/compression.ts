import type { Compression } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';
import { nextSettings } from './settings.ts';

/** Next.js compresses what it serves unless its settings say otherwise. */
export default defineExtractor({
  id: 'javascript/next/compression',
  reads: ['startPath'],
  produces: ['compression'],
  understands: hasNode,
  *extract({ node, facts, service }): Generator<Compression> {
    const paths = facts
      .all('startPath')
      .filter(
        ({ command, serves }) =>
          command.stage !== 'development' &&
          serves.with === 'production-server' &&
          /^(next start|Next\.js)\b/.test(serves.name),
      );
    if (paths.length === 0) return;
    const option = optionOf(node, nextSettings(node, service.root), 'compress');
    const term = option && node.evaluate(option.expression, option.scope);
    if (term && !(term.kind === 'literal' && term.value === true)) return;
    for (const { at } of paths)
      yield { kind: 'compression', at, name: 'Next.js compresses what it serves', reached: 'yes' };
  },
});
