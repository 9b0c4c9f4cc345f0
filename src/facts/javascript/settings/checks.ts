import type { SettingCheck } from '../../../model/index.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { settingTests } from '../../code/setting-checks.ts';

/** `if (!process.env.JWT_SECRET) throw new Error(…)`, and whether that is when the service starts. */
export default defineExtractor({
  id: 'javascript/settings/checks',
  reads: ['envRead'],
  produces: ['settingCheck'],
  understands: hasNode,
  *extract({ node, facts }): Generator<SettingCheck> {
    const own = new Set(node.paths());
    yield* settingTests(
      node,
      facts.all('envRead').filter(({ at }) => own.has(at.path)),
    );
  },
});
