import type { Truth } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { inProduction } from '../conditions.ts';

const CREATE = '@nestjs/core.NestFactory.create';

/**
 * Where an app that answers HTTP is made: `NestFactory.create(AppModule, …)`. A script that makes one for its
 * services never lets it listen, as another file does.
 */
export function appSites(view: CodeView): readonly CallSite[] {
  const sites = view.calls(CREATE);
  const listening = new Set(view.calls(`${CREATE}().listen`).map(({ scope }) => scope.module));
  const own = sites.filter(({ scope }) => listening.has(scope.module));
  return own.length > 0 ? own : sites;
}

/** Where an app is made that other services send messages to. */
export const listeningSites = (view: CodeView): readonly CallSite[] =>
  view.calls('@nestjs/core.NestFactory.createMicroservice');

/** Calls of a method of an app: `app.setGlobalPrefix(…)`. A function that gets the app may serve any of them. */
export const appCalls = (view: CodeView, app: CallSite, ...methods: readonly string[]): readonly CallSite[] =>
  view.calls(...methods.map(method => `${CREATE}().${method}`)).filter(site => {
    const { callee } = site.call;
    const of = callee.kind === 'attribute' ? view.resolve(callee.object, site.scope) : undefined;
    return of?.kind !== 'external' || !of.made || of.made.call === app.call;
  });

export const isDone = (view: CodeView, site: CallSite): Truth =>
  both(view.reached(site), inProduction(view, site));
