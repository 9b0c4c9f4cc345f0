import type { Repository, SourceFile, Workload } from '../../model/index.ts';
import { contentOf } from '../../read/documents/document.ts';
import { below, itemsOf, textOf, type Tree } from '../../read/documents/tree.ts';
import { readYaml } from '../../read/documents/yaml.ts';
import {
  kustomizationIn,
  patchesIn,
  pathsIn,
  stageOfNames,
  topKustomizations,
  type Kustomization,
} from './kustomize-files.ts';
import { withGenerated } from './kustomize-generators.ts';
import { transformed, withPatch, withReferences, type Built } from './kustomize-transforms.ts';

/** The kustomization that an object is applied with. */
export interface Overlay {
  readonly folder: string;
  readonly stage: Workload['stage'];
}

export interface Kustomized extends Built {
  readonly overlay: Overlay;
}

export interface KustomizedObjects {
  readonly objects: readonly Kustomized[];
  /** Paths of the files that went into them: what stands there is not applied by itself. */
  readonly taken: ReadonlySet<string>;
}

/** What one kustomization, and all of a repository, may take in objects and text: hostile ones multiply. */
const MAX_STEPS = 50_000;
const MAX_ALL = 500_000;
const MAX_DEPTH = 30;

interface Walk {
  readonly repository: Repository;
  readonly taken: Set<string>;
  readonly budget: { steps: number };
}

/** What the kustomizations for production make of the manifests: bases with all that is laid over them. */
export function kustomizedObjects(repository: Repository): KustomizedObjects {
  const taken = new Set<string>();
  const objects: Kustomized[] = [];
  let left = MAX_ALL;
  for (const top of topKustomizations(repository)) {
    const { folder } = top;
    const stage = stageOfNames(folder.split('/'));
    if (stage === 'development') continue;
    const steps = Math.min(MAX_STEPS, left);
    const walk: Walk = { repository, taken: new Set(), budget: { steps } };
    const staged = builtBy(top, walk)?.map(each => ({
      ...each,
      overlay: { folder, stage: stage === 'unclear' ? stageOfNames([each.namespace]) : stage },
    }));
    left -= steps - walk.budget.steps;
    if (!staged || staged.every(({ overlay }) => overlay.stage === 'development')) continue;
    for (const path of walk.taken) taken.add(path);
    objects.push(...staged);
  }
  return { objects, taken };
}

/** `undefined` for one that is too large or too deep: its manifests stay what they are. */
function builtBy(top: Kustomization, walk: Walk): readonly Built[] | undefined {
  try {
    return withReferences(accumulated(top, [], walk, []));
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function spend({ budget }: Walk, steps: number): void {
  budget.steps -= 1 + steps;
  if (budget.steps < 0) throw new RangeError('too many kustomizations');
}

/** What stands in `given` (for a component) and in the resources, with all changes of this kustomization. */
function accumulated(
  kustomization: Kustomization,
  given: readonly Built[],
  walk: Walk,
  trail: readonly string[],
): readonly Built[] {
  const { repository } = walk;
  const { folder, tree } = kustomization;
  spend(walk, given.length);
  // One that takes itself is an error in Kustomize.
  if (trail.includes(folder) || trail.length > MAX_DEPTH) return given;
  const inside = [...trail, folder];
  let objects = given;
  for (const path of [...pathsIn(kustomization, 'resources'), ...pathsIn(kustomization, 'bases')]) {
    const file = repository.file(path);
    const base = file ? undefined : kustomizationIn(repository, path);
    if (file) objects = [...objects, ...objectsOf(file, walk)];
    else if (base) objects = [...objects, ...accumulated(base, [], walk, inside)];
  }
  for (const path of pathsIn(kustomization, 'components')) {
    const component = kustomizationIn(repository, path);
    objects = component ? accumulated(component, objects, walk, inside) : opened(objects);
  }
  objects = withGenerated(objects, kustomization, repository);
  for (const list of ['patchesStrategicMerge', 'patches'] as const)
    objects = withPatches(objects, kustomization, list, walk);
  spend(walk, objects.length);
  objects = transformed(objects, kustomization);
  objects = withPatches(objects, kustomization, 'patchesJson6902', walk);
  return below(tree, 'transformers') ? opened(objects) : objects;
}

const opened = (objects: readonly Built[]): readonly Built[] =>
  objects.map(object => ({ ...object, open: true }));

function withPatches(
  objects: readonly Built[],
  kustomization: Kustomization,
  list: 'patches' | 'patchesStrategicMerge' | 'patchesJson6902',
  walk: Walk,
): readonly Built[] {
  let result = objects;
  for (const patch of patchesIn(kustomization, list, walk.repository)) {
    if (patch.file !== kustomization.file) walk.taken.add(patch.file.path);
    spend(walk, Math.ceil(((1 + patch.length / 1_000) * result.length) / 10));
    result = withPatch(result, patch);
  }
  return result;
}

function objectsOf(file: SourceFile, walk: Walk): readonly Built[] {
  const content = contentOf(readYaml(file));
  spend(walk, Math.ceil(file.text.length / 1_000));
  if (!content) return [];
  walk.taken.add(file.path);
  return content.documents
    .flatMap((tree): readonly Tree[] =>
      textOf(below(tree, 'kind')) === 'List' ? itemsOf(below(tree, 'items')) : [tree],
    )
    .flatMap((tree): readonly Built[] => {
      const type = textOf(below(tree, 'kind'));
      if (type === undefined || !below(tree, 'apiVersion')) return [];
      const names = [textOf(below(tree, 'metadata', 'name')) ?? ''];
      const namespace = textOf(below(tree, 'metadata', 'namespace')) ?? '';
      return [{ tree, type, names, namespace, file, open: content.templated }];
    });
}
