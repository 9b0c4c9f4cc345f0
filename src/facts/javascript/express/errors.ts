import type { Expression, Statement } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { both } from '../../../model/index.ts';
import { answerOf } from '../answered.ts';
import { inProduction } from '../conditions.ts';
import type { Catcher } from '../errors/catcher.ts';
import { compareTurns } from '../order.ts';
import type { Registration } from '../registrations.ts';
import { expressRegistrations, isExpressRouter } from './handlers.ts';

/** Middleware of four parameters is given errors of what was registered before it. */
export function expressCatchers(node: CodeView): readonly Catcher[] {
  const all = expressRegistrations(node);
  return all.flatMap(registration => {
    if (registration.verb !== 'use') return [];
    return registration.things.flatMap(thing => {
      const of = answerOf(node, thing)?.function;
      return of?.definition.params.length === 4 ? catcherOf(node, registration, of, all) : [];
    });
  });
}

function catcherOf(
  node: CodeView,
  registration: Registration,
  of: FunctionEntity,
  all: readonly Registration[],
): readonly Catcher[] {
  const { site, router, path } = registration;
  const beside = all.filter(each => each.router === router && serves(node, each));
  const after = beside.filter(each => (compareTurns(each.turn, registration.turn, undefined) ?? -1) > 0);
  const isApp = router === undefined || node.nameOf(router.callee, site.scope) !== 'express.Router';
  const isIdle = after.length > 0 && after.length === beside.length;
  return [
    {
      function: of,
      error: 0,
      at: node.at(of.scope, of.definition.head),
      covers: isApp && after.length === 0 && (path ?? '/').replace(/[/*]/g, '') === '' ? 'app' : 'part',
      answers: answersOf(of),
      catches: 'everything',
      isLogged: false,
      wired: isIdle ? 'no' : both(node.reached(site), inProduction(node, site)),
    },
  ];
}

/** Whether a registration answers requests: a handler, or a router with handlers of its own. */
const serves = (node: CodeView, { verb, things }: Registration): boolean =>
  typeof verb === 'object' || things.some(thing => isExpressRouter(node, thing));

/** It passes the error on with `next(err)`: at its end, or under a condition. */
function answersOf({ definition }: FunctionEntity): Catcher['answers'] {
  const next = definition.params[3]?.name ?? '';
  const last = definition.body.at(-1);
  if (!last || !passesOn(last, next)) return 'all';
  return definition.body.some(each => /^(if|try|match)$/.test(each.kind)) ? 'some' : 'none';
}

function passesOn(statement: Statement, next: string): boolean {
  const value = statement.kind === 'expression' || statement.kind === 'return' ? statement.value : undefined;
  return value !== undefined && isCallOf(value, next);
}

const isCallOf = (value: Expression, name: string): boolean =>
  value.kind === 'call' &&
  value.callee.kind === 'name' &&
  lastNameOf(value.callee) === name &&
  value.args.length > 0;
