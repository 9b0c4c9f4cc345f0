import {
  byDefault,
  stated,
  unclear,
  type Truth,
  type Value,
  type Workload,
  type WorkloadMount,
  type WorkloadProbe,
  type WorkloadResources,
  type WorkloadSecurity,
} from '../../model/index.ts';
import { below, itemsOf, textOf, textsOf, type Tree } from '../../read/documents/tree.ts';
import { resolved } from './kubernetes-files.ts';

/** A text that is stated, or unclear where it stands in a template that cannot be followed. */
export function textValue(tree: Tree | undefined, values: Tree | undefined): Value<string> | undefined {
  if (textOf(tree) === undefined) return undefined;
  const text = resolved(tree, values);
  return text === undefined ? unclear(`${textOf(tree) ?? ''} is filled in by a template`) : stated(text);
}

export function numberValue(
  tree: Tree | undefined,
  values: Tree | undefined,
  otherwise: number,
): Value<number> {
  const text = textValue(tree, values);
  if (!text) return byDefault(otherwise);
  if (text.state === 'unclear') return text;
  const number = Number(text.value);
  return Number.isFinite(number) ? stated(number) : unclear(`${text.value} is no number`);
}

/** The defaults are those of Kubernetes. */
export function probeOf(tree: Tree | undefined, values: Tree | undefined): WorkloadProbe | undefined {
  if (!tree || (tree.kind === 'scalar' && tree.value === null)) return undefined;
  return {
    at: tree.at,
    asks: askedBy(tree, values),
    period: numberValue(below(tree, 'periodSeconds'), values, 10),
    timeout: numberValue(below(tree, 'timeoutSeconds'), values, 1),
    initialDelay: numberValue(below(tree, 'initialDelaySeconds'), values, 0),
    failureThreshold: numberValue(below(tree, 'failureThreshold'), values, 3),
  };
}

function askedBy(tree: Tree, values: Tree | undefined): WorkloadProbe['asks'] {
  const http = below(tree, 'httpGet');
  const tcp = below(tree, 'tcpSocket');
  const grpc = below(tree, 'grpc');
  const command = below(tree, 'exec', 'command');
  const port = (from: Tree | undefined): Value<string> =>
    textValue(below(from, 'port'), values) ?? unclear('no port is named');
  if (http)
    return { kind: 'http', path: textValue(below(http, 'path'), values) ?? byDefault('/'), port: port(http) };
  if (tcp) return { kind: 'tcp', port: port(tcp) };
  if (grpc) return { kind: 'grpc', port: port(grpc) };
  return command
    ? { kind: 'command', words: textsOf(command) }
    : { kind: 'unclear', because: 'a template fills it in' };
}

export function resourcesOf(container: Tree, values: Tree | undefined): WorkloadResources {
  const resources = below(container, 'resources');
  // `{{- toYaml .Values.resources | nindent 12 }}` stands for the map in the values of the chart.
  const open = resources?.kind === 'template' || (resources?.kind === 'map' && resources.open);
  const from = open ? (below(values, 'resources') ?? resources) : resources;
  return {
    memoryRequest: textValue(below(from, 'requests', 'memory'), values),
    memoryLimit: textValue(below(from, 'limits', 'memory'), values),
    cpuRequest: textValue(below(from, 'requests', 'cpu'), values),
    cpuLimit: textValue(below(from, 'limits', 'cpu'), values),
  };
}

export function securityOf(container: Tree, pod: Tree, values: Tree | undefined): WorkloadSecurity {
  const own = contextIn(container, values, 'securityContext');
  const shared = contextIn(pod, values, 'podSecurityContext');
  const isOpen = isUnread(own) || isUnread(shared);
  const said = (key: string, otherwise: Truth): Truth => {
    const text = resolved(below(own, key), values) ?? resolved(below(shared, key), values);
    if (text === undefined) return below(own, key) || below(shared, key) || isOpen ? 'unclear' : otherwise;
    return text === 'true' ? 'yes' : 'no';
  };
  const user = below(own, 'runAsUser') ?? below(shared, 'runAsUser');
  return {
    runAsNonRoot: said('runAsNonRoot', 'no'),
    runAsUser: user && numberValue(user, values, 0),
    allowsPrivilegeEscalation: said('allowPrivilegeEscalation', 'yes'),
    readOnlyRoot: said('readOnlyRootFilesystem', 'no'),
    privileged: said('privileged', 'no'),
    dropsCapabilities: textsOf(below(own, 'capabilities', 'drop')),
  };
}

/** The security context, or what the chart's values give for it where a template stands in its place. */
function contextIn(tree: Tree, values: Tree | undefined, key: string): Tree | undefined {
  const context = below(tree, 'securityContext');
  return isUnread(context) ? (below(values, key) ?? context) : context;
}

const isUnread = (tree: Tree | undefined): boolean =>
  tree?.kind === 'template' || (tree?.kind === 'map' && tree.open && tree.entries.length === 0);

const SOURCES: readonly (readonly [string, WorkloadMount['source'], string])[] = [
  ['configMap', 'config-map', 'name'],
  ['secret', 'secret', 'secretName'],
  ['persistentVolumeClaim', 'claim', 'claimName'],
  ['emptyDir', 'empty-dir', ''],
  ['hostPath', 'host-path', 'path'],
];

export function mountsOf(
  container: Tree,
  pod: Tree,
  object: Tree,
  values: Tree | undefined,
): Workload['volumes'] {
  const volumes = itemsOf(below(pod, 'volumes'));
  const claims = itemsOf(below(object, 'spec', 'volumeClaimTemplates'));
  return itemsOf(below(container, 'volumeMounts')).map(mount => {
    const name = resolved(below(mount, 'name'), values) ?? '';
    const volume = volumes.find(each => resolved(below(each, 'name'), values) === name);
    const claimed = claims.some(each => textOf(below(each, 'metadata', 'name')) === name);
    const row = SOURCES.find(([key]) => below(volume, key));
    return {
      at: mount.at,
      name,
      path: resolved(below(mount, 'mountPath'), values) ?? '',
      source: claimed ? 'claim' : (row?.[1] ?? 'other'),
      of: claimed ? name : row ? (resolved(below(volume, row[0], row[2]), values) ?? '') : '',
      readOnly: textOf(below(mount, 'readOnly')) === 'true',
    };
  });
}
