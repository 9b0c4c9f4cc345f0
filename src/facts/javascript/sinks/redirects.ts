import type { Sink } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { hostOrigin } from '../../code/flow/address.ts';
import { REDIRECT } from '../../code/flow/policy.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import { answersEnding } from '../answers.ts';
import { sentHeaders } from '../headers/sent.ts';

/** Functions that redirect without an object that answers, and where the address stands. */
const CALLS: Readonly<Record<string, number>> = {
  'next/navigation.redirect': 0,
  'next/navigation.permanentRedirect': 0,
  'next/server.NextResponse.redirect': 0,
  'Response.redirect': 0,
  '@remix-run/node.redirect': 0,
  'react-router.redirect': 0,
  '@sveltejs/kit.redirect': 1,
  'h3.sendRedirect': 1,
};

interface Redirect {
  readonly site: CallSite;
  readonly callee: string;
  readonly target: Expression;
  readonly scope: Scope;
}

/** `redirect(url)`, `redirect(302, url)`, `redirect(url, 302)`. */
function targetOf(node: CodeView, { call, scope }: CallSite): Expression | undefined {
  const given = call.args.flatMap(arg => (arg.spread === '' ? [arg.value] : []));
  const isStatus = (expression: Expression): boolean => {
    const term = node.evaluate(expression, scope);
    return (
      (term.kind === 'literal' && typeof term.value === 'number') ||
      /^(http-?status|StatusCodes)/i.test(node.textOf(scope, expression))
    );
  };
  return given.length > 1 ? given.find(each => !isStatus(each)) : given[0];
}

/** `res.status(201).set("Location", …)` says where something new lies. */
const isCreated = (node: CodeView, { scope, statement }: CallSite): boolean =>
  /\b20[0-9]\b|\bCREATED\b/.test(node.textOf(scope, statement));

function* redirects(node: CodeView): Generator<Redirect> {
  for (const site of answersEnding(node, 'redirect', 'location')) {
    const target = targetOf(node, site);
    const callee = site.call.callee.kind === 'attribute' ? site.call.callee.name : '';
    if (target && !(callee === 'location' && isCreated(node, site)))
      yield { site, callee, target, scope: site.scope };
  }
  for (const [name, position] of Object.entries(CALLS))
    for (const site of node.calls(name)) {
      const target = site.call.args[position]?.value;
      if (target) yield { site, callee: name.slice(name.lastIndexOf('.') + 1), target, scope: site.scope };
    }
  for (const { site, value, scope } of sentHeaders(node, new Set(['location'])))
    if (!isCreated(node, site)) yield { site, callee: 'the Location header', target: value, scope };
}

/** Where the service sends browsers to. */
export default defineExtractor({
  id: 'javascript/sinks/redirects',
  reads: [],
  produces: ['sink'],
  understands: hasNode,
  *extract({ node }): Generator<Sink> {
    for (const { site, callee, target, scope } of redirects(node))
      yield {
        kind: 'sink',
        at: node.at(site.scope, site.call),
        of: 'redirect',
        callee,
        origin: hostOrigin(node, target, scope, REDIRECT),
        whole: true,
        reached: node.reached(site),
      };
  },
});
