import type {
  ComposeService,
  Healthcheck,
  HealthProbe,
  Image,
  Route,
  StartPath,
  Truth,
} from '../../model/index.ts';
import { hasProgram, known } from '../../model/index.ts';
import { defineExtractor, type ServiceView } from '../define.ts';

const URL =
  /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::(\d+|\$\{?\w+\}?))?(\/[^\s"'?)|;&]*)?/;

/** Words of a shell that are no programs. */
const BUILT_IN = new Set([
  'exit',
  'test',
  '[',
  'true',
  'false',
  'echo',
  'cd',
  'sh',
  'bash',
  'set',
  '||',
  '&&',
]);

interface Finding {
  readonly flaws: readonly string[];
  readonly works: Truth;
  readonly because: string;
}

/** A parameter of a route stands for one part of a path. */
const matches = (pattern: string, path: string): boolean => {
  const escaped = pattern
    .replace(/\/+$/, '')
    .split(/\{[^}]*\}|<[^>]*>/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${escaped}$`).test(path.replace(/\/+$/, ''));
};

export function isServed(routes: readonly Route[], path: string): Truth {
  const http = routes.filter(route => route.transport === 'http' && route.reached !== 'no');
  if (http.some(route => route.path.state !== 'unclear' && matches(route.path.value, path))) return 'yes';
  return http.length === 0 || http.some(route => route.path.state === 'unclear') ? 'unclear' : 'no';
}

function askedFor(view: ServiceView, text: string): Finding {
  const [, port, path = '/'] = URL.exec(text) ?? [];
  if (!URL.test(text)) return { flaws: [], works: 'yes', because: '' };
  const served = view.facts.gaps('route').length > 0 ? 'unclear' : isServed(view.facts.all('route'), path);
  const wrongPort = portFlaw(view.facts.all('startPath'), port);
  const flaws = [
    ...(served === 'no' ? [`asks ${path}, which the service does not serve`] : []),
    ...(wrongPort ? [wrongPort] : []),
  ];
  return {
    flaws,
    works: flaws.length > 0 ? 'no' : served,
    because: served === 'unclear' ? `whether ${path} is served cannot be told` : '',
  };
}

function portFlaw(paths: readonly StartPath[], asked: string | undefined): string | undefined {
  if (asked === undefined || !/^\d+$/.test(asked)) return undefined;
  const serving = paths.filter(
    path =>
      path.serves.with !== 'program' && path.serves.with !== 'worker' && path.command.stage !== 'development',
  );
  const ports = serving.flatMap(path =>
    (known(path.binds) ?? []).flatMap(bind => /:(\d+)$/.exec(bind)?.[1] ?? []),
  );
  const isKnown =
    serving.length > 0 &&
    serving.every(
      path => path.binds.state === 'stated' && path.binds.value.every(bind => /:\d+$/.test(bind)),
    );
  return isKnown && ports.length > 0 && !ports.includes(asked)
    ? `asks port ${asked}, while the service listens on ${[...new Set(ports)].join(', ')}`
    : undefined;
}

function checked(view: ServiceView, check: Healthcheck, image: Image | undefined): Finding {
  const programs = check.commands
    .flatMap(words => (words[0] ? [words[0]] : []))
    .filter(word => !BUILT_IN.has(word) && !word.includes('/') && !word.includes('$'));
  const [first] = programs;
  if (first !== undefined && image) {
    const there = hasProgram(image, first);
    if (there === 'no')
      return { flaws: [`calls ${first}, which is not in ${image.base.text}`], works: 'no', because: '' };
    if (there === 'unclear')
      return { flaws: [], works: 'unclear', because: `whether the image has ${first} cannot be told` };
  }
  return askedFor(view, check.text);
}

const probe = (at: HealthProbe['at'], found: Finding): HealthProbe => ({ kind: 'healthProbe', at, ...found });

const isOn = (check: Healthcheck | undefined): check is Healthcheck => check !== undefined && !check.disabled;

/** Each health check with what can be said of its program, path and port. */
export default defineExtractor({
  id: 'derived/health-probes',
  reads: ['image', 'composeService', 'workload', 'route', 'startPath'],
  produces: ['healthProbe'],
  understands: () => true,
  *extract(view) {
    const { facts } = view;
    const imageOf = (service: ComposeService) =>
      facts.all('image').find(image => image.id === service.build?.image);
    for (const image of facts.all('image')) {
      const { healthcheck } = image;
      if (image.isFinal && isOn(healthcheck)) yield probe(healthcheck.at, checked(view, healthcheck, image));
    }
    for (const service of facts.all('composeService')) {
      const { healthcheck } = service;
      if (service.role === 'app' && service.build && isOn(healthcheck))
        yield probe(healthcheck.at, checked(view, healthcheck, imageOf(service)));
    }
    for (const { liveness, readiness, startup } of facts.all('workload'))
      for (const each of [liveness, readiness, startup])
        if (each?.asks.kind === 'http' && each.asks.path.state !== 'unclear')
          yield probe(each.at, askedFor(view, `http://localhost${each.asks.path.value}`));
  },
});
