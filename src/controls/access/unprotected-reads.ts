import {
  changesState,
  isOpenOnPurpose,
  known,
  purposeOf,
  routeName,
  type Guard,
  type Route,
} from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

const isGuarded = (guards: readonly Guard[], route: Route): boolean =>
  guards.some(guard => guard.route === route.id && guard.reached !== 'no');

const PERSONAL =
  /(^|[/_-])(users?|accounts?|profiles?|students?|employees?|customers?|members?|patients?|persons?|people|orders?|invoices?|payments?|transactions?|messages?|inbox|mails?|notes?|contacts?|addresses|documents?|audit)($|[/_-])/;

const reads = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route =>
      route.reached !== 'no' &&
      !isOpenOnPurpose(route) &&
      route.transport === 'http' &&
      changesState(route) === 'no' &&
      purposeOf(route) === 'other' &&
      PERSONAL.test(known(route.path) ?? ''),
  );

export default defineControl({
  id: 'access/unprotected-reads',
  title: 'Routes that read data of persons check who calls',
  severity: 'high',
  stage: 'trial',
  asks: 'Lists routes that give out users, accounts, orders, messages and the like without asking who calls. What the data is, is told by the words of the path.',
  why: 'Personal data that anybody can read is a breach, whether or not somebody has noticed yet.',
  remedy: 'Protect the route, or give out only what everybody may know.',
  sources: ['CATALOG access/unprotected-reads', 'OWASP API Security 2023 API1'],
  fix: 'scaffold',
  drill: 'anonymous-access',
  needs: ['route', 'guard'],

  applies: ({ facts }) =>
    reads(facts.all('route')).length > 0 || 'no route reads data of persons, as far as paths tell',

  judge: ({ facts }) => {
    const routes = reads(facts.all('route'));
    const open = routes.filter(route => !isGuarded(facts.all('guard'), route));
    return failOr(
      open.map(route => place(route.at, `${routeName(route)} gives out data of persons to everybody`)),
      passEvery(routes.slice(0, 5).map(route => place(route.at, `${routeName(route)} is protected`))),
    );
  },
});
