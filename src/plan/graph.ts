import type { ControlId } from '../model/index.ts';
import { roomOf, type WorkId } from './works/index.ts';

/**
 * One work before another. `eases`: it is better done after, and never waits for what is less urgent. `needs`: it
 * cannot be done without one control of the other, so that a more urgent piece pulls the other one forward.
 */
export type Dependency = {
  readonly first: WorkId;
  readonly then: WorkId;
  readonly because: string;
} & ({ readonly kind: 'eases' } | { readonly kind: 'needs'; readonly control: ControlId });

const needs = (then: WorkId, control: ControlId, because: string): Dependency => ({
  kind: 'needs',
  then,
  control,
  first: roomOf(control).id,
  because,
});
const eases = (then: WorkId, first: WorkId, because: string): Dependency => ({
  kind: 'eases',
  then,
  first,
  because,
});

/** What comes before what, and why. No circle, and no way back to an earlier phase: `graph.test.ts`. */
export const DEPENDENCIES: readonly Dependency[] = [
  eases('production-server', 'start-path', 'the command has to name what exists before it names a server'),
  eases('image', 'start-path', 'the image starts what the command names'),
  eases('image', 'versions', 'the image installs what is fixed'),
  eases('secrets', 'start-path', 'whether the secret arrives shows at the start'),
  eases('settings', 'secrets', 'secrets are settings, and the ones that must be right'),
  eases('secret-store', 'secrets', 'what goes into the store has to be out of the code and new'),
  eases('identity', 'secrets', 'sessions are signed with a key that nobody else has'),
  needs(
    'guarded-routes',
    'access/authentication',
    'a route can only be closed to callers who can be told apart',
  ),
  needs('sessions', 'access/authentication', 'there has to be a sign-in to keep safe'),
  needs('second-factor', 'access/authentication', 'a second factor comes after a first one'),
  eases('second-factor', 'sessions', 'a second factor does not help where sessions are stolen'),
  eases('protections', 'start-path', 'a protection is attached to what production starts'),
  eases('rate-limits', 'protections', 'the limiter may be there already'),
  eases('browser', 'protections', 'the headers may be there already'),
  eases('rate-limits', 'identity', 'callers who are known can be counted one by one'),
  eases('input', 'injection', 'the same handlers are opened'),
  eases('tests', 'start-path', 'tests start the service'),
  eases('tests', 'settings', 'tests give the service settings of their own'),
  needs('pipeline', 'tests/present', 'the pipeline runs the tests'),
  eases('pipeline', 'image', 'the pipeline builds the image'),
  eases('pipeline', 'versions', 'the pipeline installs what is fixed'),
  needs('code-checks', 'ci/pipeline', 'the pipeline runs the checks'),
  eases('leftovers', 'tests', 'tests say whether anybody used it'),
  eases('store', 'settings', 'where the store is comes from the environment'),
  eases('store', 'tests', 'tests say whether the service works on the new store'),
  eases('store-access', 'secrets', 'stores are closed with new passwords'),
  eases('backups', 'store', 'what is backed up is where the data will be'),
  needs('recovery-plan', 'recovery/backups', 'the plan says how backups are put back'),
  eases('migrations', 'store', 'migrations are written for the engine that stays'),
  eases('migrations', 'backups', 'a migration that goes wrong is put back from a backup'),
  needs('schema', 'data/migrations', 'the schema is changed by a migration'),
  eases('connections', 'store', 'the pool belongs to the engine that stays'),
  eases('health', 'start-path', 'a probe asks what production starts'),
  eases('health', 'connections', 'readiness asks the database through the pool'),
  eases('logs', 'start-path', 'logging is set up where production starts'),
  eases('error-reports', 'answers', 'the handler of last resort is where errors are reported'),
  eases('error-reports', 'logs', 'a report carries the identifier of the request'),
  needs('alerts', 'observe/metrics', 'alerts are rules over numbers'),
  eases('alerts', 'health', 'an alert says whether the probes answer'),
  eases('audit-log', 'logs', 'the record is a log of its own'),
  needs('audit-log', 'access/authentication', 'the record names who did it'),
  eases('compose', 'production-server', 'compose starts the production server'),
  eases('compose', 'secrets', 'compose hands secrets over and holds none'),
  eases('compose', 'health', 'compose asks the health route'),
  eases('kubernetes', 'production-server', 'the manifests start the production server'),
  eases('kubernetes', 'health', 'probes ask the health routes'),
  eases('target', 'image', 'the image is what is deployed'),
  eases('target', 'compose', 'it is the compose file that is deployed'),
  eases('target', 'kubernetes', 'the manifests are what is deployed'),
  eases('target', 'pipeline', 'what deploys comes after what checks'),
  eases('target', 'tls', 'certificates belong to the place'),
  eases('processes', 'store', 'what a process remembered moves into the store'),
  eases('requests', 'tests', 'answers change their shape, and tests say for whom'),
  eases('caching', 'requests', 'first less work, then keeping its result'),
  needs('load-test', 'observe/metrics', 'a load test reads the numbers of the service'),
  eases('load-test', 'processes', 'one process alone would be measured'),
  eases('load-test', 'requests', 'the test would only show what is known'),
  eases('load-test', 'target', 'the test runs where the service will run'),
  eases('interface', 'guarded-routes', 'the document says how callers sign in'),
  eases('interface', 'requests', 'the document says how lists are asked for in parts'),
  eases('guides', 'target', 'the guide says what is really done'),
  eases('guides', 'alerts', 'each alert leads to a page of the guide'),
  eases('guides', 'recovery-plan', 'the guide points at the plan'),
  eases('privacy', 'identity', 'a person has to prove who they are first'),
  eases('privacy', 'migrations', 'deleting follows the relations of the schema'),
  eases('statements', 'guides', 'people are trained with what is written'),
];
