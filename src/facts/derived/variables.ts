import type { EnvFile, SetVariable, Term } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';
import { readersOf } from './variable-readers.ts';

const DEVELOPMENT_FOLDER = /(^|\/)(dev|development|local|tests?|testing|e2e)\//i;

/** An env file for this service: not one for development, and not one that only other images load. */
function concerns({ facts }: ServiceView, file: EnvFile): boolean {
  if (file.stage === 'development' || DEVELOPMENT_FOLDER.test(file.path)) return false;
  const users = facts
    .all('composeService')
    .filter(({ envFiles }) => envFiles.some(({ path }) => known(path) === file.path));
  return users.length === 0 || users.some(({ role }) => role === 'app');
}

function* variables(view: ServiceView): Generator<SetVariable> {
  const readers = readersOf(view);
  const seen = new Set<string>();
  const make = function* (
    name: string,
    term: Term,
    where: SetVariable['in'],
    at = term.at,
  ): Generator<SetVariable> {
    const key = `${at.path}:${at.startLine}:${name}`;
    if (seen.has(key)) return;
    seen.add(key);
    const { truth, dead } = readers(name, where === 'env-file' || where === 'template');
    yield { kind: 'setVariable', at, name, in: where, read: truth, deadReaders: dead };
  };
  const { facts } = view;
  for (const service of facts.all('composeService'))
    // What an image from elsewhere reads is its own business.
    if (service.role === 'app' && service.stage !== 'development' && service.build)
      for (const [name, term] of Object.entries(service.environment)) yield* make(name, term, 'compose');
  for (const workload of facts.all('workload'))
    if (workload.builtBy !== '' && !workload.isInit)
      for (const variable of workload.environment)
        yield* make(variable.name, variable.value, 'manifest', variable.at);
  for (const file of facts.all('envFile'))
    if (concerns(view, file))
      for (const entry of file.entries)
        yield* make(entry.name, entry.value, file.isTemplate ? 'template' : 'env-file', entry.at);
}

/** What deploy files and templates set, and whether anybody reads it. */
export default defineExtractor({
  id: 'derived/variables',
  reads: ['composeService', 'workload', 'envFile', 'envRead', 'platformFile'],
  produces: ['setVariable'],
  understands: () => true,
  extract: variables,
});
