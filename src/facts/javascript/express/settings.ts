import type { AppSetting } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';

const SETS = ['set', 'enable', 'disable'].map(word => `express().${word}`);

/** The environment that the conditions around a call name. */
function environmentOf(node: CodeView, { conditions, scope }: CallSite): string {
  for (const condition of conditions) {
    const text = condition.kind === 'if' && condition.holds ? node.textOf(scope, condition.test) : '';
    const name = /={2,3}\s*['"](prod\w*|dev\w*|test|local|staging)['"]/i.exec(text)?.[1];
    if (name) return name.toLowerCase();
  }
  return '';
}

/** `app.set("trust proxy", 1)`, `app.disable("x-powered-by")`. */
export default defineExtractor({
  id: 'javascript/express/settings',
  reads: [],
  produces: ['appSetting'],
  understands: hasNode,
  *extract({ node }): Generator<AppSetting> {
    for (const site of node.calls(...SETS)) {
      const args = node.args(site);
      const key = args.arg(0, '');
      if (key?.kind !== 'literal') continue;
      const at = node.at(site.scope, site.call);
      const word = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
      const term = args.arg(1, '') ?? literal(word === 'enable', at);
      yield {
        kind: 'appSetting',
        at,
        valueAt: at,
        key: String(key.value),
        term,
        reached: node.reached(site),
        when: environmentOf(node, site),
      };
    }
  },
});
