import {
  byDefault,
  known,
  type Image,
  type ImageCommand,
  type ImageReference,
  type StartCommand,
  type Term,
  type Workload,
} from '../../model/index.ts';
import { interpolate } from '../../read/documents/interpolation.ts';
import { below, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { combined, execCommand } from '../container/command-line.ts';
import { stageOfName } from '../container/compose-files.ts';
import { referenceOf } from '../container/reference.ts';
import { environmentOf, type Keyed } from './kubernetes-environment.ts';
import type { BuilderOf, Run } from './kubernetes-images.ts';
import { resolved, textMap, type Manifested } from './kubernetes-files.ts';
import { mountsOf, numberValue, probeOf, resourcesOf, securityOf, textValue } from './kubernetes-parts.ts';

/** Where each kind of object keeps its pod. */
const PODS: Readonly<Record<Workload['object'], readonly string[]>> = {
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  Pod: ['spec'],
};

export const isWorkload = (type: string): type is Workload['object'] => Object.hasOwn(PODS, type);

/** What an object runs beside what it runs first, for whoever tells whose images they are. */
export function runsOf({ tree, name, values }: Manifested, type: Workload['object']): readonly Run[] {
  const containers = itemsOf(below(tree, ...PODS[type], 'containers'));
  return containers
    .filter(each => below(each, 'image') !== undefined)
    .map(each => ({ image: imageOf(each, values), object: containers.length === 1 ? name : '' }));
}

/** The containers of an object that runs some. */
export function workloadsOf(
  object: Manifested,
  type: Workload['object'],
  keyed: Keyed,
  builderOf: BuilderOf,
): readonly Workload[] {
  const pod = below(object.tree, ...PODS[type]);
  if (!pod) return [];
  const containers = itemsOf(below(pod, 'containers')).map(tree => ({ tree, isInit: false }));
  const inits = itemsOf(below(pod, 'initContainers')).map(tree => ({ tree, isInit: true }));
  // A container without an image is a patch (Kustomize) of one that stands elsewhere.
  const whole = [...containers, ...inits].filter(({ tree }) => below(tree, 'image') !== undefined);
  const isAlone = containers.length === 1;
  return whole.map(({ tree, isInit }) =>
    workloadOf({ object, type, pod, tree, isInit, isAlone }, keyed, builderOf),
  );
}

interface Part {
  readonly object: Manifested;
  readonly type: Workload['object'];
  readonly pod: Tree;
  readonly tree: Tree;
  readonly isInit: boolean;
  /** No other container runs beside it, so that the name of the object is its own. */
  readonly isAlone: boolean;
}

function workloadOf(
  { object, type, pod, tree, isInit, isAlone }: Part,
  keyed: Keyed,
  builderOf: BuilderOf,
): Workload {
  const { values, file } = object;
  const image = imageOf(tree, values);
  const environment = environmentOf(tree, values, keyed);
  return {
    kind: 'workload',
    at: tree.at,
    object: type,
    name: object.name,
    namespace: object.namespace,
    objectAt: object.tree.at,
    container: resolved(below(tree, 'name'), values) ?? '',
    isInit,
    templated: object.templated,
    stage: object.overlay?.stage ?? stageOfPath(`${file.path}/${object.namespace}`),
    image,
    builtBy: builderOf({ image, object: isAlone && !isInit ? object.name : '' }),
    command: wordsOf(below(tree, 'command'), values),
    args: wordsOf(below(tree, 'args'), values),
    workdir: resolved(below(tree, 'workingDir'), values) ?? '',
    environment: environment.variables,
    environmentOpen: environment.open,
    ports: itemsOf(below(tree, 'ports')).map(port => ({
      name: resolved(below(port, 'name'), values) ?? '',
      port: numberValue(below(port, 'containerPort'), values, 0),
      at: port.at,
    })),
    liveness: probeOf(below(tree, 'livenessProbe'), values),
    readiness: probeOf(below(tree, 'readinessProbe'), values),
    startup: probeOf(below(tree, 'startupProbe'), values),
    lifecyclePreStop: below(tree, 'lifecycle', 'preStop') !== undefined,
    resources: resourcesOf(tree, values),
    security: securityOf(tree, pod, values),
    replicas: numberValue(below(object.tree, 'spec', 'replicas'), values, 1),
    labels: {
      ...textMap(below(object.tree, 'metadata', 'labels'), values),
      ...textMap(below(object.tree, ...PODS[type].slice(0, -1), 'metadata', 'labels'), values),
    },
    volumes: mountsOf(tree, pod, object.tree, values),
    schedule: resolved(below(object.tree, 'spec', 'schedule'), values) ?? '',
    terminationGracePeriod: numberValue(below(pod, 'terminationGracePeriodSeconds'), values, 30),
  };
}

function stageOfPath(path: string): Workload['stage'] {
  const stages = path.split('/').map(stageOfName);
  return stages.find(stage => stage !== 'unclear') ?? 'unclear';
}

function imageOf(container: Tree, values: Tree | undefined): ImageReference {
  const tree = below(container, 'image') ?? container;
  const text = textValue(below(container, 'image'), values) ?? byDefault('');
  const written = textOf(below(container, 'image')) ?? '';
  if (text.state === 'unclear') return { at: tree.at, text: written, name: text, tag: text, digest: '' };
  return referenceOf(text.value, interpolate(text.value, tree.at, 'docker'), tree.at);
}

function wordsOf(tree: Tree | undefined, values: Tree | undefined): Workload['command'] {
  if (tree?.kind !== 'list') return undefined;
  const words = tree.items.map(item => resolved(item, values) ?? textOf(item) ?? '');
  return execCommand(words, textsOf(tree).join(' '), tree.at);
}

/** `command` takes the place of the entry point, `args` that of the command. */
function commandOf({ command, args }: Workload, image: Image | undefined): ImageCommand | undefined {
  return combined(command ?? image?.entrypoint, args ?? (command ? undefined : image?.command));
}

/** What the container starts; `undefined` where the image is not from here and nothing is said. */
export function startOf(workload: Workload, images: readonly Image[]): StartCommand | undefined {
  const image = images.find(each => each.id === workload.builtBy);
  const command = commandOf(workload, image);
  if (!command || workload.isInit) return undefined;
  const { text, commands, form } = command;
  const environment: Record<string, Term> = { ...image?.environment };
  for (const { name, value } of workload.environment) environment[name] = value;
  return {
    kind: 'startCommand',
    at: (workload.args ?? workload.command ?? workload).at,
    source: 'kubernetes',
    stage: workload.stage === 'development' ? 'development' : 'production',
    text,
    commands,
    form,
    workdir: workload.workdir || (image ? workdirOf(image) : ''),
    image: workload.builtBy,
    folder: image && image.context.state !== 'unclear' ? image.context.value : '',
    environment,
    name: workload.name,
  };
}

const workdirOf = ({ workdir }: Image): string => known(workdir.value) ?? '/';
