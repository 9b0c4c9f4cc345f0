import type { Location, Repository } from '../../../model/index.ts';
import { contentOf } from '../../../read/documents/document.ts';
import { readConfigScript } from '../../../read/documents/config-script.ts';
import { readJson } from '../../../read/documents/json.ts';
import { readYaml } from '../../../read/documents/yaml.ts';
import {
  below,
  entriesOf,
  isTrue,
  itemsOf,
  textOf,
  textsOf,
  type Tree,
} from '../../../read/documents/tree.ts';

/** One app of a process manager's settings. */
export interface Process {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly interpreter: string;
  readonly folder: string;
  /** As written; empty when nothing is said. */
  readonly instances: string;
  readonly watches: boolean;
  /** What it prints is kept in files; `/dev/null` keeps nothing. */
  readonly writesLogs: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly at: Location;
}

/** The apps that `ecosystem.config.js`, `.json` or `.yaml` lists. */
export function processesIn(repository: Repository, path: string): readonly Process[] | undefined {
  const file = repository.file(path);
  if (!file) return undefined;
  const tree = /\.ya?ml$/.test(path)
    ? contentOf(readYaml(file))?.documents[0]
    : contentOf(path.endsWith('.json') ? readJson(file) : readConfigScript(file));
  const apps = tree?.kind === 'list' ? tree : (below(tree, 'apps') ?? tree);
  return (apps?.kind === 'list' ? itemsOf(apps) : apps ? [apps] : []).flatMap(app => processOf(app) ?? []);
}

function processOf(app: Tree): Process | undefined {
  const text = (key: string): string => textOf(below(app, key)) ?? '';
  const script = text('script');
  if (script === '') return undefined;
  const environment = [...entriesOf(below(app, 'env')), ...entriesOf(below(app, 'env_production'))];
  return {
    name: text('name'),
    script,
    args: textsOf(below(app, 'args'))
      .flatMap(each => each.split(/\s+/))
      .filter(Boolean),
    interpreter: text('interpreter') || text('exec_interpreter'),
    folder: text('cwd'),
    instances: text('instances') || text('exec_mode').replace(/^fork.*$/, ''),
    watches: isTrue(below(app, 'watch')),
    writesLogs: !['out_file', 'output', 'log_file'].some(key => /\/dev\/(null|stdout)$/.test(text(key))),
    variables: Object.fromEntries(environment.map(({ key, value }) => [key, textOf(value) ?? ''])),
    at: app.at,
  };
}
