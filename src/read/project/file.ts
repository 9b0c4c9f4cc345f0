import type { z } from 'zod';
import type { ControlId, Location, Project, Repository } from '../../model/index.ts';
import { fileOf } from '../../model/index.ts';
import { entriesOf, entryOf, itemsOf, type Tree } from '../documents/tree.ts';
import { readYaml } from '../documents/yaml.ts';
import { projectSchema, type ProjectInput } from './schema.ts';

export const PROJECT_FILE = 'seaworthy.yaml';

const EMPTY: Project = {
  path: '',
  persona: 'regular',
  services: [],
  leaveOut: [],
  severities: [],
  waivers: [],
  attestations: [],
};

export type ProjectResult =
  | { readonly ok: true; readonly project: Project }
  /** `what` names file and line. */
  | { readonly ok: false; readonly what: string; readonly mend: string };

const refuse = (at: Location, what: string, mend: string): ProjectResult => ({
  ok: false,
  what: `${at.path}:${at.startLine}: ${what}`,
  mend,
});

const SEE = 'See schema/seaworthy.schema.json, or write a first one with `seaworthy init`.';

/** Reads `seaworthy.yaml` of the repository. Unknown keys and bad values are refused with their line. */
export function readProject(repository: Repository): ProjectResult {
  const file = repository.file(PROJECT_FILE);
  if (!file)
    return repository.exists(PROJECT_FILE)
      ? refuse(fileOf(PROJECT_FILE), 'it could not be read', 'Make it a text file in UTF-8.')
      : { ok: true, project: EMPTY };
  const read = readYaml(file);
  if (read.state === 'problem') return refuse(read.at, read.because, 'Write it as YAML.');
  const { documents, templated } = read.content;
  const [tree] = documents;
  if (templated || documents.length > 1 || tree?.kind !== 'map')
    return refuse(fileOf(PROJECT_FILE), 'it must be one document with keys', SEE);
  const twice = keyTwice(tree);
  if (twice) return refuse(twice.at, `${twice.key} stands there twice`, 'Keep one of them.');
  const parsed = projectSchema.safeParse(plainOf(tree));
  if (!parsed.success) return refusalOf(tree, parsed.error);
  return { ok: true, project: projectOf(tree, parsed.data) };
}

function keyTwice(tree: Tree): { readonly key: string; readonly at: Location } | undefined {
  const seen = new Set<string>();
  for (const { key, keyAt, value } of entriesOf(tree)) {
    if (seen.has(key)) return { key, at: keyAt };
    seen.add(key);
    const inner = keyTwice(value);
    if (inner) return inner;
  }
  for (const item of itemsOf(tree)) {
    const inner = keyTwice(item);
    if (inner) return inner;
  }
  return undefined;
}

function plainOf(tree: Tree): unknown {
  switch (tree.kind) {
    case 'scalar':
      return tree.value;
    case 'template':
      return tree.text;
    case 'list':
      return tree.items.map(plainOf);
    case 'map':
      return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plainOf(value)]));
  }
}

/** The first mistake, where it stands: as deep into the tree as the path leads. */
function refusalOf(tree: Tree, error: z.ZodError): ProjectResult {
  const [issue] = error.issues;
  if (!issue) return refuse(tree.at, 'it is not valid', SEE);
  let at = tree.at;
  let here: Tree | undefined = tree;
  for (const step of issue.path) {
    const entry: ReturnType<typeof entryOf> = entryOf(here, String(step));
    here = entry ? entry.value : itemsOf(here)[Number(step)];
    at = entry?.keyAt ?? here?.at ?? at;
  }
  const name = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const where = entryOf(here, key)?.keyAt ?? at;
    return refuse(where, `there is no key ${key}${name === '' ? '' : ` in ${name}`}`, SEE);
  }
  return refuse(at, `${name === '' ? 'the file' : name}: ${issue.message}`, SEE);
}

const folder = (path: string): string => path.replace(/^\.\/|\/+$/g, '').replace(/^\.$/, '');

function projectOf(tree: Tree, input: ProjectInput): Project {
  const placesOf = (key: string) => {
    const value = entryOf(tree, key)?.value;
    const places = [...itemsOf(value).map(item => item.at), ...entriesOf(value).map(entry => entry.keyAt)];
    return (index: number): Location => {
      const at = places[index] ?? fileOf(PROJECT_FILE);
      return { ...at, endLine: at.startLine };
    };
  };
  const [services, severities, waivers, attestations] = [
    placesOf('services'),
    placesOf('severity'),
    placesOf('waivers'),
    placesOf('attestations'),
  ];
  return {
    path: PROJECT_FILE,
    persona: input.persona ?? 'regular',
    services: (input.services ?? []).map(({ path, start }, index) => ({
      at: services(index),
      path: folder(path),
      start,
    })),
    leaveOut: input['leave-out'] ?? [],
    severities: Object.entries(input.severity ?? {}).map(([control, severity], index) => ({
      at: severities(index),
      control: control as ControlId,
      severity,
    })),
    waivers: (input.waivers ?? []).map((each, index) => ({
      at: waivers(index),
      control: each.control as ControlId,
      finding: each.finding ?? '',
      path: each.path === undefined ? '' : folder(each.path),
      service: each.service ?? '',
      owner: each.owner,
      reason: each.reason,
      until: each.until,
      content: each.content ?? '',
    })),
    attestations: (input.attestations ?? []).map((each, index) => ({
      at: attestations(index),
      control: each.control as ControlId,
      who: each.who,
      when: each.when,
      until: each.until,
      evidence: each.evidence ?? '',
      frameworks: each.frameworks ?? [],
    })),
  };
}
