import type { EnvFileLoad } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

/** Env files that compose projects hand to their services. */
export default defineExtractor({
  id: 'derived/env-file-loads',
  reads: ['composeService'],
  produces: ['envFileLoad'],
  understands: () => true,
  *extract({ facts, repository }): Generator<EnvFileLoad> {
    for (const { envFiles } of facts.all('composeService'))
      for (const { path, at } of envFiles) {
        const name = known(path);
        if (name === undefined || /example|sample|template|dist\b|default|[$*]/i.test(name)) continue;
        yield {
          kind: 'envFileLoad',
          at,
          path: name,
          ignored: repository.isIgnored(name),
          isPresent: repository.file(name) !== undefined,
        };
      }
  },
});
