import type { EnvRead } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { prismaConnections } from './clients.ts';

/** The variable with the address that the schema of Prisma names: its client reads it by itself. */
export default defineExtractor({
  id: 'javascript/prisma/reads',
  reads: [],
  produces: ['envRead'],
  understands: hasNode,
  *extract(view): Generator<EnvRead> {
    if (!view.node.imports('@prisma/client')) return;
    for (const { url, reached } of prismaConnections(view))
      // What code hands over itself is read there.
      if (url?.kind === 'env' && url.at.path.endsWith('.prisma'))
        yield {
          kind: 'envRead',
          at: url.at,
          term: url,
          reached,
          when: 'start',
          isOptional: false,
          keptAs: '',
        };
  },
});
