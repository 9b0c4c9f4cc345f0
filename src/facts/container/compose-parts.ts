import {
  byDefault,
  literal,
  stated,
  truth,
  unclear,
  type Dependence,
  type EnvFileUse,
  type Healthcheck,
  type ImageCommand,
  type Location,
  type Mount,
  type PublishedPort,
  type Repository,
  type ResourceLimits,
  type Term,
  type Value,
} from '../../model/index.ts';
import { interpolate, plainText } from '../../read/documents/interpolation.ts';
import { joinPath } from '../../read/documents/path.ts';
import { below, entriesOf, isTrue, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { execCommand, shellFormCommand, splitCommand } from './command-line.ts';
import { countOf, HEALTHCHECK_DEFAULTS, secondsOf } from './healthcheck.ts';

/** The text of a value with compose's variables in it. */
export const termOf = (tree: Tree): Term => interpolate(textOf(tree) ?? '', tree.at, 'compose');

/** The text when no variable is set: defaults put in, dollars unescaped; as written where there is no default. */
export const plain = (tree: Tree | undefined): string | undefined => {
  const text = textOf(tree);
  return tree === undefined || text === undefined ? undefined : (plainText(termOf(tree)) ?? text);
};

const valueOf = (tree: Tree | undefined): Value<string> | undefined => {
  const text = textOf(tree);
  if (tree === undefined || text === undefined) return undefined;
  const known = plainText(termOf(tree));
  return known === undefined ? unclear(`${text} is set from outside`) : stated(known);
};

/** `environment`, `labels` and `args` as terms. A name without a value is handed through from outside. */
export function environmentOf(tree: Tree | undefined): Readonly<Record<string, Term>> {
  return Object.fromEntries(
    entriesOf(tree).map(({ key, value, at }): readonly [string, Term] => {
      if (value.kind === 'scalar' && value.value === null)
        return [key, { kind: 'env', name: key, fallback: undefined, required: false, at }];
      const term = termOf(value);
      return [key, term.kind === 'literal' ? literal(term.value, at) : term];
    }),
  );
}

/** `command` and `entrypoint`: a list is taken as it is, a text is split into words; neither goes to a shell. */
export function commandOf(tree: Tree | undefined): ImageCommand | undefined {
  if (!tree || (tree.kind === 'scalar' && tree.value === null)) return undefined;
  if (tree.kind !== 'list') return splitCommand(escapedDollars(textOf(tree) ?? ''), tree.at);
  const words = textsOf(tree).map(escapedDollars);
  return execCommand(words, words.join(' '), tree.at);
}

const escapedDollars = (text: string): string => text.replaceAll('$$', '$');

export function healthcheckIn(tree: Tree | undefined): Healthcheck | undefined {
  if (!tree) return undefined;
  const test = below(tree, 'test');
  const words = textsOf(test);
  const disabled = isTrue(below(tree, 'disable')) || words[0] === 'NONE';
  const at = test?.at ?? tree.at;
  const check =
    test?.kind === 'list' && words[0] === 'CMD'
      ? execCommand(words.slice(1).map(escapedDollars), words.slice(1).join(' '), at)
      : shellFormCommand(escapedDollars((words[0] === 'CMD-SHELL' ? words.slice(1) : words).join(' ')), at);
  const seconds = (key: string, otherwise: number): Value<number> =>
    secondsOf(plain(below(tree, key)) ?? '', otherwise);
  return {
    at: tree.at,
    disabled,
    form: check.form,
    text: check.text,
    commands: disabled || words.length === 0 ? [] : check.commands,
    interval: seconds('interval', HEALTHCHECK_DEFAULTS.interval),
    timeout: seconds('timeout', HEALTHCHECK_DEFAULTS.timeout),
    startPeriod: seconds('start_period', HEALTHCHECK_DEFAULTS.startPeriod),
    retries: countOf(plain(below(tree, 'retries')) ?? '', HEALTHCHECK_DEFAULTS.retries),
  };
}

export function envFilesOf(
  tree: Tree | undefined,
  folder: string,
  repository: Repository,
): readonly EnvFileUse[] {
  return itemsOf(tree).flatMap((item): readonly EnvFileUse[] => {
    const named = item.kind === 'map' ? below(item, 'path') : item;
    const path = valueOf(named);
    if (!path) return [];
    const place: Value<string> =
      path.state === 'unclear' ? path : { ...path, value: joinPath(folder, path.value) };
    return [
      {
        at: item.at,
        path: place,
        required: textOf(below(item, 'required')) !== 'false',
        exists: place.state === 'unclear' ? 'unclear' : truth(repository.exists(place.value)),
      },
    ];
  });
}

/** `127.0.0.1:8080:80/tcp`, `8080:80`, `80`, with variables anywhere, or the long form. */
export function portOf(item: Tree): PublishedPort {
  const { at } = item;
  const text = textOf(item);
  if (text === undefined) {
    const target = Number(plain(below(item, 'target')));
    return {
      at,
      text: textOf(below(item, 'target')) ?? '',
      address: valueOf(below(item, 'host_ip')) ?? byDefault('0.0.0.0'),
      host: valueOf(below(item, 'published')) ?? byDefault(''),
      container: portNumber(target, 'the target'),
      protocol: textOf(below(item, 'protocol')) ?? 'tcp',
    };
  }
  const [body = '', protocol = 'tcp'] = text.split(/\/(?=tcp$|udp$)/);
  const parts = splitOutsideBraces(body).map(part => partValue(part, at));
  const container = parts.at(-1) ?? unclear('no port is named');
  return {
    at,
    text,
    address: parts.length > 2 ? (parts[0] ?? byDefault('0.0.0.0')) : byDefault('0.0.0.0'),
    host: parts.length > 1 ? (parts.at(-2) ?? byDefault('')) : byDefault(''),
    container: container.state === 'unclear' ? container : portNumber(parseInt(container.value, 10), text),
    protocol,
  };
}

const portNumber = (port: number, text: string): Value<number> =>
  Number.isInteger(port) ? stated(port) : unclear(`${text} is no number`);

const partValue = (part: string, at: Location): Value<string> => {
  const known = plainText(interpolate(part, at, 'compose'));
  return known === undefined ? unclear(`${part} is set from outside`) : stated(known);
};

/** At colons, but not at those in `${PORT:-80}` and `[::1]`. */
function splitOutsideBraces(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (character === ':' && depth === 0) parts.push('');
    else parts[parts.length - 1] = `${parts.at(-1) ?? ''}${character}`;
  }
  return parts;
}

export function mountOf(item: Tree, folder: string, repository: Repository): Mount {
  const { at } = item;
  const text = textOf(item);
  if (text === undefined) {
    const type = textOf(below(item, 'type')) ?? 'volume';
    return mount(
      type,
      plain(below(item, 'source')) ?? '',
      plain(below(item, 'target')) ?? '',
      isTrue(below(item, 'read_only')),
    );
  }
  const [first = '', second, mode = ''] = splitOutsideBraces(text).map(
    part => plainText(interpolate(part, at, 'compose')) ?? part,
  );
  if (second === undefined) return mount('anonymous', '', first, false);
  return mount(/^[./~$]/.test(first) ? 'bind' : 'volume', first, second, mode.split(',').includes('ro'));

  function mount(type: string, source: string, target: string, readOnly: boolean): Mount {
    if (type === 'tmpfs') return { at, type, source: '', target, readOnly, inRepository: 'no' };
    if (type !== 'bind')
      return {
        at,
        type: source === '' ? 'anonymous' : 'volume',
        source,
        target,
        readOnly,
        inRepository: 'no',
      };
    const known = !source.includes('$');
    const inside = known && !/^[/~]/.test(source);
    const place = inside ? joinPath(folder, source) : source;
    const inRepository = known
      ? truth(inside && !place.startsWith('..') && repository.exists(place))
      : 'unclear';
    return { at, type: 'bind', source: place, target, readOnly, inRepository };
  }
}

export const dependencesOf = (tree: Tree | undefined): readonly Dependence[] =>
  entriesOf(tree).map(({ key, value, keyAt }) => ({
    name: key,
    condition: textOf(below(value, 'condition')) ?? 'service_started',
    at: keyAt,
  }));

/** `deploy.resources.limits`, or the older `mem_limit` and `cpus`. */
export function limitsOf(service: Tree): ResourceLimits {
  const limits = below(service, 'deploy', 'resources', 'limits');
  return {
    memory: valueOf(below(limits, 'memory')) ?? valueOf(below(service, 'mem_limit')),
    cpus:
      valueOf(below(limits, 'cpus')) ??
      valueOf(below(service, 'cpus')) ??
      valueOf(below(service, 'cpu_quota')),
  };
}

export function replicasOf(service: Tree): Value<number> {
  const found = below(service, 'deploy', 'replicas') ?? below(service, 'scale');
  return countOf(plain(found) ?? '', 1);
}

export const restartOf = (service: Tree): Value<string> =>
  valueOf(below(service, 'restart')) ??
  valueOf(below(service, 'deploy', 'restart_policy', 'condition')) ??
  byDefault('no');

/** The names of a list of texts or of maps with `source`. */
export const namesOf = (tree: Tree | undefined): readonly string[] =>
  tree?.kind === 'map'
    ? entriesOf(tree).map(({ key }) => key)
    : itemsOf(tree).flatMap(item => textOf(item) ?? textOf(below(item, 'source')) ?? []);
