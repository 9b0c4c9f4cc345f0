import type { ComposeService, ShadowedVariable } from '../../model/index.ts';
import { known } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

/** The file out of which compose itself takes the values for `${…}`: what stands there is not hidden. */
const interpolatedFrom = ({ folder }: ComposeService): string => (folder === '' ? '.env' : `${folder}/.env`);

/** `X=${X:-default}` in compose hides what the env file says. */
function* inCompose({ facts }: ServiceView): Generator<ShadowedVariable> {
  const documented = facts
    .all('envFile')
    .flatMap(file => file.entries.map(entry => ({ ...entry, path: file.path })));
  const seen = new Set<string>();
  for (const service of facts.all('composeService')) {
    if (service.role !== 'app' || service.stage === 'development') continue;
    const files = service.envFiles.filter(({ path }) => known(path) !== undefined);
    const [file] = files;
    if (!file || files.some(({ path }) => known(path) === interpolatedFrom(service))) continue;
    for (const [name, term] of Object.entries(service.environment)) {
      const place = `${term.at.path}:${term.at.startLine}`;
      if (term.kind !== 'env' || term.name !== name || !term.fallback || seen.has(place)) continue;
      const said = documented.find(entry => entry.name === name);
      if (!said) continue;
      seen.add(place);
      yield {
        kind: 'shadowedVariable',
        at: term.at,
        name,
        says: `${name} is set here with a default, which hides what ${known(file.path) ?? 'the env file'} says`,
        way: [
          { at: file.at, says: 'the env file, which comes after' },
          { at: said.at, says: `${said.path} says that it belongs there` },
        ],
      };
    }
  }
}

/** `load_dotenv(override=True)` hides what the platform says. */
function* inCode({ python }: ServiceView): Generator<ShadowedVariable> {
  for (const site of python.calls('dotenv.load_dotenv', 'dotenv.main.load_dotenv')) {
    const override = python.args(site).arg(-1, 'override');
    if (override?.kind !== 'literal' || override.value !== true || python.reached(site) === 'no') continue;
    yield {
      kind: 'shadowedVariable',
      at: python.at(site.scope, site.call),
      name: 'every variable',
      says: 'a file overrides the variables that the platform sets',
      way: [],
    };
  }
}

/** Values that somebody provides and that another source hides. */
export default defineExtractor({
  id: 'derived/shadowed-variables',
  reads: ['composeService', 'envFile'],
  produces: ['shadowedVariable'],
  understands: () => true,
  *extract(view) {
    yield* inCompose(view);
    yield* inCode(view);
  },
});
