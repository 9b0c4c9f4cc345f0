import type { ComposeService, Location, SettingDelivery, Truth } from '../../model/index.ts';
import { known, secretFlaw } from '../../model/index.ts';
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

function descriptionsOf(view: ServiceView): readonly Description[] {
  const { facts } = view;
  const composed = facts
    .all('composeService')
    .filter(service => service.role === 'app' && service.stage !== 'development')
    .map((service): Description => ({
      at: service.at,
      name: service.at.path,
      delivers: variable => composeDelivers(view, service, variable),
    }));
  const workloads = facts
    .all('workload')
    .filter(workload => workload.builtBy !== '' && !workload.isInit && workload.stage !== 'development')
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

/** Settings that must be delivered, description by description. */
export default defineExtractor({
  id: 'derived/deliveries',
  reads: ['composeService', 'workload', 'envFile', 'envRead', 'signingKey', 'image', 'envFileLoad'],
  produces: ['settingDelivery'],
  understands: () => true,
  *extract(view) {
    const { facts } = view;
    const needed = new Map<string, { readonly why: SettingDelivery['needed']; readonly at: Location }>();
    for (const { term, reached, at } of facts.all('envRead'))
      if (term.required && reached === 'yes') needed.set(term.name, { why: 'to start', at });
    for (const { term, reached, at } of facts.all('signingKey')) {
      const names =
        term.kind === 'env'
          ? [term.name]
          : term.kind === 'oneOf'
            ? term.options.flatMap(option => (option.term.kind === 'env' ? [option.term.name] : []))
            : [];
      for (const name of names)
        if (reached !== 'no' && secretFlaw(term) !== undefined && !needed.has(name))
          needed.set(name, { why: 'to be safe', at });
    }
    // A variable that opens the service to every origin or host when nobody sets it.
    for (const { term, reached, at } of facts.all('envRead'))
      if (
        /ORIGIN|ALLOWED_HOSTS/.test(term.name) &&
        term.fallback?.kind === 'literal' &&
        term.fallback.value === '*' &&
        reached === 'yes' &&
        !needed.has(term.name)
      )
        needed.set(term.name, { why: 'to be safe', at });
    const inImage = new Set(facts.all('image').flatMap(image => Object.keys(image.environment)));
    // The program reads a file of its own as well, which may be there.
    const isLoaded = facts.all('envFileLoad').some(({ at }) => at.path.endsWith('.py'));
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
