import type { ComposeService, Location, SettingDelivery, Term, Truth } from '../../model/index.ts';
import { isSecretText, known, secretFlaw } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

interface Description {
  readonly at: Location;
  readonly name: string;
  delivers(variable: string): Truth;
}

function composeDelivers(view: ServiceView, service: ComposeService, variable: string): Truth {
  if (variable in service.environment) return 'yes';
  const files = service.envFiles.map((use): Truth => {
    const path = known(use.path);
    const file = view.facts.all('envFile').find(each => each.path === path);
    if (!file) return 'unclear';
    return file.entries.some(entry => entry.name === variable) ? 'yes' : 'no';
  });
  if (files.includes('yes')) return 'yes';
  return files.includes('unclear') ? 'unclear' : 'no';
}

/** Whether a command of its own leads into the service, and not to a migration or backup. */
const leadsHere = ({ facts }: ServiceView, at: Location): boolean =>
  facts
    .all('startPath')
    .some(({ command }) => command.at.path === at.path && command.at.startLine === at.startLine);

const starts = ({ facts }: ServiceView, { name, at }: ComposeService): boolean =>
  facts.all('startPath').some(({ command }) => command.name === name && command.at.path === at.path);

function descriptionsOf(view: ServiceView): readonly Description[] {
  const { facts } = view;
  const composed = facts
    .all('composeService')
    .filter(
      service =>
        service.role === 'app' &&
        service.stage !== 'development' &&
        (!service.command || starts(view, service)),
    )
    .map((service): Description => ({
      at: service.at,
      name: service.at.path,
      delivers: variable => composeDelivers(view, service, variable),
    }));
  const workloads = facts
    .all('workload')
    .filter(
      workload =>
        workload.builtBy !== '' &&
        !workload.isInit &&
        workload.stage !== 'development' &&
        ((!workload.command && !workload.args) ||
          leadsHere(view, (workload.args ?? workload.command ?? workload).at)),
    )
    .map((workload): Description => ({
      at: workload.at,
      name: workload.at.path,
      delivers: variable =>
        workload.environment.some(each => each.name === variable)
          ? 'yes'
          : workload.environmentOpen
            ? 'unclear'
            : 'no',
    }));
  return [...composed, ...workloads];
}

const orByFile = (delivered: Truth, isLoaded: boolean): Truth =>
  delivered === 'no' && isLoaded ? 'unclear' : delivered;

interface Need {
  readonly why: SettingDelivery['needed'];
  readonly at: Location;
}

const isTrue = (text: string): boolean => /^(1|true|yes|on)$/i.test(text);

/** What a variable falls back to that a service must not run with: open to everybody, debugging, a known password. */
function isUnsafe(name: string, fallback: Term | undefined): boolean {
  if (fallback?.kind !== 'literal') return false;
  const text = String(fallback.value);
  if (/ORIGIN|ALLOWED_HOSTS/.test(name)) return text === '*';
  if (/(^|_)DEBUG$/.test(name)) return isTrue(text);
  return isSecretText(name, text);
}

const variablesIn = (term: Term): readonly string[] => {
  if (term.kind === 'env') return [term.name];
  return term.kind === 'oneOf'
    ? term.options.flatMap(option => (option.term.kind === 'env' ? [option.term.name] : []))
    : [];
};

/** Variables without which the service does not start, or runs in a way that nobody wants. */
function neededIn({ facts }: ServiceView): ReadonlyMap<string, Need> {
  const needed = new Map<string, Need>();
  const reads = facts.all('envRead').filter(({ reached }) => reached === 'yes');
  for (const { term, at } of reads) if (term.required) needed.set(term.name, { why: 'to start', at });
  const add = (name: string, at: Location): void => {
    if (!needed.has(name)) needed.set(name, { why: 'to be safe', at });
  };
  for (const { term, reached, at } of facts.all('signingKey'))
    if (reached !== 'no' && secretFlaw(term) !== undefined)
      for (const name of variablesIn(term)) add(name, at);
  for (const { term, at } of reads) if (isUnsafe(term.name, term.fallback)) add(term.name, at);
  return needed;
}

/** Settings that must be delivered, description by description. */
export default defineExtractor({
  id: 'derived/deliveries',
  reads: [
    'startPath',
    'composeService',
    'workload',
    'envFile',
    'envRead',
    'signingKey',
    'image',
    'envFileLoad',
  ],
  produces: ['settingDelivery'],
  understands: () => true,
  *extract(view) {
    const { facts } = view;
    const needed = neededIn(view);
    const inImage = new Set(facts.all('image').flatMap(image => Object.keys(image.environment)));
    // The program reads a file of its own as well, which may be there.
    const isLoaded = facts.all('envFileLoad').some(({ at }) => /\.(py|[cm]?[jt]sx?)$/.test(at.path));
    for (const description of descriptionsOf(view))
      for (const [name, { why, at }] of needed)
        yield {
          kind: 'settingDelivery',
          at: description.at,
          name,
          description: description.name,
          delivered: inImage.has(name) ? 'yes' : orByFile(description.delivers(name), isLoaded),
          needed: why,
          readAt: at,
        };
  },
});
