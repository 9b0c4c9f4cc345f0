import {
  changesState,
  isOpenOnPurpose,
  purposeOf,
  routeName,
  type Guard,
  type Route,
  type RoutePurpose,
} from '../../model/index.ts';
import { defineControl, failOr, passEvery, place } from '../define.ts';

const isGuarded = (guards: readonly Guard[], route: Route): boolean =>
  guards.some(guard => guard.route === route.id && guard.reached !== 'no');

const writes = (routes: readonly Route[]): readonly Route[] =>
  routes.filter(
    route =>
      route.reached !== 'no' &&
      !isOpenOnPurpose(route) &&
      (changesState(route) === 'yes' || isCommand(route)) &&
      purposeOf(route) !== 'health' &&
      !OPEN.includes(purposeOf(route)),
  );

const OPEN: readonly RoutePurpose[] = ['sign-in', 'register', 'sign-out', 'webhook', 'form'];

/** An event by its name does something: `start_training`, `delete_order`. */
const isCommand = (route: Route): boolean =>
  route.transport === 'event' &&
  /^(start|stop|delete|remove|create|add|update|reset|save|set|send|train|run|clear|load|kick|ban)/.test(
    route.handler.replace(/^(handle|on)_/, ''),
  );

export default defineControl({
  id: 'access/unprotected-routes',
  title: 'Every route that changes something checks who calls',
  severity: 'critical',
  stage: 'stable',
  asks: 'Lists each route that changes something and that no decorator, dependency, hook, middleware or check in its body protects. Sign-in, registration, health, webhooks and contact forms are left out, and what the code itself names as open to everybody, unless it changes or deletes what is there.',
  why: 'One forgotten route is enough: it is found by trying.',
  remedy: 'Protect the router or the whole app, and name the exceptions.',
  sources: ['CATALOG access/unprotected-routes', 'OWASP ASVS 5.0 V8.3', 'OWASP API Security 2023 API5'],
  fix: 'scaffold',
  drill: 'anonymous-access',
  needs: ['route', 'guard'],

  applies: ({ facts }) => writes(facts.all('route')).length > 0 || 'no route changes anything',

  judge: ({ facts }) => {
    const routes = writes(facts.all('route'));
    const open = routes.filter(route => !isGuarded(facts.all('guard'), route));
    return failOr(
      open.map(route =>
        place(route.at, `${routeName(route)} changes something and asks nobody who they are`),
      ),
      passEvery(
        routes.slice(0, 5).flatMap(route =>
          facts
            .all('guard')
            .filter(guard => guard.route === route.id)
            .slice(0, 1)
            .map(guard => place(guard.at, `${guard.name} protects ${routeName(route)}`)),
        ),
      ),
    );
  },
});
