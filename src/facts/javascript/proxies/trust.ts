import type { ProxyTrust, Term } from '../../../model/index.ts';
import type { Written } from '../../code/written.ts';
import { writtenAs } from '../../code/written.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { optionOf } from '../fastify/instances.ts';

type Trusts = ProxyTrust['trusts'] | 'nobody';

/** `true` believes everybody; a number, a list or a function says whom. */
function trustOf(term: Term): Trusts {
  switch (term.kind) {
    case 'literal':
      if (term.value === false || term.value === 0 || term.value === null) return 'nobody';
      return term.value === true || /^(true|\*|0\.0\.0\.0\/0)$/.test(String(term.value))
        ? 'everyone'
        : 'hops';
    case 'list':
      return term.items.some(item => trustOf(item) === 'everyone') ? 'everyone' : 'hops';
    case 'env':
      return term.fallback && term.fallback.kind !== 'unclear' && trustOf(term.fallback) === 'everyone'
        ? 'everyone'
        : 'hops';
    case 'oneOf': {
      const all = term.options.map(option => trustOf(option.term)).filter(each => each !== 'nobody');
      return all.find(each => each === 'everyone') ?? all[0] ?? 'nobody';
    }
    default:
      return 'unclear';
  }
}

function trustIn(node: CodeView, { expression, scope }: Written): Trusts {
  const behind = writtenAs(node, expression, scope);
  if (behind.expression.kind === 'function') return 'hops';
  if (behind.expression.kind === 'conditional') {
    const { test, then, otherwise } = behind.expression;
    // `proxies.length > 0 ? proxies : false`: a list of them, whatever stands in it.
    const list = node.textOf(behind.scope, then);
    if (node.textOf(behind.scope, test).includes(`${list}.length`)) return 'hops';
    const all = [then, otherwise]
      .map(part => trustIn(node, { expression: part, scope: behind.scope }))
      .filter(each => each !== 'nobody');
    return all.find(each => each !== 'hops') ?? all[0] ?? 'nobody';
  }
  return trustOf(node.evaluate(expression, scope));
}

/** What makes the app believe the headers of a proxy, and of which. */
export default defineExtractor({
  id: 'javascript/proxies/trust',
  reads: [],
  produces: ['proxyTrust'],
  understands: hasNode,
  *extract({ node }): Generator<ProxyTrust> {
    const found: {
      readonly at: ProxyTrust['at'];
      name: string;
      trusts: Trusts;
      wired: ProxyTrust['wired'];
    }[] = [];
    for (const site of node.callsNear('trust proxy')) {
      const [key, value] = site.call.args;
      const { callee } = site.call;
      if (callee.kind !== 'attribute' || !/^(set|enable)$/.test(callee.name) || key?.value.kind !== 'string')
        continue;
      if (key.value.value !== 'trust proxy') continue;
      found.push({
        at: node.at(site.scope, site.call),
        name: 'trust proxy',
        trusts: value ? trustIn(node, { expression: value.value, scope: site.scope }) : 'everyone',
        wired: node.reached(site),
      });
    }
    for (const site of node.calls('fastify')) {
      const [first] = site.call.args;
      const option = first && optionOf(node, { expression: first.value, scope: site.scope }, 'trustProxy');
      if (option)
        found.push({
          at: node.at(option.scope, option.expression),
          name: 'trustProxy',
          trusts: trustIn(node, option),
          wired: node.reached(site),
        });
    }
    for (const site of node.statements('.proxy')) {
      const { statement, scope } = site;
      if (statement.kind !== 'assign' || !statement.value) continue;
      const [target] = statement.targets;
      if (
        target?.kind !== 'attribute' ||
        target.name !== 'proxy' ||
        node.nameOf(target.object, scope) !== 'koa()'
      )
        continue;
      found.push({
        at: node.at(scope, statement),
        name: 'app.proxy',
        trusts: trustIn(node, { expression: statement.value, scope }),
        wired: node.reached(site),
      });
    }
    for (const { trusts, ...rest } of found)
      if (trusts !== 'nobody') yield { kind: 'proxyTrust', trusts, ...rest };
  },
});
